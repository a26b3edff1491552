import type { OrderInput } from "@trenddojo/server/wire";
import type { CallFailure } from "../../../lib/deskError.ts";
import { failureText } from "../../../lib/errorText.ts";
import type { Toast } from "../../../lib/toasts.ts";
import { orderTitle } from "./orderText.ts";
import { leavesDoubt } from "./ticket.ts";

/** Tells of an order that could not be placed, to a person who has left its ticket. */
export function placingToast(order: OrderInput, failure: CallFailure): Omit<Toast, "id"> {
  const doubtful = failure.kind !== "refused" || leavesDoubt(failure.desk);
  const title = orderTitle(order);
  return {
    tone: "bad",
    title: doubtful ? `${title}: it is not known whether it arrived` : `${title} was not placed`,
    detail: doubtful
      ? `Look in the orders, or send it again from the ticket of ${order.symbol}: it can be placed once only.`
      : failureText(failure),
    mode: null,
    sticky: true,
  };
}
