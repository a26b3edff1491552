import { price, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { venueOrderId, type VenueOrderId } from "../domain/ids.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { CHANCE } from "./chance.ts";
import type { Granted } from "./checkOrder.ts";
import { isImmediate } from "./checkTerms.ts";
import type { EventLog } from "./EventLog.ts";
import { closableBy, fitExits, fitSide } from "./closingExits.ts";
import { chargesFor } from "./fees.ts";
import { filledEvent, type FillFacts } from "./filledEvent.ts";
import type { SettlementCalendar } from "./money/settlement.ts";
import { immediateFill, matchStanding, standingTrigger } from "./matching.ts";
import type { FillSource, MatchMoment, MatchSink } from "./meeting.ts";
import { settleGroup, type GroupSink } from "./linkedGroups.ts";
import { draftsOf } from "./orderDrafts.ts";
import { acceptedEvent, rejectedEvent, replacedEvent, replaceRequestedEvent } from "./orderEvents.ts";
import type { OrderGroup } from "./orderGroup.ts";
import { PaperOrder, type PaperOrderTerms } from "./PaperOrder.ts";
import { joinQueue } from "./queue.ts";
import { ownPrice } from "./referencePrice.ts";
import type { Reason } from "../domain/Reason.ts";
import { immediateReason, triggerReason } from "./reasons.ts";
import type { OrderChanges } from "./InFlight.ts";
import type { SymbolState } from "./SymbolState.ts";
import type { TradingStatus } from "../domain/tradingStatus.ts";
import type { Refusal } from "./Refusal.ts";

/** When an accepted order ends and when it reaches the market; null for never and at once. */
export interface Schedule {
  readonly expiresAt: number | null;
  readonly arrivesAt: number | null;
}

export interface OrderDeskParts {
  /** Sets the ids of this account apart (PX3). */
  readonly idSuffix: string;
  readonly settlement: SettlementCalendar;
  /** A number drawn for the next event and a purpose of `CHANCE` (PX102). */
  readonly draw: (purpose: number) => number;
}

interface Placing {
  readonly reference: Fixed;
  readonly expiresAt: number | null;
  readonly group: OrderGroup | null;
}

/** An order with what the market gave it: the stop of a trailing one, the shares of an amount of money. */
function asGranted(order: ParsedOrder, { quantity, trailing }: Granted): ParsedOrder {
  return { ...order, quantity, stopPrice: trailing?.stopPrice ?? order.stopPrice };
}

/** Carries out what was decided about orders: changes the account and writes the event, always both. */
export class OrderDesk implements MatchSink, GroupSink {
  readonly #state: AccountState;
  readonly #log: EventLog;
  readonly #idSuffix: string;
  readonly #settlement: SettlementCalendar;
  readonly #draw: (purpose: number) => number;
  /** The order that meets the market for the first time; others that fill meanwhile were there before. */
  #arriving: PaperOrder | null = null;
  /** Orders that came to the market and have not met it yet, in the order of their coming. */
  readonly #waiting: PaperOrder[] = [];

  constructor(state: AccountState, log: EventLog, { idSuffix, settlement, draw }: OrderDeskParts) {
    this.#state = state;
    this.#log = log;
    this.#idSuffix = idSuffix;
    this.#settlement = settlement;
    this.#draw = draw;
  }

  /** Takes an order, and the exits that hang on it, in. They meet the market with `meetMarket`, or when they arrive. */
  accept(order: ParsedOrder, granted: Granted, { expiresAt, arrivesAt }: Schedule): void {
    const log = this.#log;
    let groupId: string | undefined;
    for (const { order: draft, place, isHeld } of draftsOf(order)) {
      // Most orders are taken in as they were given, and an object saved is time saved.
      const given = granted.trailing === null && order.notional === undefined ? draft : asGranted(draft, granted);
      // An exit closes what its entry opened, so its margin is reckoned at its own price.
      const isExit = draft.clientOrderId !== order.clientOrderId;
      const reference = isExit ? (ownPrice(draft) ?? 0n) : granted.referencePrice;
      const orderId = this.#nextOrderId;
      groupId ??= orderId;
      const group = place === null ? null : { id: groupId, ...place };
      const accepted = this.#create(orderId, given, { reference, expiresAt, group });
      accepted.isHeld = isHeld;
      accepted.arrivesAt = isHeld ? null : arrivesAt;
      accepted.watermark = granted.trailing?.watermark ?? null;
      this.#state.accept(accepted);
      log.emit(acceptedEvent(accepted));
      if (!accepted.isParked) this.#waiting.push(accepted);
    }
  }

  get isMeetingDue(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets every order that has just come to the market meet it, and those that follow from that. */
  meetMarket(moment: MatchMoment): void {
    for (let order = this.#waiting.shift(); order !== undefined; order = this.#waiting.shift()) {
      if (order.isOpen) this.#arrive(order, moment);
    }
  }

  /** A duplicate is not remembered: its client order id belongs to the first order (PX10). */
  reject(order: ParsedOrder, refusal: Refusal): void {
    const refused = this.#create(this.#nextOrderId, order, { reference: 0n, expiresAt: null, group: null });
    if (refusal.code !== BrokerErrorCode.DUPLICATE_ORDER) this.#state.refuse(refused, refusal.reason);
    this.#log.emit(rejectedEvent(refused, refusal));
  }

  /** An order that was on its way comes to the market. */
  land(order: PaperOrder): void {
    const log = this.#log;
    this.#state.arrive(order, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_arrived", orderId: order.orderId });
    this.#waiting.push(order);
  }

  requestCancel(order: PaperOrder, arrivesAt: number): void {
    const { orderId } = order;
    const log = this.#log;
    this.#state.inFlight.add({ kind: "cancel", orderId, arrivesAt });
    log.emit({ seq: log.nextSequence, at: log.now, type: "cancel_requested", orderId, arrivesAt });
  }

  requestReplace(order: PaperOrder, changes: OrderChanges, arrivesAt: number): void {
    const { orderId } = order;
    const log = this.#log;
    this.#state.inFlight.add({ kind: "replace", orderId, arrivesAt, changes });
    log.emit(replaceRequestedEvent(orderId, changes, log.place, arrivesAt));
  }

  /** Halts, pauses or resumes trading in a symbol; what is in force already is no news (PX96). */
  setStatus(symbol: SymbolState, status: TradingStatus, reason: string): void {
    const log = this.#log;
    if ((symbol.halt?.status ?? "resumed") === status) return;
    this.#state.setStatus(symbol, status, reason, log.now);
    if (status === "resumed") symbol.market.reopen();
    else symbol.market.endQuotes();
    log.emit({ seq: log.nextSequence, at: log.now, type: "symbol_status", symbol: symbol.symbol, status, reason });
  }

  /** An exit whose entry is filled comes to the market. */
  activate(order: PaperOrder, reason: Reason): void {
    const log = this.#log;
    this.#state.activate(order, log.nextSequence, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_activated", orderId: order.orderId, reason });
    this.#waiting.push(order);
  }

  /** The exchange itself changes how much of an order is left. */
  resize(order: PaperOrder, quantity: Fixed, reason: Reason): void {
    this.#replaceTerms(order, { ...order.terms, quantity }, reason);
  }

  closable(exit: PaperOrder): Fixed {
    return closableBy(exit, this.#state.symbol(exit.symbol));
  }

  /** Brings every linked group in order, as after a start from a journal that stopped half way (PX117). */
  settleGroups(): void {
    for (const group of this.#state.groups) settleGroup(group, this);
    fitExits(this.#state, this);
  }

  /** An accepted or replaced order meets the market that stands: at once, or for as long as it waits. */
  #arrive(order: PaperOrder, moment: MatchMoment): void {
    this.#arriving = order;
    this.#meet(order, moment);
    this.#arriving = null;
    if (order.isOpen && moment.terms.matching.queueModel === "displayed" && !order.awaitsTrigger) {
      joinQueue(this.#state.symbol(order.symbol), order, moment.terms);
    }
  }

  #meet(order: PaperOrder, moment: MatchMoment): void {
    if (order.isForAuction || order.isParked) return;
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
    this.#replaceTerms(order, terms);
    this.#settle(order);
    this.#waiting.push(order);
  }

  #replaceTerms(order: PaperOrder, terms: PaperOrderTerms, reason?: Reason): void {
    const log = this.#log;
    const keepsPriority = terms.priority === order.terms.priority;
    this.#state.replace(order, terms, log.now);
    log.emit(replacedEvent(order, log.place, keepsPriority, reason));
  }

  /** When the owner hears of what happens now (PX101), epoch milliseconds; undefined for at once. */
  #reportedAt(): number | undefined {
    const { latency } = this.#state.terms.matching;
    if (latency === null) return undefined;
    const jitterMs = this.#draw(CHANCE.latencyOut) % (latency.jitterMs + 1);
    return this.#log.now + latency.outMs + jitterMs;
  }

  #settle({ group }: PaperOrder): void {
    if (group !== null) settleGroup(this.#state.groupOf(group), this);
  }

  close(order: PaperOrder, status: "canceled" | "expired", reason: Reason): void {
    const log = this.#log;
    this.#state.close(order, status, reason, log.now);
    const type = status === "canceled" ? "order_canceled" : "order_expired";
    log.emit({ seq: log.nextSequence, at: log.now, type, orderId: order.orderId, reason });
    this.#settle(order);
  }

  fill(order: PaperOrder, filled: Fixed, at: Fixed, source: FillSource): void {
    const state = this.#state;
    const log = this.#log;
    const day = { at: log.now, endsAt: state.day.endsAt, isArriving: order === this.#arriving };
    const facts: FillFacts = {
      seq: log.nextSequence,
      at: log.now,
      order,
      idSuffix: this.#idSuffix,
      quantity: filled,
      price: at,
      charges: chargesFor(order, filled, at, day, state.terms),
      source,
      settlesAt: order.side === "buy" ? undefined : this.#settlement.settlesAt(log.now, day.endsAt),
      reportedAt: this.#reportedAt(),
    };
    state.fill(order, facts, facts);
    log.emit(filledEvent(facts));
    this.#settle(order);
    fitSide(state.symbol(order.symbol), order.side, state, this);
  }

  trail(order: PaperOrder, watermark: Fixed, stopPrice: Fixed): void {
    const log = this.#log;
    this.#state.trail(order, watermark, stopPrice, log.now);
    log.emit({
      seq: log.nextSequence,
      at: log.now,
      type: "order_trailed",
      orderId: order.orderId,
      watermark: price(watermark),
      stopPrice: price(stopPrice),
    });
  }

  trigger(order: PaperOrder, by: "print" | "quote", at: Fixed): void {
    const log = this.#log;
    const reason = triggerReason(order, by, at);
    this.#state.trigger(order, reason, log.now);
    log.emit({ seq: log.nextSequence, at: log.now, type: "order_triggered", orderId: order.orderId, reason });
  }

  #fillAtOnce(order: PaperOrder, moment: MatchMoment): void {
    const found = immediateFill(this.#state.symbol(order.symbol), order, moment);
    const isEnough = order.terms.timeInForce === "ioc" ? found.left > 0n : found.left >= order.remaining;
    if (isEnough && found.part > 0n && found.far !== undefined && found.price !== undefined) {
      found.far.taken += found.part;
      this.fill(order, found.part, found.price, { kind: "quote", shown: found.far.size, left: found.left });
    }
    if (order.isOpen) this.close(order, "canceled", immediateReason(order, found));
  }

  /** The id of the order that the next event makes (PX3). */
  get #nextOrderId(): VenueOrderId {
    return venueOrderId(`P${this.#idSuffix}-${this.#log.nextSequence}`);
  }

  #create(orderId: VenueOrderId, order: ParsedOrder, { reference, expiresAt, group }: Placing): PaperOrder {
    const { clientOrderId, symbol, side, type: orderType, extendedHours, trail = null, notional = null } = order;
    const { timeInForce, quantity, price, stopPrice } = order;
    const { seq: priority, at } = this.#log.place;
    return new PaperOrder(
      { orderId, clientOrderId, symbol, side, orderType, extendedHours, trail, notional, group },
      { timeInForce, quantity, price, stopPrice, referencePrice: reference, expiresAt, priority },
      at,
    );
  }
}
