import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useApplyOrder } from "./useApplyOrder.ts";

/** Asks the broker to change a working order. */
export function useModifyOrder() {
  const trpc = useTRPC();
  const applyOrder = useApplyOrder();
  return useMutation(trpc.orders.modify.mutationOptions({ onSuccess: applyOrder }));
}
