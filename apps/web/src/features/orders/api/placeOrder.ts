import { useMutation, useMutationState } from "@tanstack/react-query";
import type { OrderInput } from "@trenddojo/server/wire";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useApplyOrder } from "./useApplyOrder.ts";

/** Places an order. Sending the same key again is safe: the desk answers with the same order. */
export function usePlaceOrder() {
  const trpc = useTRPC();
  const applyOrder = useApplyOrder();
  return useMutation(trpc.orders.place.mutationOptions({ onSuccess: applyOrder }));
}

export interface SendingOrder {
  readonly accountId: string;
  readonly idempotencyKey: string;
  readonly order: OrderInput;
}

/** The orders that are on their way to the desk and have no row of their own yet. */
export function useSendingOrders(): readonly SendingOrder[] {
  const trpc = useTRPC();
  const variables = useMutationState({
    filters: { mutationKey: trpc.orders.place.mutationKey(), status: "pending" },
    select: (mutation): unknown => mutation.state.variables,
  });
  return variables.filter(isSendingOrder);
}

function isSendingOrder(value: unknown): value is SendingOrder {
  return typeof value === "object" && value !== null && "idempotencyKey" in value && "order" in value;
}
