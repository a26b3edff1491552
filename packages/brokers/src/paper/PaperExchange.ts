import type { Balances } from "../domain/account.ts";
import { parseFixed, type Money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Instrument, MarketData } from "../domain/marketData.ts";
import type { Fill, Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { AccountState } from "./AccountState.ts";
import { checkOrder } from "./checkOrder.ts";
import { EventLog } from "./EventLog.ts";
import { expiryOf } from "./expiry.ts";
import { explainOrder } from "./explain.ts";
import { foldEvent } from "./foldEvent.ts";
import { MarketTime } from "./MarketTime.ts";
import { matchTick, type MatchMoment } from "./matching.ts";
import { OrderDesk } from "./OrderDesk.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperOrder } from "./PaperOrder.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import { planReplacement, type OrderChanges } from "./planReplacement.ts";
import { previewOrder, type PaperPreview } from "./preview.ts";
import { DEFAULT_PAPER_PROFILE, readProfile, type PaperProfile } from "./profile.ts";
import type { Reason } from "./Reason.ts";
import { canceledReason } from "./reasons.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import type { SessionState } from "./SessionState.ts";
import { applySnapshot, takeSnapshot } from "./snapshot.ts";
import { balancesOf, fillsSince, positionsOf } from "./views.ts";

export interface PaperExchangeConfig {
  /** Goes into order and execution ids (PX3); a safe integer, zero or above. */
  readonly seed: number;
  /** Zero or above. A snapshot's own figure wins. */
  readonly startingCash: Money;
  readonly instruments: (symbol: string) => Instrument | undefined;
  /** The exchange's calendar; a pure function of the instant. */
  readonly session: (at: number) => SessionState;
  /** @default DEFAULT_PAPER_PROFILE */
  readonly profile?: PaperProfile;
  /** Hears of each new event within the call that makes it, when the account shows it and nothing later. */
  readonly onEvent?: (event: PaperEvent) => void;
}

/**
 * A paper exchange for one account: deterministic, without I/O and without a clock. Every call carries the market's
 * time in epoch milliseconds; one that lies before the last is taken as the last (PX1). What a call did is what it
 * returns, numbered without a gap: first the boundaries of the market day that were passed, then the answer, then what
 * follows from it. The rules are in SPEC.md.
 */
export class PaperExchange {
  readonly #sessionAt: (at: number) => SessionState;
  readonly #state: AccountState;
  readonly #log: EventLog;
  readonly #desk: OrderDesk;
  readonly #time: MarketTime;

  private constructor(config: PaperExchangeConfig, startingCash: Money) {
    const cash = parseFixed(startingCash);
    if (!Number.isSafeInteger(config.seed) || config.seed < 0) {
      throw new RangeError(`seed must be a safe integer, zero or above, not ${config.seed}`);
    }
    if (cash < 0n) throw new RangeError(`startingCash must be zero or above, not ${startingCash}`);
    this.#sessionAt = config.session;
    this.#state = new AccountState(cash, readProfile(config.profile ?? DEFAULT_PAPER_PROFILE), config.instruments);
    this.#log = new EventLog(this.#state, config.onEvent);
    this.#desk = new OrderDesk(this.#state, this.#log, config.seed.toString(36));
    this.#time = new MarketTime({ state: this.#state, log: this.#log, desk: this.#desk, sessionAt: config.session });
  }

  /** A new account. @throws RangeError or DecimalError for a configuration that cannot be. */
  static create(config: PaperExchangeConfig): PaperExchange {
    return new PaperExchange(config, config.startingCash);
  }

  /**
   * The account as it was after the last of `events`, which are those after the snapshot (PX2). A snapshot without
   * later events also brings its quotes back; with later events they are out of date, and orders wait for the next
   * tick (PX4), whose last print is old news (PX21).
   * @throws PaperJournalError where the events do not continue the snapshot.
   */
  static restore(
    config: PaperExchangeConfig,
    snapshot: PaperSnapshot | null,
    events: readonly PaperEvent[],
  ): PaperExchange {
    const exchange = new PaperExchange(config, snapshot?.startingCash ?? config.startingCash);
    const state = exchange.#state;
    if (snapshot !== null) applySnapshot(state, snapshot);
    for (const event of events) foldEvent(state, event);
    if (events.length === 0) exchange.#time.resume(snapshot?.phase ?? null);
    else for (const symbol of state.symbols) symbol.market.resume();
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
    const session = this.#time.advance(at);
    const verdict = checkOrder(order, this.#state, session);
    if ("code" in verdict) this.#desk.reject(order, verdict);
    else {
      const expiresAt = expiryOf(order.timeInForce, order.extendedHours, this.#state.now, this.#sessionAt);
      this.#desk.arrive(this.#desk.accept(order, verdict.referencePrice, expiresAt), this.#moment());
    }
    return this.#log.take();
  }

  /** Answers `order_canceled`, or `cancel_rejected` with ORDER_NOT_FOUND or ORDER_CLOSED. Works in every session. */
  cancel(at: number, orderId: string): readonly PaperEvent[] {
    this.#time.advance(at);
    const order = this.#openOrder(orderId, "PX51");
    if (order instanceof PaperOrder) this.#desk.close(order, "canceled", canceledReason(order));
    else this.#refuseChange("cancel_rejected", orderId, order);
    return this.#log.take();
  }

  /** Answers `order_replaced` and what follows from it, or `replace_rejected`, which leaves the order as it was. */
  replace(at: number, orderId: string, changes: OrderChanges): readonly PaperEvent[] {
    this.#time.advance(at);
    const order = this.#openOrder(orderId, "PX52");
    if (!(order instanceof PaperOrder)) this.#refuseChange("replace_rejected", orderId, order);
    else {
      const plan = planReplacement(order, changes, this.#log.nextSequence, this.#state, this.#sessionAt);
      if ("code" in plan) this.#refuseChange("replace_rejected", orderId, plan);
      else {
        this.#desk.replace(order, plan);
        this.#desk.arrive(order, this.#moment());
      }
    }
    return this.#log.take();
  }

  /** Takes a tick in: stops, fills, marks. One without a usable time, or older than the symbol's newest, does nothing. */
  onTick(tick: MarketData): readonly PaperEvent[] {
    if (!Number.isFinite(tick.timestamp)) return this.#log.take();
    this.#time.advance(tick.timestamp);
    const symbol = this.#state.symbol(tick.symbol);
    const kind = symbol.market.update(tick);
    if (kind !== "none" && !symbol.book.isEmpty) matchTick(symbol, kind, this.#moment(), this.#desk);
    return this.#log.take();
  }

  /** Moves market time: day orders expire, a new day's P&L begins, quotes of a session that ended are forgotten. */
  advanceTo(at: number): readonly PaperEvent[] {
    this.#time.advance(at);
    return this.#log.take();
  }

  /** Orders that changed at or after `since` (epoch milliseconds), refused ones included, oldest first. @default all ever */
  orders(since = Number.NEGATIVE_INFINITY): readonly Order[] {
    const orders: Order[] = [];
    for (const order of this.#state.orders) if (order.updatedAt >= since) orders.push(order.toOrder());
    return orders;
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
    return order === undefined ? undefined : explainOrder(order, this.#state, this.#time.session);
  }

  /** The whole account as JSON. */
  snapshot(): PaperSnapshot {
    return takeSnapshot(this.#state, this.#time.phase);
  }

  #moment(): MatchMoment {
    return { now: this.#state.now, phase: this.#time.phase ?? "closed", terms: this.#state.terms };
  }

  #openOrder(orderId: string, rule: string): PaperOrder | Refusal {
    const order = this.#state.order(orderId);
    if (order === undefined) {
      return refuse(BrokerErrorCode.ORDER_NOT_FOUND, rule, `No order of this account has the id ${orderId}.`, {
        orderId,
      });
    }
    if (order.isOpen) return order;
    const { status } = order;
    return refuse(BrokerErrorCode.ORDER_CLOSED, rule, `Order ${orderId} is ${status} and changes no more.`, {
      orderId,
      status,
    });
  }

  #refuseChange(type: "cancel_rejected" | "replace_rejected", orderId: string, { code, reason }: Refusal): void {
    const log = this.#log;
    log.emit({ seq: log.nextSequence, at: log.now, type, orderId, code, reason });
  }
}
