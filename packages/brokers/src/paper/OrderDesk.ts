import { money, price, quantity, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { executionId, venueOrderId } from "../domain/ids.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { isImmediate } from "./checkTerms.ts";
import type { EventLog } from "./EventLog.ts";
import { chargesFor } from "./fees.ts";
import {
  immediateFill,
  matchStanding,
  standingTrigger,
  type FillSource,
  type MatchMoment,
  type MatchSink,
} from "./matching.ts";
import type { OrderTerms } from "./PaperEvent.ts";
import { PaperOrder, type PaperOrderTerms } from "./PaperOrder.ts";
import type { Reason } from "./Reason.ts";
import { fillReason, immediateReason, triggerReason } from "./reasons.ts";
import type { Refusal } from "./Refusal.ts";

/** Carries out what was decided about orders: changes the account and writes the event, always both. */
export class OrderDesk implements MatchSink {
  readonly #state: AccountState;
  readonly #log: EventLog;
  readonly #idSuffix: string;

  /** `idSuffix` sets the ids of this account apart (PX3). */
  constructor(state: AccountState, log: EventLog, idSuffix: string) {
    this.#state = state;
    this.#log = log;
    this.#idSuffix = idSuffix;
  }

  accept(order: ParsedOrder, reference: Fixed, expiresAt: number | null): PaperOrder {
    const log = this.#log;
    const asked = this.#describe(order);
    const accepted = this.#create(order, asked, reference, expiresAt);
    this.#state.accept(accepted);
    const referencePrice = price(reference);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_accepted", ...asked, referencePrice, expiresAt });
    return accepted;
  }

  /** A duplicate is not remembered: its client order id belongs to the first order (PX10). */
  reject(order: ParsedOrder, { code, reason }: Refusal): void {
    const log = this.#log;
    const asked = this.#describe(order);
    if (code !== BrokerErrorCode.DUPLICATE_ORDER) this.#state.refuse(this.#create(order, asked, 0n, null), reason.text);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_rejected", ...asked, code, reason });
  }

  /** An accepted or replaced order meets the market that stands: at once, or for as long as it waits. */
  arrive(order: PaperOrder, moment: MatchMoment): void {
    const symbol = this.#state.symbol(order.symbol);
    if (isImmediate(order.terms.timeInForce)) return this.#fillAtOnce(order, moment);
    if (order.awaitsTrigger) {
      const reached = standingTrigger(symbol, order, moment);
      if (reached === undefined) return;
      this.trigger(order, reached.by, reached.price);
    }
    matchStanding(symbol, order.side, moment, this);
  }

  replace(order: PaperOrder, terms: PaperOrderTerms): void {
    const log = this.#log;
    const keepsPriority = terms.priority === order.terms.priority;
    this.#state.replace(order, terms, log.now);
    log.emit({
      seq: log.nextSequence,
      at: log.now,
      type: "order_replaced",
      orderId: order.orderId,
      quantity: quantity(terms.quantity),
      price: terms.price === null ? null : price(terms.price),
      stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
      timeInForce: terms.timeInForce,
      referencePrice: price(terms.referencePrice),
      expiresAt: terms.expiresAt,
      keepsPriority,
    });
  }

  close(order: PaperOrder, status: "canceled" | "expired", reason: Reason): void {
    const log = this.#log;
    this.#state.close(order, status, reason.text, log.now);
    const type = status === "canceled" ? "order_canceled" : "order_expired";
    log.emit({ seq: log.nextSequence, at: log.now, type, orderId: order.orderId, reason });
  }

  fill(order: PaperOrder, filled: Fixed, at: Fixed, source: FillSource): void {
    const state = this.#state;
    const log = this.#log;
    const charges = chargesFor(order, filled, at, { at: log.now, endsAt: state.day.endsAt }, state.terms);
    const shares = quantity(filled);
    const seq = log.nextSequence;
    const event = {
      seq,
      at: log.now,
      type: "order_filled",
      orderId: order.orderId,
      executionId: executionId(`X${this.#idSuffix}-${seq}`),
      symbol: order.symbol,
      side: order.side,
      quantity: shares,
      price: price(at),
      fees: { commission: money(charges.commission), sec: money(charges.sec), taf: money(charges.taf) },
      reason: fillReason(order, shares, at, source),
    } as const;
    state.fill(order, { quantity: filled, price: at, charges }, event);
    log.emit(event);
  }

  trigger(order: PaperOrder, by: "print" | "quote", at: Fixed): void {
    const log = this.#log;
    const reason = triggerReason(order, by, at);
    this.#state.trigger(order, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_triggered", orderId: order.orderId, reason });
  }

  #fillAtOnce(order: PaperOrder, moment: MatchMoment): void {
    const found = immediateFill(this.#state.symbol(order.symbol), order, moment);
    const isEnough = order.terms.timeInForce === "ioc" ? found.left > 0n : found.left >= order.remaining;
    if (isEnough && found.far !== undefined && found.price !== undefined) {
      const taken = found.left < order.remaining ? found.left : order.remaining;
      found.far.taken += taken;
      this.fill(order, taken, found.price, { kind: "quote", shown: found.far.size, left: found.left });
    }
    if (order.isOpen) this.close(order, "canceled", immediateReason(order, found));
  }

  #describe(order: ParsedOrder): OrderTerms {
    return {
      orderId: venueOrderId(`P${this.#idSuffix}-${this.#log.nextSequence}`),
      clientOrderId: order.clientOrderId,
      symbol: order.symbol,
      side: order.side,
      orderType: order.type,
      timeInForce: order.timeInForce,
      extendedHours: order.extendedHours,
      quantity: quantity(order.quantity),
      price: order.price === null ? null : price(order.price),
      stopPrice: order.stopPrice === null ? null : price(order.stopPrice),
    };
  }

  #create(order: ParsedOrder, asked: OrderTerms, reference: Fixed, expiresAt: number | null): PaperOrder {
    const { timeInForce, quantity, price, stopPrice } = order;
    const priority = this.#log.nextSequence;
    return new PaperOrder(
      asked,
      { timeInForce, quantity, price, stopPrice, referencePrice: reference, expiresAt, priority },
      this.#log.now,
    );
  }
}
