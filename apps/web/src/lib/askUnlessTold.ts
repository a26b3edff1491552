import type { QueryClient, QueryKey } from "@tanstack/react-query";

interface Question<Data> {
  readonly queryClient: QueryClient;
  readonly queryKey: QueryKey;
  readonly ask: () => Promise<Data>;
}

/**
 * Asks for what a stream also tells (by `setQueryData`). Where the stream has told something while the question was
 * under way, the answer is of before and is left aside for it.
 */
export async function askUnlessTold<Data>({ queryClient, queryKey, ask }: Question<Data>): Promise<Data> {
  const tellings = () => queryClient.getQueryState(queryKey)?.dataUpdateCount ?? 0;
  const before = tellings();
  const answer = await ask();
  const told = queryClient.getQueryData<Data>(queryKey);
  return told !== undefined && tellings() !== before ? told : answer;
}
