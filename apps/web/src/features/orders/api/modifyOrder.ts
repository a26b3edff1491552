import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useTakeOrder } from "./useTakeOrder.ts";

/** Asks the broker to change a working order. */
export function useModifyOrder() {
  const trpc = useTRPC();
  const takeOrder = useTakeOrder();
  return useMutation(trpc.orders.modify.mutationOptions({ onSuccess: takeOrder }));
}
