import { useMutation } from "@tanstack/react-query";
import { readFailure } from "../../../lib/deskError.ts";
import { useDesk } from "../../../lib/desk.ts";
import { failureText } from "../../../lib/errorText.ts";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { useTakeOrder } from "./useTakeOrder.ts";

/** Asks for an order's cancel. What became of it comes as an order event; a refusal is told in a toast that stays. */
export function useCancelOrder() {
  const trpc = useTRPC();
  const { toasts } = useDesk();
  const takeOrder = useTakeOrder();
  return useMutation(
    trpc.orders.cancel.mutationOptions({
      onSuccess: takeOrder,
      onError: (error) =>
        toasts.show({
          tone: "bad",
          title: "The cancel was not taken",
          detail: failureText(readFailure(error)),
          mode: null,
          sticky: true,
        }),
    }),
  );
}
