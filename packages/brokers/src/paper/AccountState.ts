import { divide, min, multiply, type Fixed } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import { totalCharge, tradeOfDay, type Charges } from "./fees.ts";
import { applyFill, type Holding } from "./Holding.ts";
import { initialMargin, reservedMargin, type Exposure } from "./margin.ts";
import { MoneyState } from "./money/MoneyState.ts";
import type { OrderFilled } from "./PaperEvent.ts";
import { InFlight } from "./InFlight.ts";
import type { OrderGroup } from "./orderGroup.ts";
import type { PaperOrder, PaperOrderTerms } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";
import { SymbolState } from "./SymbolState.ts";
import type { TradingStatus } from "./tradingStatus.ts";
import { Valuation } from "./Valuation.ts";

/** One fill, in decimals. */
export interface FillAmounts {
  readonly quantity: Fixed;
  readonly price: Fixed;
  readonly charges: Charges;
}

/**
 * All that is known of one account, and the only place where it changes. The live engine and the fold of a stored
 * journal call the same methods, so that both arrive at the same state (PX2).
 */
export class AccountState {
  readonly startingCash: Fixed;
  readonly terms: Terms;
  /** Settlement, dividends, borrow fees and margin calls. */
  readonly money = new MoneyState();
  readonly #instruments: (symbol: string) => Instrument | undefined;
  readonly #symbols = new Map<string, SymbolState>();
  readonly #orders = new Map<string, PaperOrder>();
  readonly #byClientId = new Map<string, PaperOrder>();
  readonly #open = new Set<PaperOrder>();
  readonly #held = new Set<SymbolState>();
  readonly #valuation = new Valuation();
  readonly #groups = new Map<string, PaperOrder[]>();
  /** Requests that are on their way to the market, in the order of their arrival. */
  readonly inFlight = new InFlight();
  readonly fills: OrderFilled[] = [];

  /** Sequence number of the last event. */
  sequence = 0;
  /** Market time, epoch milliseconds. */
  now = Number.NEGATIVE_INFINITY;
  cash: Fixed;
  feesPaid: Fixed = 0n;
  realized: Fixed = 0n;
  /** Initial margin held back for all open orders. */
  reserved: Fixed = 0n;
  /** Equity at the start of the market day, and the day's end in epoch milliseconds. */
  day: { readonly equity: Fixed; readonly endsAt: number };
  /** The earliest instant at which an open order expires. */
  nextExpiryAt = Number.POSITIVE_INFINITY;

  constructor(startingCash: Fixed, terms: Terms, instruments: (symbol: string) => Instrument | undefined) {
    this.startingCash = startingCash;
    this.cash = startingCash;
    this.day = { equity: startingCash, endsAt: Number.NEGATIVE_INFINITY };
    this.terms = terms;
    this.#instruments = instruments;
  }

  get orders(): Iterable<PaperOrder> {
    return this.#orders.values();
  }

  /** In the order of acceptance. */
  get openOrders(): ReadonlySet<PaperOrder> {
    return this.#open;
  }

  get holdings(): ReadonlySet<SymbolState> {
    return this.#held;
  }

  get symbols(): Iterable<SymbolState> {
    return this.#symbols.values();
  }

  get groups(): Iterable<readonly PaperOrder[]> {
    return this.#groups.values();
  }

  /** The members of a linked group, the first one first. */
  groupOf(group: OrderGroup): readonly PaperOrder[] {
    return this.#groups.get(group.id) ?? [];
  }

  order(orderId: string): PaperOrder | undefined {
    return this.#orders.get(orderId);
  }

  orderByClientId(clientOrderId: string): PaperOrder | undefined {
    return this.#byClientId.get(clientOrderId);
  }

