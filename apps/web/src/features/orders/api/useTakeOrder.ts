import { useQueryClient } from "@tanstack/react-query";
import type { OrderView } from "@trenddojo/server/wire";
import { useCallback } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";

/** Takes in what an answer or an event says of an order: every list shows it, and its page is fetched again. */
export function useTakeOrder(): (order: OrderView) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { book } = useOrdersMemory();
  return useCallback(
    (order) => {
      book.take([order]);
      void queryClient.invalidateQueries({ queryKey: trpc.orders.get.queryKey({ orderId: order.id }) });
    },
    [book, queryClient, trpc],
  );
}
