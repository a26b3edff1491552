import { z } from "zod";

const question = z.looseObject({ id: z.number() });

/** Answers what the parent asks, each question with what `answer` makes of it, and ends with the parent. */
export function answerParent(answer: (question: unknown) => Promise<unknown>): void {
  process.on("message", (message) => {
    const { id, ...asked } = question.parse(message);
    answer(asked).then(
      (result) => process.send?.({ id, result: result ?? null }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
}
