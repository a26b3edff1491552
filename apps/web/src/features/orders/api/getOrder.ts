import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useStore } from "../../../lib/createStore.ts";
import { useDesk } from "../../../lib/desk.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";
import { newestOf } from "../model/orderBook.ts";
import { isOpen } from "../model/orderStateText.ts";

/** An open order is explained anew as often: what it waits for moves with the market. */
const EXPLAIN_EVERY_MS = 5_000;

/** One order with its whole life, and the orders that it is linked with, each as its latest answer or event left it. */
export function useOrder(orderId: string) {
  const detail = useSuspenseQuery({
    ...useOrderOptions(orderId),
    refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data.order) ? EXPLAIN_EVERY_MS : false),
  }).data;
  const known = useStore(useOrdersMemory().book.known);
  return {
    ...detail,
    order: newestOf(detail.order, known),
    group: detail.group.map((member) => newestOf(member, known)),
  };
}

/** The question behind `useOrder`, for where an answer is not waited for; what it brings is in the book. */
export function useOrderOptions(orderId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { book } = useOrdersMemory();
  const { clock } = useDesk();
  return queryOptions({
    // Without tRPC's tag for the type of the data: this answer also says when it came.
    queryKey: [...trpc.orders.get.queryKey({ orderId })],
    queryFn: async ({ signal }) => {
      const detail = await client.orders.get.query({ orderId }, { signal });
      book.take([detail.order, ...detail.group]);
      return { ...detail, heardAt: clock.now() };
    },
  });
}
