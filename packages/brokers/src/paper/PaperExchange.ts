import type { Balances } from "../domain/account.ts";
import { money, parseFixed, price, quantity, type Fixed, type Money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { executionId, venueOrderId } from "../domain/ids.ts";
import type { Instrument, MarketData } from "../domain/marketData.ts";
import type { Fill, Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { AccountState } from "./AccountState.ts";
import { checkOrder } from "./checkOrder.ts";
import { isImmediate } from "./checkTerms.ts";
import { expiryOf } from "./expiry.ts";
import { explainOrder } from "./explain.ts";
import { chargesFor } from "./fees.ts";
import { foldEvent } from "./foldEvent.ts";
import { immediateFill, matchStanding, matchTick, standingTrigger, type FillSource, type MatchMoment, type MatchSink } from "./matching.ts";
import type { OrderTerms, PaperEvent } from "./PaperEvent.ts";
import { PaperOrder } from "./PaperOrder.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import { planReplacement, type OrderChanges } from "./planReplacement.ts";
import { previewOrder, type PaperPreview } from "./preview.ts";
import { DEFAULT_PAPER_PROFILE, readProfile, type PaperProfile } from "./profile.ts";
import type { Reason } from "./Reason.ts";
import { canceledReason, expiryReason, fillReason, immediateReason, triggerReason } from "./reasons.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import { tradingPhase, type SessionState, type TradingPhase } from "./SessionState.ts";
import { applySnapshot, takeSnapshot } from "./snapshot.ts";
import { balancesOf, fillsSince, positionsOf } from "./views.ts";

export interface PaperExchangeConfig {
  /** Goes into order and execution ids; a safe integer, zero or above. Chance, where rules need it, starts from it. */
  readonly seed: number;
  /** Above or equal to zero. A snapshot's own figure wins. */
  readonly startingCash: Money;
  readonly instruments: (symbol: string) => Instrument | undefined;
  /** The exchange's calendar; a pure function of the instant. */
  readonly session: (at: number) => SessionState;
  readonly profile?: PaperProfile;
}

const NO_EVENTS: readonly PaperEvent[] = [];

/** The event without what every event has. Distributes over the union, so that each member stays itself. */
type Unnumbered<Event> = Event extends PaperEvent ? Omit<Event, "seq" | "at"> : never;

/**
 * A paper exchange for one account: deterministic, without I/O and without a clock. Every call carries the market's
 * time (epoch milliseconds); one that lies before the last is taken as the last (PX1). What a call does is what it
 * returns: first the day's boundaries that were passed, then the answer, then the fills, with gapless numbers. The
 * rules PX1 to PX80 are in SPEC.md.
 */
export class PaperExchange {
  readonly #config: PaperExchangeConfig;
  readonly #state: AccountState;
  readonly #sink: MatchSink;
  readonly #idPrefix: string;
  #events: PaperEvent[] = [];
  /** The instant that `#session` is the answer for. */
  #sessionAt: number | undefined;
  #session: SessionState | undefined;
  #phase: TradingPhase | null = null;

  private constructor(config: PaperExchangeConfig, startingCash: Fixed) {
    if (!Number.isSafeInteger(config.seed) || config.seed < 0) {
      throw new RangeError(`seed must be a safe integer, zero or above, not ${config.seed}`);
    }
    if (startingCash < 0n) throw new RangeError(`startingCash must not be negative, not ${config.startingCash}`);
    this.#config = config;
    this.#idPrefix = config.seed.toString(36);
    this.#state = new AccountState(startingCash, readProfile(config.profile ?? DEFAULT_PAPER_PROFILE), config.instruments);
    this.#sink = {
      fill: (order, quantity, price, source) => this.#fill(order, quantity, price, source),
      trigger: (order, by, at) => this.#trigger(order, triggerReason(order, by, at)),
    };
  }

  /** A new account. @throws RangeError or DecimalError for a configuration that cannot be. */
  static create(config: PaperExchangeConfig): PaperExchange {
    return new PaperExchange(config, parseFixed(config.startingCash));
  }

  /**
   * The account as it was after the last of `events`, which are those after the snapshot (PX2). A snapshot without
   * later events also brings its quotes back; with later events they are out of date, and orders wait for the next
   * tick (PX4).
   * @throws PaperJournalError where the events do not continue the snapshot.
   */
  static restore(config: PaperExchangeConfig, snapshot: PaperSnapshot | null, events: readonly PaperEvent[]): PaperExchange {
    const exchange = new PaperExchange(config, parseFixed(snapshot?.startingCash ?? config.startingCash));
    const state = exchange.#state;
    if (snapshot !== null) applySnapshot(state, snapshot);
    for (const event of events) foldEvent(state, event);
    if (events.length === 0) exchange.#phase = snapshot?.phase ?? null;
    else for (const symbol of state.symbols) symbol.market.endSession();
    return exchange;
  }

  /** Number of the last event; 0 before the first. */
  get sequence(): number {
    return this.#state.sequence;
  }

  /** Market time of the last call, epoch milliseconds; minus infinity before the first. */
  get now(): number {
    return this.#state.now;
  }

  /** Answers `order_accepted`, then triggers, fills and what became of the rest at once; or `order_rejected`. */
  submit(at: number, order: ParsedOrder): readonly PaperEvent[] {
    const session = this.#advance(at);
    const verdict = checkOrder(order, this.#state, session);
    if ("code" in verdict) this.#reject(order, verdict);
    else this.#arrive(this.#accept(order, verdict.referencePrice));
    return this.#takeEvents();
  }

  /** Answers `order_canceled`, or `cancel_rejected` with ORDER_NOT_FOUND or ORDER_CLOSED. Works in every session. */
  cancel(at: number, orderId: string): readonly PaperEvent[] {
    this.#advance(at);
    const order = this.#openOrder(orderId, "PX51");
    if (order instanceof PaperOrder) this.#close(order, "canceled", canceledReason(order));
    else this.#emit({ type: "cancel_rejected", orderId, ...order });
    return this.#takeEvents();
  }

  /** Answers `order_replaced` and what follows from it, or `replace_rejected`, which leaves the order as it was. */
  replace(at: number, orderId: string, changes: OrderChanges): readonly PaperEvent[] {
    this.#advance(at);
    const order = this.#openOrder(orderId, "PX52");
    const planned =
      order instanceof PaperOrder
        ? planReplacement(order, changes, this.#state.sequence + 1, this.#state, this.#config.session)
        : order;
    if ("code" in planned || !(order instanceof PaperOrder)) {
      if ("code" in planned) this.#emit({ type: "replace_rejected", orderId, ...planned });
      return this.#takeEvents();
    }
    const keepsPriority = planned.priority === order.terms.priority;
    this.#state.replace(order, planned, this.#state.now);
    this.#emit({
      type: "order_replaced",
      orderId: order.orderId,
      quantity: quantity(planned.quantity),
      price: planned.price === null ? null : price(planned.price),
      stopPrice: planned.stopPrice === null ? null : price(planned.stopPrice),
      timeInForce: planned.timeInForce,
      referencePrice: price(planned.referencePrice),
      expiresAt: planned.expiresAt,
      keepsPriority,
    });
    this.#arrive(order);
    return this.#takeEvents();
  }

  /** Takes a tick in: stops, fills, marks. A tick without a usable time, or older than the symbol's newest, does nothing. */
  onTick(tick: MarketData): readonly PaperEvent[] {
    if (!Number.isFinite(tick.timestamp)) return NO_EVENTS;
    this.#advance(tick.timestamp);
    const symbol = this.#state.symbol(tick.symbol);
    const kind = symbol.market.update(tick);
    if (kind !== "none" && !symbol.book.isEmpty) matchTick(symbol, kind, this.#moment(), this.#sink);
    return this.#takeEvents();
  }

  /** Moves market time: day orders expire, a new day's P&L begins, quotes of a session that ended are forgotten. */
  advanceTo(at: number): readonly PaperEvent[] {
    this.#advance(at);
    return this.#takeEvents();
  }

  /** All orders ever, refused ones included, oldest first. */
  orders(): readonly Order[] {
    return Array.from(this.#state.orders, (order) => order.toOrder());
  }

  order(orderId: string): Order | undefined {
    return this.#state.order(orderId)?.toOrder();
  }

  orderByClientId(clientOrderId: string): Order | undefined {
    return this.#state.orderByClientId(clientOrderId)?.toOrder();
  }

  /** Oldest first. */
  openOrders(): readonly Order[] {
    return Array.from(this.#state.openOrders, (order) => order.toOrder());
  }

  /** Fills at or after `since` (epoch milliseconds), oldest first. */
  fills(since: number): readonly Fill[] {
    return fillsSince(this.#state, since);
  }

  /** What is held, by symbol. */
  positions(): readonly Position[] {
    return positionsOf(this.#state);
  }

  /** At the newest marks. Changes nothing. */
  balances(at: number): Balances {
    return balancesOf(this.#state, Math.max(at, this.#state.now));
  }

  /** What an order would need and cost; undefined without a price to reckon with. Changes nothing. */
  preview(at: number, order: ParsedOrder): PaperPreview | undefined {
    return previewOrder(order, this.#state, Math.max(at, this.#state.now));
  }

  /** Why an order is where it is: what it waits for, or how it ended (PX80). Undefined for an unknown id. */
  explain(orderId: string): Reason | undefined {
    const order = this.#state.order(orderId);
    return order === undefined ? undefined : explainOrder(order, this.#state, this.#sessionNow());
  }

  /** The whole account as JSON. */
  snapshot(): PaperSnapshot {
    return takeSnapshot(this.#state, this.#phase);
  }

  // --- time ---

  /** Moves to `at` and does what the time in between asks for. Nothing has changed when the calendar throws. */
  #advance(at: number): SessionState {
    const state = this.#state;
    const now = Number.isFinite(at) ? Math.max(at, state.now) : Number.isFinite(state.now) ? state.now : 0;
    if (this.#session !== undefined && now === this.#sessionAt) return this.#session;
    const session = this.#config.session(now);
    if (now >= state.nextExpiryAt) this.#expireOrders(now);
    state.now = now;
    if (now >= state.day.endsAt) this.#startDay(session);
    const phase = tradingPhase(session);
    if (phase !== this.#phase) {
      // The first call after a start or a restore ends no session: what is known then belongs to it.
      if (this.#phase !== null) for (const symbol of state.symbols) symbol.market.endSession();
      this.#phase = phase;
    }
    this.#session = session;
    this.#sessionAt = now;
    return session;
  }

  #sessionNow(): SessionState {
    return this.#session ?? this.#config.session(Number.isFinite(this.#state.now) ? this.#state.now : 0);
  }

  #moment(): MatchMoment {
    return { now: this.#state.now, phase: this.#phase ?? "closed", terms: this.#state.terms };
  }

  #expireOrders(now: number): void {
    const state = this.#state;
    const due = [...state.openOrders]
      .filter(({ terms }) => terms.expiresAt !== null && terms.expiresAt <= now)
      .toSorted((a, b) => (a.terms.expiresAt ?? 0) - (b.terms.expiresAt ?? 0));
    for (const order of due) {
      // At the boundary itself, however late we are told that it has passed.
      state.now = Math.max(state.now, order.terms.expiresAt ?? 0);
      this.#close(order, "expired", expiryReason(order));
    }
    state.nextExpiryAt = Number.POSITIVE_INFINITY;
    for (const { terms } of state.openOrders) {
      if (terms.expiresAt !== null) state.nextExpiryAt = Math.min(state.nextExpiryAt, terms.expiresAt);
    }
  }

  #startDay(session: SessionState): void {
    const equity = this.#state.equity();
    this.#state.startDay(equity, session.dayEndsAt);
    this.#emit({ type: "day_started", equity: money(equity), endsAt: session.dayEndsAt });
  }

  // --- orders ---

  #accept(order: ParsedOrder, reference: Fixed): PaperOrder {
    const state = this.#state;
    const expiresAt = expiryOf(order.timeInForce, order.extendedHours, state.now, this.#config.session);
    const terms = this.#orderTerms(order);
    const accepted = newOrder(order, terms, state, reference, expiresAt);
    state.accept(accepted);
    this.#emit({ type: "order_accepted", ...terms, referencePrice: price(reference), expiresAt });
    return accepted;
  }

  #reject(order: ParsedOrder, refusal: Refusal): void {
    const terms = this.#orderTerms(order);
    if (refusal.code !== BrokerErrorCode.DUPLICATE_ORDER) {
      this.#state.refuse(newOrder(order, terms, this.#state, 0n, null), refusal.reason.text);
    }
    this.#emit({ type: "order_rejected", ...terms, ...refusal });
  }

  #orderTerms(order: ParsedOrder): OrderTerms {
    return {
      orderId: venueOrderId(`P${this.#idPrefix}-${this.#state.sequence + 1}`),
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

  /** An order meets the quote that stands, at once or for as long as it waits. */
  #arrive(order: PaperOrder): void {
    const symbol = this.#state.symbol(order.symbol);
    const moment = this.#moment();
    if (isImmediate(order.terms.timeInForce)) return this.#fillAtOnce(order, moment);
    if (order.awaitsTrigger) {
      const reached = standingTrigger(symbol, order, moment);
      if (reached === undefined) return;
      this.#sink.trigger(order, reached.by, reached.price);
    }
    matchStanding(symbol, order.side, moment, this.#sink);
  }

  #fillAtOnce(order: PaperOrder, moment: MatchMoment): void {
    const found = immediateFill(this.#state.symbol(order.symbol), order, moment);
    const isEnough = order.terms.timeInForce === "ioc" ? found.left > 0n : found.left >= order.remaining;
    if (isEnough && found.far !== undefined && found.price !== undefined) {
      const taken = found.left < order.remaining ? found.left : order.remaining;
      found.far.taken += taken;
      this.#fill(order, taken, found.price, { kind: "quote", shown: found.far.size, left: found.left });
    }
    if (order.isOpen) this.#close(order, "canceled", immediateReason(order, found));
  }

  #fill(order: PaperOrder, filled: Fixed, at: Fixed, source: FillSource): void {
    const state = this.#state;
    const charges = chargesFor(order, filled, at, { at: state.now, endsAt: state.day.endsAt }, state.terms);
    const filledText = quantity(filled);
    const priceText = price(at);
    const seq = state.sequence + 1;
    const event = {
      seq,
      at: state.now,
      type: "order_filled",
      orderId: order.orderId,
      executionId: executionId(`X${this.#idPrefix}-${seq}`),
      symbol: order.symbol,
      side: order.side,
      quantity: filledText,
      price: priceText,
      fees: { commission: money(charges.commission), sec: money(charges.sec), taf: money(charges.taf) },
      reason: fillReason(order, filledText, at, source),
    } as const;
    state.fill(order, { quantity: filled, price: at, charges }, event);
    state.sequence = seq;
    this.#events.push(event);
  }

  #trigger(order: PaperOrder, reason: Reason): void {
    this.#state.trigger(order, this.#state.now);
    this.#emit({ type: "order_triggered", orderId: order.orderId, reason });
  }

  #close(order: PaperOrder, status: "canceled" | "expired", reason: Reason): void {
    this.#state.close(order, status, reason.text, this.#state.now);
    this.#emit({ type: status === "canceled" ? "order_canceled" : "order_expired", orderId: order.orderId, reason });
  }

  #openOrder(orderId: string, rule: string): PaperOrder | Refusal {
    const order = this.#state.order(orderId);
    if (order === undefined) {
      return refuse(BrokerErrorCode.ORDER_NOT_FOUND, rule, `No order of this account has the id ${orderId}.`, { orderId });
    }
    if (order.isOpen) return order;
    const { status } = order;
    return refuse(BrokerErrorCode.ORDER_CLOSED, rule, `Order ${orderId} is ${status} and changes no more.`, { orderId, status });
  }

  // --- journal ---

  #emit(event: Unnumbered<PaperEvent>): void {
    const state = this.#state;
    state.sequence += 1;
    this.#events.push({ seq: state.sequence, at: state.now, ...event });
  }

  #takeEvents(): readonly PaperEvent[] {
    if (this.#events.length === 0) return NO_EVENTS;
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

function newOrder(order: ParsedOrder, terms: OrderTerms, state: AccountState, reference: Fixed, expiresAt: number | null): PaperOrder {
  const { timeInForce, quantity, price, stopPrice } = order;
  const priority = state.sequence + 1;
  return new PaperOrder(terms, { timeInForce, quantity, price, stopPrice, referencePrice: reference, expiresAt, priority }, state.now);
}
