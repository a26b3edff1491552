import { useSuspenseQueries } from "@tanstack/react-query";
import type { AccountView } from "@trenddojo/server/wire";
import { useTRPC } from "../../../lib/trpcClient.ts";
import type { HeldPosition } from "../model/flattenPlan.ts";

/** What is held in each account, as it is known now. */
export function useHeldPositions(accounts: readonly AccountView[]): readonly HeldPosition[] {
  const trpc = useTRPC();
  return useSuspenseQueries({
    queries: accounts.map((account) => trpc.accounts.portfolio.queryOptions({ accountId: account.id })),
    combine: (results) =>
      results.flatMap(({ data }) => {
        const account = accounts.find(({ id }) => id === data.accountId);
        return account === undefined ? [] : data.positions.map((position) => ({ account, position }));
      }),
  });
}
