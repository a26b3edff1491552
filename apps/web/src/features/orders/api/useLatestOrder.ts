import { useQuery } from "@tanstack/react-query";
import type { OrderView } from "@trenddojo/server/wire";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { isNewer } from "../model/applyOrderEvent.ts";

/** An order as it stands now, beginning with what an answer said of it: fills and cancels come after the answer. */
export function useLatestOrder(answered: OrderView): OrderView {
  const trpc = useTRPC();
  const latest = useQuery(trpc.orders.get.queryOptions({ orderId: answered.id })).data?.order;
  return latest !== undefined && isNewer(latest, answered) ? latest : answered;
}
