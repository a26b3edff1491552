import { formatFixed, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { GroupRole, TimeInForce } from "../domain/order.ts";
import type { AccountState } from "./AccountState.ts";
import { ROLE_NAMES } from "./groupReasons.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import { refuse, type Refusal } from "./Refusal.ts";

/** An order's terms as a replacement would leave them. */
export interface ChangedTerms {
  readonly quantity: Fixed;
  readonly price: Fixed | null;
  readonly stopPrice: Fixed | null;
  readonly timeInForce: TimeInForce;
}

/** What cannot be changed about an order of a special kind (PX52). */
export function checkSpecialChange(
  order: PaperOrder,
  { stopPrice, timeInForce }: Pick<ChangedTerms, "stopPrice" | "timeInForce">,
): Refusal | undefined {
  const isForAuction = timeInForce === "opg" || timeInForce === "cls";
  if (timeInForce !== order.terms.timeInForce && (order.isForAuction || isForAuction)) {
    return fault(
      `An order for ${order.terms.timeInForce} cannot become one for ${timeInForce}; cancel it and give a new one.`,
      "timeInForce",
    );
  }
  if (order.trail !== null && stopPrice !== order.terms.stopPrice) {
    return fault("The market names the stop price of a trailing stop.", "stopPrice");
  }
  if (order.notional !== null) return fault("An order for an amount of money is not replaced.", "quantity");
  return undefined;
}

/** What cannot be changed about a member of a linked group (PX114, PX115). */
export function checkGroupChange(order: PaperOrder, terms: ChangedTerms, state: AccountState): Refusal | undefined {
  const { group } = order;
  if (group === null) return undefined;
  if (terms.timeInForce !== order.terms.timeInForce) {
    return fault(
      "The members of a group end together, so none changes its time in force alone.",
      "timeInForce",
      "PX115",
    );
  }
  if (terms.quantity !== order.terms.quantity && (group.role !== "entry" || order.filledQuantity > 0n)) {
    return fault(
      group.role === "entry"
        ? "The quantity of a group changes only while nothing is filled."
        : "An exit has as many shares as there are to close.",
      "quantity",
      group.role === "entry" ? "PX114" : "PX115",
    );
  }
  return checkOrderOfPrices(order, terms, state.groupOf(group));
}

/**
 * The profit stays on its side and the stop on the other, as they were given (PX110): of the entry as long as that waits,
 * and of each other. Where the market is, decides what becomes of a changed exit and not whether it may be changed (PX115).
 */
function checkOrderOfPrices(
  order: PaperOrder,
  terms: ChangedTerms,
  members: readonly PaperOrder[],
): Refusal | undefined {
  const priceOf = (role: GroupRole): Fixed | null => {
    const member = members.find(({ group }) => group?.role === role);
    if (member === undefined || (role === "entry" && !member.isOpen)) return null;
    const { price, stopPrice } = member === order ? terms : member.terms;
    return role === "stop_loss" ? stopPrice : price;
  };
  const exit = members.find(({ group }) => group?.role !== "entry");
  // From the lowest price to the highest where the exits sell, the other way round where they buy.
  const ladder = (["stop_loss", "entry", "take_profit"] as const).flatMap((role) => {
    const price = priceOf(role);
    return price === null ? [] : [{ name: ROLE_NAMES[role], price }];
  });
  const isInOrder = ladder.every(({ price }, index) => {
    const before = ladder[index - 1]?.price;
    return before === undefined || (exit?.side === "sell" ? before < price : before > price);
  });
  if (isInOrder) return undefined;
  const shown = ladder.map(({ name, price }) => `${name} at ${formatFixed(price, 2)}`).join(", ");
  const field = terms.stopPrice === order.terms.stopPrice ? "price" : "stopPrice";
  return fault(`They would lie the wrong way round: ${shown}.`, field, "PX110");
}

function fault(text: string, field: string, rule = "PX52"): Refusal {
  return refuse(BrokerErrorCode.INVALID_ORDER, rule, text, { field });
}
