import { useQueryClient } from "@tanstack/react-query";
import type { InfiniteData } from "@tanstack/react-query";
import type { OrderView } from "@trenddojo/server/wire";
import { useCallback } from "react";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { applyToPages, isNewer } from "../model/applyOrderEvent.ts";
import type { OrderFilter, OrderPage } from "../model/applyOrderEvent.ts";

/** Puts an order's latest into every list and detail that shows it. */
export function useApplyOrder(): (order: OrderView) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    (order) => {
      const lists = queryClient.getQueriesData<InfiniteData<OrderPage>>({
        queryKey: trpc.orders.list.infiniteQueryKey(),
      });
      for (const [key, data] of lists) {
        const input = listInputOf(key);
        if (data === undefined || (input.accountId !== undefined && input.accountId !== order.accountId)) continue;
        queryClient.setQueryData<InfiniteData<OrderPage>>(key, {
          ...data,
          pages: [...applyToPages(data.pages, order, input.filter)],
        });
      }
      const detailKey = trpc.orders.get.queryKey({ orderId: order.id });
      queryClient.setQueryData(detailKey, (detail) =>
        detail !== undefined && isNewer(order, detail.order) ? { ...detail, order } : detail,
      );
      void queryClient.invalidateQueries({ queryKey: detailKey });
    },
    [queryClient, trpc],
  );
}

/** A list's question is in its key, where tRPC keeps it: `[path, { input, type }]`. */
function listInputOf(key: readonly unknown[]): {
  readonly accountId: string | undefined;
  readonly filter: OrderFilter;
} {
  const meta = key[1];
  const input: unknown = typeof meta === "object" && meta !== null ? Reflect.get(meta, "input") : undefined;
  const part = (name: string): unknown =>
    typeof input === "object" && input !== null ? Reflect.get(input, name) : undefined;
  const accountId = part("accountId");
  const filter = part("filter");
  return {
    accountId: typeof accountId === "string" ? accountId : undefined,
    filter: filter === "open" || filter === "closed" ? filter : "all",
  };
}
