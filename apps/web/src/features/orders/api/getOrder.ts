import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useStore } from "../../../lib/createStore.ts";
import { useTRPC, useTRPCClient } from "../../../lib/trpcClient.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";
import { newestOf } from "../model/orderBook.ts";

/** One order with its whole life. */
export function useOrder(orderId: string) {
  const detail = useSuspenseQuery(useOrderOptions(orderId)).data;
  const known = useStore(useOrdersMemory().book.known);
  return { ...detail, order: newestOf(detail.order, known) };
}

/** The question behind `useOrder`, for where an answer is not waited for; what it brings is in the book. */
export function useOrderOptions(orderId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { book } = useOrdersMemory();
  return queryOptions({
    queryKey: trpc.orders.get.queryKey({ orderId }),
    queryFn: async ({ signal }) => {
      const detail = await client.orders.get.query({ orderId }, { signal });
      book.take([detail.order]);
      return detail;
    },
  });
}
