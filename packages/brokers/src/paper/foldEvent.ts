import { formatFixed, parseFixed, type DecimalString, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { assertNever } from "../domain/assertNever.ts";
import type { AccountState } from "./AccountState.ts";
import { readCharges } from "./fees.ts";
import { foldMoneyEvent } from "./money/foldMoneyEvent.ts";
import type { Request } from "./InFlight.ts";
import type { OrderTerms, PaperEvent, ReplaceRequested } from "./PaperEvent.ts";
import { PaperJournalError } from "./PaperJournalError.ts";
import { PaperOrder } from "./PaperOrder.ts";

/** What a stored order has besides what was asked for. */
export interface StoredOrder extends OrderTerms {
  readonly referencePrice: DecimalString;
  readonly expiresAt: number | null;
  readonly priority: number;
  readonly submittedAt: number;
  readonly arrivesAt?: number;
  readonly watermark?: DecimalString;
  readonly isHeld?: true;
}

const ZERO = formatFixed(0n);

/** A stored order, as the engine holds it. @throws DecimalError */
export function readOrder(stored: StoredOrder): PaperOrder {
  const { trail, group = null, notional } = stored;
  const order = new PaperOrder(
    {
      ...stored,
      trail: trail === undefined ? null : { by: trail.by, value: parseFixed(trail.value) },
      group,
      notional: notional === undefined ? null : parseFixed(notional),
    },
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
  order.arrivesAt = stored.arrivesAt ?? null;
  order.watermark = stored.watermark === undefined ? null : parseFixed(stored.watermark);
  order.isHeld = stored.isHeld === true;
  return order;
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
        event.reason,
      );
    case "order_activated":
      return state.activate(orderOf(state, event), event.seq, event.at);
    case "order_arrived":
      return state.arrive(orderOf(state, event), event.at);
    case "order_trailed":
      return state.trail(orderOf(state, event), parseFixed(event.watermark), parseFixed(event.stopPrice), event.at);
    case "cancel_requested":
      return state.inFlight.add({ kind: "cancel", orderId: event.orderId, arrivesAt: event.arrivesAt });
    case "replace_requested":
      return state.inFlight.add(readReplaceRequest(event));
    case "symbol_status":
      return state.setStatus(state.symbol(event.symbol), event.status, event.reason, event.at);
    case "order_triggered":
      return state.trigger(orderOf(state, event), event.reason, event.at);
    case "order_filled": {
      const charges = readCharges(event.fees);
      const fill = { quantity: parseFixed(event.quantity), price: parseFixed(event.price), charges };
      return state.fill(orderOf(state, event), fill, event);
    }
    case "order_canceled":
      return state.close(orderOf(state, event), "canceled", event.reason, event.at);
    case "order_expired":
      return state.close(orderOf(state, event), "expired", event.reason, event.at);
    case "order_replaced": {
      const order = orderOf(state, event);
      if (event.reason === undefined) state.inFlight.drop(order.orderId, "replace");
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
      return state.inFlight.drop(event.orderId, "cancel");
    case "replace_rejected":
      return state.inFlight.drop(event.orderId, "replace");
    case "split_applied":
    case "dividend_accrued":
    case "dividend_paid":
    case "symbol_changed":
    case "corporate_action_rejected":
    case "order_adjusted":
    case "borrow_fee_charged":
    case "margin_call":
    case "margin_call_ended":
      return foldMoneyEvent(state, event, (of) => orderOf(state, of));
    default:
      return assertNever(event);
  }
}

/** A stored replacement that is on its way. @throws DecimalError */
export function readReplaceRequest(event: Omit<ReplaceRequested, "seq" | "at" | "type">): Request {
  const { orderId, arrivesAt, timeInForce } = event;
  const read = (text: DecimalString | undefined): Fixed | undefined =>
    text === undefined ? undefined : parseFixed(text);
  const changes = { quantity: read(event.quantity), price: read(event.price), stopPrice: read(event.stopPrice) };
  return { kind: "replace", orderId, arrivesAt, changes: { ...changes, timeInForce } };
}

function orderOf(state: AccountState, event: { readonly seq: number; readonly orderId: string }): PaperOrder {
  const order = state.order(event.orderId);
  if (order === undefined || !order.isOpen) {
    throw new PaperJournalError(`order ${event.orderId} is not open`, state.sequence + 1, event.seq);
  }
  return order;
}
