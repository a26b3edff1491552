interface Call<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes one query of all that is asked of a database, or of a transaction, before anything else can go on: steps that share
 * a transaction run side by side, and each of their queries costs as much as one of all of them. Of several such functions
 * the one that was called first is sent first. Where the query fails, every call does.
 * @param ask answers all, in the order in which they were asked
 */
export function together<Target extends object, Asked, Answer>(
  ask: (target: Target, asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (target: Target, asked: Asked) => Promise<Answer> {
  const waiting = new WeakMap<Target, Call<Asked, Answer>[]>();

  async function send(target: Target, calls: readonly Call<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await ask(
        target,
        calls.map(({ asked }) => asked),
      );
      if (answers.length !== calls.length) throw new Error(`${calls.length} asked, ${answers.length} answered`);
      for (const [index, answer] of answers.entries()) calls[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }

  return (target, asked) =>
    new Promise((resolve, reject) => {
      const call = { asked, resolve, reject };
      const others = waiting.get(target);
      if (others !== undefined) {
        others.push(call);
        return;
      }
      const calls = [call];
      waiting.set(target, calls);
      // Once all that can go on has gone on, and asked.
      process.nextTick(() => {
        waiting.delete(target);
        void send(target, calls);
      });
    });
}
