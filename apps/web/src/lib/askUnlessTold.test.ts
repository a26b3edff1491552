import { expect, test } from "vitest";
import { askUnlessTold } from "./askUnlessTold.ts";
import { createQueryClient } from "./queryClient.ts";

const queryKey = ["portfolio"];

/** Fetches while a test decides when the answer comes. */
function asking(shown?: string) {
  const queryClient = createQueryClient({ onSessionEnded: () => undefined });
  if (shown !== undefined) queryClient.setQueryData(queryKey, shown);
  let answer: (text: string) => void = () => undefined;
  const ask = () => new Promise<string>((resolve) => (answer = resolve));
  const asked = queryClient.fetchQuery({
    queryKey,
    staleTime: 0,
    queryFn: () => askUnlessTold({ queryClient, queryKey, ask }),
  });
  return { queryClient, asked, answer: (text: string) => answer(text) };
}

test.each([undefined, "before"])(
  "[US1] what a stream told while a question was under way is not undone by its answer (shown: %s)",
  async (shown) => {
    const { queryClient, asked, answer } = asking(shown);
    queryClient.setQueryData(queryKey, "told");
    answer("older");
    await asked;
    expect(queryClient.getQueryData(queryKey)).toBe("told");
  },
);

test.each([undefined, "before"])("[US2] where nothing was told, the answer stands (shown: %s)", async (shown) => {
  const { queryClient, asked, answer } = asking(shown);
  answer("newer");
  await asked;
  expect(queryClient.getQueryData(queryKey)).toBe("newer");
});
