import type { Balances } from "../domain/account.ts";
import { fixedFromTick, parseFixed, type Money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { Instrument, MarketData } from "../domain/marketData.ts";
import type { Fill, Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { AccountState } from "./AccountState.ts";
import { checkOrder } from "./checkOrder.ts";
import { EventLog } from "./EventLog.ts";
import { closeAt, openAt } from "./auctions.ts";
import { CHANCE, chance } from "./chance.ts";
import { expiryOf, type ExpiryRules } from "./expiry.ts";
import { explainOrder } from "./explain.ts";
import { foldEvent } from "./foldEvent.ts";
import { MarketTime } from "./MarketTime.ts";
import type { CorporateAction } from "./money/CorporateAction.ts";
import { MoneyDesk } from "./money/MoneyDesk.ts";
import { SettlementCalendar } from "./money/settlement.ts";
import { matchTick } from "./matching.ts";
import type { MatchMoment } from "./meeting.ts";
import { OrderDesk } from "./OrderDesk.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperOrder } from "./PaperOrder.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import type { OrderChanges, Request } from "./InFlight.ts";
import type { OfficialAuction, SymbolStatus } from "./marketNews.ts";
import { planReplacement } from "./planReplacement.ts";
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
  readonly #moneyDesk: MoneyDesk;
  readonly #time: MarketTime;
  readonly #seed: number;
  /** A journal may end between a fill and what it means to the order's group (PX117). */
  #mayBeUnsettled = false;

  private constructor(config: PaperExchangeConfig, startingCash: Money) {
    const cash = parseFixed(startingCash);
    if (!Number.isSafeInteger(config.seed) || config.seed < 0) {
      throw new RangeError(`seed must be a safe integer, zero or above, not ${config.seed}`);
    }
    if (cash < 0n) throw new RangeError(`startingCash must be zero or above, not ${startingCash}`);
    this.#sessionAt = config.session;
    this.#state = new AccountState(cash, readProfile(config.profile ?? DEFAULT_PAPER_PROFILE), config.instruments);
    this.#log = new EventLog(this.#state, config.onEvent);
    const settlement = new SettlementCalendar(config.session);
    this.#desk = new OrderDesk(this.#state, this.#log, {
      idSuffix: config.seed.toString(36),
      settlement,
      draw: this.#draw,
    });
    this.#moneyDesk = new MoneyDesk({
      state: this.#state,
      log: this.#log,
      cancel: (order, reason) => this.#desk.close(order, "canceled", reason),
    });
    this.#time = new MarketTime({
      state: this.#state,
      log: this.#log,
      desk: this.#desk,
      moneyDesk: this.#moneyDesk,
      sessionAt: config.session,
      moment: () => this.#moment(),
      arrive: (request) => this.#arrive(request),
    });
    this.#seed = config.seed;
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
    else {
      for (const symbol of state.symbols) symbol.market.resume();
      state.forgetQueues();
    }
    exchange.#mayBeUnsettled = true;
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
    if ("code" in verdict) this.#desk.reject(order, verdict);
    else {
      const expiresAt = expiryOf(order, this.#state.now, this.#expiryRules);
      this.#desk.accept(order, verdict, { expiresAt, arrivesAt: this.#arrivalTime() });
    }
    return this.#answer();
  }

  /**
   * Answers `order_canceled`, or `cancel_rejected` with ORDER_NOT_FOUND or ORDER_CLOSED. Works in every session. Where
   * requests take time it answers `cancel_requested`, and the order may still fill (PX101).
   */
  cancel(at: number, orderId: string): readonly PaperEvent[] {
    this.#advance(at);
    const order = this.#openOrder(orderId, "PX51");
    const arrivesAt = this.#arrivalTime();
    if (!(order instanceof PaperOrder)) this.#refuseChange("cancel_rejected", orderId, order);
    else if (arrivesAt === null) this.#desk.close(order, "canceled", canceledReason(order));
    else this.#desk.requestCancel(order, arrivesAt);
    return this.#answer();
  }

  /**
   * Answers `order_replaced` and what follows from it, or `replace_rejected`, which leaves the order as it was. Where
   * requests take time it answers `replace_requested`, and the order may still fill as it is (PX101).
   */
  replace(at: number, orderId: string, changes: OrderChanges): readonly PaperEvent[] {
    this.#advance(at);
    const order = this.#openOrder(orderId, "PX52");
    const arrivesAt = this.#arrivalTime();
    if (!(order instanceof PaperOrder)) this.#refuseChange("replace_rejected", orderId, order);
    else if (arrivesAt === null) this.#replaceNow(order, changes);
    else this.#desk.requestReplace(order, changes, arrivesAt);
    return this.#answer();
  }

  /**
   * The exchange halts or pauses trading in a symbol, or resumes it: nothing fills meanwhile, and the first print after it
   * reopens (PX96 to PX98). A status that is in force already does nothing.
   */
  onStatus({ symbol: name, status, at, reason = "" }: SymbolStatus): readonly PaperEvent[] {
    this.#advance(at);
    this.#desk.setStatus(this.#state.symbol(name), status, reason);
    return this.#answer();
  }

  /**
   * The exchange names an official opening or closing price: the orders that wait for it trade at it (PX95). A price that
   * is none does nothing.
   */
  onAuction({ symbol: name, kind, price, size, at }: OfficialAuction): readonly PaperEvent[] {
    this.#advance(at);
    const isPrice = Number.isFinite(price) && price > 0 && price < 1e9 && (size === null || (size > 0 && size < 1e9));
    const symbol = this.#state.symbol(name);
    if (!isPrice || symbol.halt !== null) return this.#answer();
    const auction = { price: fixedFromTick(price), size };
    if (kind === "open") {
      symbol.market.isOpened = true;
      openAt(symbol, { kind: "opening", ...auction }, this.#moment(), this.#desk);
    } else closeAt(symbol, { kind: "closing", ...auction }, this.#moment(), this.#desk);
    return this.#answer();
  }

  /** Takes a tick in: stops, fills, marks. One without a usable time, or older than the symbol's newest, does nothing. */
  onTick(tick: MarketData): readonly PaperEvent[] {
    if (!Number.isFinite(tick.timestamp)) return this.#log.take();
    this.#advance(tick.timestamp);
    const symbol = this.#state.symbol(tick.symbol);
    const kind = symbol.market.update(tick);
    if (kind !== "none" && symbol.hasOrders) matchTick(symbol, kind, this.#moment(), this.#desk);
    return this.#answer();
  }

  /**
   * Moves market time: day orders expire, dividends are paid, shorts are charged for the night, a new day's P&L begins,
   * quotes of a session that ended are forgotten, and a margin call is told.
   */
  advanceTo(at: number): readonly PaperEvent[] {
    this.#advance(at);
    this.#moneyDesk.watchMargin();
    return this.#answer();
  }

  /**
   * A split, a dividend or a new symbol, told once before the first trade of its ex-date: changes the holding, the open
   * orders and the mark (PX230 to PX237). Answers what was done, or `corporate_action_rejected`.
   */
  onCorporateAction(action: CorporateAction): readonly PaperEvent[] {
    this.#advance(action.at);
    this.#moneyDesk.apply(action);
    this.#moneyDesk.watchMargin();
    return this.#answer();
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

  #advance(at: number): SessionState {
    if (this.#mayBeUnsettled) {
      this.#mayBeUnsettled = false;
      this.#desk.settleGroups();
    }
    return this.#time.advance(at);
  }

  /** What the call did, once everything that came to the market has met it. */
  #answer(): readonly PaperEvent[] {
    if (this.#desk.isMeetingDue) this.#desk.meetMarket(this.#moment());
    return this.#log.take();
  }

  #arrive(request: Request): void {
    const order = this.#state.order(request.orderId);
    if (order === undefined || !order.isOpen) return;
    if (request.kind === "order") this.#desk.land(order);
    else if (request.kind === "cancel") this.#desk.close(order, "canceled", canceledReason(order));
    else this.#replaceNow(order, request.changes);
    this.#desk.meetMarket(this.#moment());
  }

  #replaceNow(order: PaperOrder, changes: OrderChanges): void {
    const plan = planReplacement(order, changes, this.#log.nextSequence, this.#state, this.#expiryRules);
    if ("code" in plan) this.#refuseChange("replace_rejected", order.orderId, plan);
    else this.#desk.replace(order, plan);
  }

  /** When a request made now reaches the market; null for at once (PX100). */
  #arrivalTime(): number | null {
    const { latency } = this.#state.terms.matching;
    if (latency === null) return null;
    const delayMs = latency.inMs + (this.#draw(CHANCE.latencyIn) % (latency.jitterMs + 1));
    return delayMs === 0 ? null : this.#state.now + delayMs;
  }

  readonly #draw = (purpose: number): number => chance(this.#seed, this.#log.nextSequence, purpose);

  get #expiryRules(): ExpiryRules {
    return { sessionAt: this.#sessionAt, auctionPrices: this.#state.terms.matching.auctionPrices };
  }

  #moment(): MatchMoment {
    return {
      now: this.#state.now,
      phase: this.#time.phase ?? "closed",
      closesAt: this.#time.session.nextCloseAt,
      terms: this.#state.terms,
      draw: this.#draw,
    };
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
