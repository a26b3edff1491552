import { formatFixed, parseFixed, type DecimalString, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { assertNever } from "../domain/assertNever.ts";
import type { AccountState } from "./AccountState.ts";
import type { OrderTerms, PaperEvent } from "./PaperEvent.ts";
import { PaperJournalError } from "./PaperJournalError.ts";
import { PaperOrder } from "./PaperOrder.ts";

/** What a stored order has besides what was asked for. */
export interface StoredOrder extends OrderTerms {
  readonly referencePrice: DecimalString;
  readonly expiresAt: number | null;
  readonly priority: number;
  readonly submittedAt: number;
}

const ZERO = formatFixed(0n);

/** A stored order, as the engine holds it. @throws DecimalError */
export function readOrder(stored: StoredOrder): PaperOrder {
  return new PaperOrder(
    stored,
    {
      timeInForce: stored.timeInForce,
      quantity: parseFixed(stored.quantity),
      price: readNullable(stored.price),
      stopPrice: readNullable(stored.stopPrice),
      referencePrice: parseFixed(stored.referencePrice),
      expiresAt: stored.expiresAt,
      priority: stored.priority,
    },
    stored.submittedAt,
  );
}

/** A `Fixed`, or null where there is none. @throws DecimalError */
export function readNullable(text: DecimalString | null): Fixed | null {
  return text === null ? null : parseFixed(text);
}

/**
 * Does to `state` what the event says was done (PX2).
 * @throws PaperJournalError where the event does not follow the last one or speaks of an order that was never accepted.
 */
export function foldEvent(state: AccountState, event: PaperEvent): void {
  if (event.seq !== state.sequence + 1) {
    throw new PaperJournalError("the journal has a gap or a repetition", state.sequence + 1, event.seq);
  }
  apply(state, event);
  state.sequence = event.seq;
  state.now = event.at;
}

function apply(state: AccountState, event: PaperEvent): void {
  switch (event.type) {
    case "order_accepted":
      state.tradableSymbol(event.symbol);
      return state.accept(readOrder({ ...event, priority: event.seq, submittedAt: event.at }));
    case "order_rejected":
      // A duplicate is no order of its own: its ids belong to the first one (PX10).
      if (event.code === BrokerErrorCode.DUPLICATE_ORDER) return;
      return state.refuse(
        readOrder({ ...event, referencePrice: ZERO, expiresAt: null, priority: event.seq, submittedAt: event.at }),
        event.reason.text,
      );
    case "order_triggered":
      return state.trigger(orderOf(state, event), event.at);
    case "order_filled": {
      const { fees } = event;
      const charges = { commission: parseFixed(fees.commission), sec: parseFixed(fees.sec), taf: parseFixed(fees.taf) };
      const fill = { quantity: parseFixed(event.quantity), price: parseFixed(event.price), charges };
      return state.fill(orderOf(state, event), fill, event);
    }
    case "order_canceled":
      return state.close(orderOf(state, event), "canceled", event.reason.text, event.at);
    case "order_expired":
      return state.close(orderOf(state, event), "expired", event.reason.text, event.at);
    case "order_replaced": {
      const order = orderOf(state, event);
      return state.replace(
        order,
        {
          timeInForce: event.timeInForce,
          quantity: parseFixed(event.quantity),
          price: readNullable(event.price),
          stopPrice: readNullable(event.stopPrice),
          referencePrice: parseFixed(event.referencePrice),
          expiresAt: event.expiresAt,
          priority: event.keepsPriority ? order.terms.priority : event.seq,
        },
        event.at,
      );
    }
    case "day_started":
      return state.startDay(parseFixed(event.equity), event.endsAt);
    case "cancel_rejected":
    case "replace_rejected":
      return;
    default:
      return assertNever(event);
  }
}

function orderOf(state: AccountState, event: { readonly seq: number; readonly orderId: string }): PaperOrder {
  const order = state.order(event.orderId);
  if (order === undefined || !order.isOpen) {
    throw new PaperJournalError(`order ${event.orderId} is not open`, state.sequence + 1, event.seq);
  }
  return order;
}
