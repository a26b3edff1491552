import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";

/** One order with its whole life. */
export function useOrder(orderId: string) {
  const trpc = useTRPC();
  return useSuspenseQuery(trpc.orders.get.queryOptions({ orderId })).data;
}
