import { money, price, quantity, type Fixed } from "../domain/decimal.ts";
import { executionId } from "../domain/ids.ts";
import type { Charges } from "./fees.ts";
import type { FillSource } from "./meeting.ts";
import type { OrderFilled } from "./PaperEvent.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import { fillReason } from "./reasons.ts";

/** One fill, with all that its event tells. */
export interface FillFacts {
  /** The number of its event. */
  readonly seq: number;
  /** Market time, epoch milliseconds. */
  readonly at: number;
  readonly order: PaperOrder;
  /** Sets the execution ids of this account apart (PX3). */
  readonly idSuffix: string;
  readonly quantity: Fixed;
  readonly price: Fixed;
  readonly charges: Charges;
  readonly source: FillSource;
  /** Undefined for a purchase, and for a report that is there at once; epoch milliseconds. */
  readonly settlesAt: number | undefined;
  readonly reportedAt: number | undefined;
}

/** The event of a fill: the same whenever it is told, for nothing that it tells of the order ever changes. */
export function filledEvent(facts: FillFacts): OrderFilled {
  const { order, charges, settlesAt, reportedAt } = facts;
  const shares = quantity(facts.quantity);
  const fees = { commission: money(charges.commission), sec: money(charges.sec), taf: money(charges.taf) };
  return {
    seq: facts.seq,
    at: facts.at,
    type: "order_filled",
    orderId: order.orderId,
    executionId: executionId(`X${facts.idSuffix}-${facts.seq}`),
    symbol: order.symbol,
    side: order.side,
    quantity: shares,
    price: price(facts.price),
    fees: charges.exchange === 0n ? fees : { ...fees, exchange: money(charges.exchange) },
    ...(settlesAt === undefined ? undefined : { settlesAt }),
    ...(reportedAt === undefined ? undefined : { reportedAt }),
    reason: fillReason(order, shares, facts.price, facts.source),
  };
}