  symbol(symbol: string): SymbolState {
    let state = this.#symbols.get(symbol);
    if (state === undefined) {
      state = new SymbolState(symbol, this.#valuation);
      this.#symbols.set(symbol, state);
    }
    return state;
  }

  /** Undefined where no instrument has this symbol. */
  tradableSymbol(symbol: string): SymbolState | undefined {
    const known = this.#symbols.get(symbol);
    if (known?.isTradable === true) return known;
    const instrument = this.#instruments(symbol);
    if (instrument === undefined) return undefined;
    const state = known ?? this.symbol(symbol);
    state.learn(instrument);
    return state;
  }

  exposure(): Exposure {
    return this.#valuation.exposure();
  }

  equity(exposure: Exposure = this.exposure()): Fixed {
    return this.cash + exposure.long + exposure.short + this.money.accrued;
  }

  /**
   * Initial margin that is there for new orders; negative where the account is overdrawn (PX70). Dividends that are still
   * to come are not, and in a cash account neither is cash that is not settled at `at` (PX202).
   */
  availableMargin(exposure: Exposure = this.exposure(), at = this.now): Fixed {
    const free = this.equity(exposure) - this.money.receivable - initialMargin(exposure, this.terms) - this.reserved;
    return this.terms.money.isCashAccount ? min(free, this.settledCash(at) - this.reserved) : free;
  }

  /** Cash without the proceeds of sales that are not settled at `at` (PX201). */
  settledCash(at: number): Fixed {
    return this.cash - this.money.unsettledAt(at);
  }

  /** Sets what is held of a symbol, and what follows from it: realised gains and the reserve of its orders. */
  hold(symbol: SymbolState, holding: Holding): void {
    this.realized += holding.realized - symbol.holding.realized;
    symbol.holding = holding;
    if (holding.quantity === 0n) this.#held.delete(symbol);
    else this.#held.add(symbol);
    this.#reserve(symbol);
  }

  /** What available initial margin can buy (PX70); never below zero. */
  buyingPower(available: Fixed): Fixed {
    return available <= 0n ? 0n : divide(available, this.terms.initialLong, "down");
  }

  /** An order that works from now on. */
  accept(order: PaperOrder): void {
    this.#remember(order);
    this.#open.add(order);
    this.#enter(order);
  }

  /** An order that was refused: it is remembered under its ids and does nothing else. */
  refuse(order: PaperOrder, reason: string): void {
    order.status = "rejected";
    order.reason = reason;
    this.#remember(order);
  }

  /** A held exit works from now on, and queues from event `priority`. */
  activate(order: PaperOrder, priority: number, at: number): void {
    this.#leave(order);
    order.isHeld = false;
    order.terms = { ...order.terms, priority };
    order.updatedAt = at;
    this.#enter(order);
  }

  /** An order that was on its way is at the market. */
  arrive(order: PaperOrder, at: number): void {
    this.#leave(order);
    this.inFlight.drop(order.orderId, "order");
    order.arrivesAt = null;
    order.updatedAt = at;
    this.#enter(order);
  }

  /** A trailing stop follows the market. */
  trail(order: PaperOrder, watermark: Fixed, stopPrice: Fixed, at: number): void {
    const side = this.symbol(order.symbol).book[order.side];
    side.remove(order);
    order.watermark = watermark;
    order.terms = { ...order.terms, stopPrice };
    order.updatedAt = at;
    side.add(order);
  }

  /** Queues of a session that ended, or was interrupted, are not those of the next one. */
  forgetQueues(orders: Iterable<PaperOrder> = this.#open): void {
    for (const order of orders) order.ahead = null;
  }

  setStatus(symbol: SymbolState, status: TradingStatus, reason: string, at: number): void {
    symbol.halt = status === "resumed" ? null : { status, since: at, reason };
    for (const { working } of [symbol.book.buy, symbol.book.sell]) this.forgetQueues(working);
  }

  trigger(order: PaperOrder, at: number): void {
    const side = this.symbol(order.symbol).book[order.side];
    side.remove(order);
    order.isTriggered = true;
    order.updatedAt = at;
    side.add(order);
  }

  fill(order: PaperOrder, fill: FillAmounts, event: OrderFilled): void {
    const { quantity, price, charges } = fill;
    const symbol = this.symbol(order.symbol);
    const notional = multiply(quantity, price, "half_even");
    const fees = totalCharge(charges);

    this.cash += (order.side === "buy" ? -notional : notional) - fees;
    this.feesPaid += fees;
    if (event.settlesAt !== undefined) this.money.addProceeds(event.settlesAt, notional - fees, event.at);
    const before = symbol.holding;
    symbol.holding = applyFill(before, order.side, quantity, price, notional);
    this.realized += symbol.holding.realized - before.realized;
    if (symbol.holding.quantity === 0n) this.#held.delete(symbol);
    else this.#held.add(symbol);
    symbol.market.markByFill(price, event.at);

    if (order.side === "sell") {
      const trade = tradeOfDay(order, this.day.endsAt);
      order.dayTrade = {
        dayEndsAt: trade.dayEndsAt,
        quantity: trade.quantity + quantity,
        notional: trade.notional + notional,
        sec: trade.sec + charges.sec,
        taf: trade.taf + charges.taf,
      };
    }
    order.commission += charges.commission;
    const isComplete = order.remaining === quantity;
    const side = symbol.book[order.side];
    if (isComplete) side.remove(order);
    else side.count(order, -quantity);
    order.filledQuantity += quantity;
    order.filledNotional += notional;
    order.status = isComplete ? "filled" : "partially_filled";
    order.updatedAt = event.at;
    if (isComplete) this.#open.delete(order);
    if (isComplete) this.inFlight.drop(order.orderId);
    this.fills.push(event);
    this.#reserve(symbol);
  }

  /** The order's end before it was filled. */
  close(order: PaperOrder, status: "canceled" | "expired", reason: string, at: number): void {
    this.#leave(order);
    this.#open.delete(order);
    this.inFlight.drop(order.orderId);
    order.status = status;
    order.reason = reason;
    order.updatedAt = at;
  }

  replace(order: PaperOrder, terms: PaperOrderTerms, at: number): void {
    this.#leave(order);
    if (terms.priority !== order.terms.priority) order.ahead = null;
    order.terms = terms;
    order.updatedAt = at;
    this.#enter(order);
  }

  startDay(equity: Fixed, endsAt: number): void {
    this.day = { equity, endsAt };
  }

  /** Puts back an order that a snapshot kept. */
  restoreOrder(order: PaperOrder): void {
    if (order.isOpen) this.accept(order);
    else this.#remember(order);
  }

  /** Puts back the fills, and what follows from holdings and orders that were put back. */
  restoreDerived(fills: readonly OrderFilled[]): void {
    for (const fill of fills) this.fills.push(fill);
    for (const symbol of this.#symbols.values()) {
      this.realized += symbol.holding.realized;
      if (symbol.holding.quantity !== 0n) this.#held.add(symbol);
    }
  }

  #remember(order: PaperOrder): void {
    this.#orders.set(order.orderId, order);
    this.#byClientId.set(order.clientOrderId, order);
    if (order.arrivesAt !== null)
      this.inFlight.add({ kind: "order", orderId: order.orderId, arrivesAt: order.arrivesAt });
    if (order.group === null) return;
    const members = this.#groups.get(order.group.id);
    if (members === undefined) this.#groups.set(order.group.id, [order]);
    else members.push(order);
  }

  #enter(order: PaperOrder): void {
    const symbol = this.symbol(order.symbol);
    symbol.book[order.side].add(order);
    const { expiresAt } = order.terms;
    if (expiresAt !== null && expiresAt < this.nextExpiryAt) this.nextExpiryAt = expiresAt;
    this.#reserve(symbol);
  }

  #leave(order: PaperOrder): void {
    const symbol = this.symbol(order.symbol);
    symbol.book[order.side].remove(order);
    this.#reserve(symbol);
  }

  #reserve(symbol: SymbolState): void {
    const reserved = reservedMargin(symbol, this.terms);
    this.reserved += reserved - symbol.reservedMargin;
    symbol.reservedMargin = reserved;
  }
}
