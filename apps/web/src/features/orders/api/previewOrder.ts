import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import type { OrderInput } from "@trenddojo/server/wire";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** What the order would do and every rule's verdict; reckoned again every few seconds, as the quote moves. */
export function useOrderPreview(accountId: string, order: OrderInput | undefined, acknowledgesUnknown: boolean) {
  const trpc = useTRPC();
  const acknowledged = acknowledgesUnknown ? { acknowledgesUnknown } : {};
  return useQuery(
    trpc.orders.preview.queryOptions(order === undefined ? skipToken : { accountId, order, ...acknowledged }, {
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 30_000,
      refetchInterval: 5_000,
    }),
  );
}
