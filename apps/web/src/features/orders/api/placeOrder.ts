import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import type { OrderInput } from "@trenddojo/server/wire";
import { useDesk } from "../../../lib/desk.ts";
import { readFailure } from "../../../lib/deskError.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useOrdersMemory } from "../components/OrdersMemory.tsx";
import { placingToast } from "../model/placingToast.ts";
import { ticketPlace } from "../model/ticketShelf.ts";
import { useTakeOrder } from "./useTakeOrder.ts";

/**
 * Places an order. Sending the same key again is safe: the desk answers with the same order. The ticket on the shelf
 * learns what came of it, whether its screen is still there or not; where it is not, a failure is told in a toast.
 */
export function usePlaceOrder() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { toasts } = useDesk();
  const { shelf } = useOrdersMemory();
  const takeOrder = useTakeOrder();
  return useMutation(
    trpc.orders.place.mutationOptions({
      onSuccess: (answer, { accountId, idempotencyKey, order }) => {
        takeOrder(answer);
        shelf.settle(ticketPlace(accountId, order.symbol), idempotencyKey, { type: "answered", order: answer });
      },
      onError: (error, { accountId, idempotencyKey, order }) => {
        const failure = readFailure(error);
        const place = ticketPlace(accountId, order.symbol);
        if (failure.kind === "refused" && failure.desk.code === "PREVIEW_OUTDATED")
          void queryClient.invalidateQueries({ queryKey: trpc.orders.preview.queryKey() });
        shelf.settle(
          place,
          idempotencyKey,
          failure.kind === "refused"
            ? { type: "refused", desk: failure.desk }
            : { type: "lost", message: failure.message },
        );
        if (!shelf.isShown(place)) toasts.show(placingToast(order, failure));
      },
    }),
  );
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
