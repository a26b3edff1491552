import { parseFixed, type Money } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { Fill, Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import { AccountState } from "./AccountState.ts";
import { EventLog } from "./EventLog.ts";
import { holdOfficial } from "./auctions.ts";
import { chance } from "./chance.ts";
import { explainOrder } from "./explain.ts";
import { foldEvent } from "./foldEvent.ts";
import { MarketTime } from "./MarketTime.ts";
import type { CorporateAction } from "../domain/CorporateAction.ts";
import { MoneyDesk } from "./money/MoneyDesk.ts";
import type { MoneyHistory } from "./money/MoneyState.ts";
import { SettlementCalendar } from "./money/settlement.ts";
import { matchTick } from "./matching.ts";
import type { MatchMoment } from "./meeting.ts";
import { OrderDesk } from "./OrderDesk.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import type { PaperExchangeConfig } from "./PaperExchangeConfig.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import type { OrderChanges } from "./InFlight.ts";
import type { OfficialAuction, SymbolStatus } from "../domain/MarketNews.ts";
import { previewOrder, type PaperPreview } from "./preview.ts";
import { DEFAULT_PAPER_PROFILE, readProfile } from "./profile.ts";
import type { Reason } from "../domain/Reason.ts";
import type { Refusal } from "./Refusal.ts";
import { RequestDesk } from "./RequestDesk.ts";
import type { SessionState } from "./SessionState.ts";
import { applySnapshot, takeSnapshot } from "./snapshot.ts";
import { balancesOf, fillsSince, positionsOf, type PaperBalances } from "./views.ts";

/**
 * A paper exchange for one account: deterministic, without I/O and without a clock. Every call carries the market's
 * time in epoch milliseconds; one that lies before the last is taken as the last (PX1). What a call did is what it
 * returns, numbered without a gap: first the boundaries of the market day that were passed, then the answer, then what
 * follows from it. The rules are in SPEC.md.
 */
export class PaperExchange {
  readonly #state: AccountState;
  readonly #log: EventLog;
  readonly #desk: OrderDesk;
  readonly #requests: RequestDesk;
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
    this.#state = new AccountState(cash, readProfile(config.profile ?? DEFAULT_PAPER_PROFILE), config.instruments);
    this.#log = new EventLog(this.#state, config.onEvent);
    const settlement = new SettlementCalendar(config.session);
    this.#desk = new OrderDesk(this.#state, this.#log, {
      idSuffix: config.seed.toString(36),
      settlement,
      draw: this.#draw,
    });
    this.#requests = new RequestDesk({
      state: this.#state,
      log: this.#log,
      desk: this.#desk,
      sessionAt: config.session,
      moment: () => this.#moment(),
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
      arrive: (request) => this.#requests.arrive(request),
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
    this.#requests.submit(order, this.#advance(at));
    return this.#answer();
  }

  /**
   * Answers `order_canceled`, or `cancel_rejected` with ORDER_NOT_FOUND or ORDER_CLOSED. Works in every session. Where
   * requests take time it answers `cancel_requested`, and the order may still fill (PX101).
   */
  cancel(at: number, orderId: string): readonly PaperEvent[] {
    this.#advance(at);
    this.#requests.cancel(orderId);
    return this.#answer();
  }

  /**
   * Answers `order_replaced` and what follows from it, or `replace_rejected`, which leaves the order as it was. Where
   * requests take time it answers `replace_requested`, and the order may still fill as it is (PX101).
   */
  replace(at: number, orderId: string, changes: OrderChanges): readonly PaperEvent[] {
    this.#advance(at);
    this.#requests.replace(orderId, changes);
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
  onAuction(auction: OfficialAuction): readonly PaperEvent[] {
    this.#advance(auction.at);
    holdOfficial(this.#state.symbol(auction.symbol), auction, this.#moment(), this.#desk);
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

  /** What happened to its money besides fills. */
  get money(): MoneyHistory {
    return this.#state.money;
  }

  /** Orders that changed at or after `since` (epoch milliseconds), refused ones included, oldest first. @default all ever */
  orders(since = Number.NEGATIVE_INFINITY): readonly Order[] {
    return this.#state.ordersSince(since).map((order) => order.toOrder());
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
  balances(at: number): PaperBalances {
    return balancesOf(this.#state, Math.max(at, this.#state.now));
  }

  /** What an order would need and cost; undefined without a price to reckon with. Changes nothing. */
  preview(at: number, order: ParsedOrder): PaperPreview | undefined {
    return previewOrder(order, this.#state, Math.max(at, this.#state.now));
  }

  /** Why `submit` would refuse an order, as the account and its market stand; undefined where not. Changes nothing. */
  refusalOf(at: number, order: ParsedOrder): Refusal | undefined {
    return this.#requests.refusalOf(order, Math.max(at, this.#state.now));
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

  readonly #draw = (purpose: number): number => chance(this.#seed, this.#log.nextSequence, purpose);

  #moment(): MatchMoment {
    return {
      now: this.#state.now,
      phase: this.#time.phase ?? "closed",
      closesAt: this.#time.session.nextCloseAt,
      terms: this.#state.terms,
      draw: this.#draw,
    };
  }
}
