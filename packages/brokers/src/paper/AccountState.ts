import { divide, min, multiply, type Fixed } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import type { Reason } from "../domain/Reason.ts";
import { ORDER_SIDES, type OrderSide } from "../domain/order.ts";
import { Expiries } from "./Expiries.ts";
import { totalCharge, tradeOfDay, withFill, type Charges } from "./fees.ts";
import { FillHistory, type KeptFill } from "./FillHistory.ts";
import { applyFill, type Holding } from "./Holding.ts";
import { initialMargin, openMargin, type Exposure } from "./margin.ts";
import { MoneyState } from "./money/MoneyState.ts";
import { InFlight } from "./InFlight.ts";
import type { OrderGroup } from "./orderGroup.ts";
import { OrderRegister } from "./OrderRegister.ts";
import type { PaperOrder, PaperOrderTerms } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";
import { SymbolRegister } from "./SymbolRegister.ts";
import type { SymbolState } from "./SymbolState.ts";
import type { TradingStatus } from "../domain/tradingStatus.ts";

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
  readonly #symbols: SymbolRegister;
  readonly #orders = new OrderRegister();
  /** Requests that are on their way to the market, in the order of their arrival. */
  readonly inFlight = new InFlight();
  readonly fills = new FillHistory();
  readonly expiries = new Expiries();

  /** Sequence number of the last event. */
  sequence = 0;
  /** Market time, epoch milliseconds. */
  now = Number.NEGATIVE_INFINITY;
  cash: Fixed;
  feesPaid: Fixed = 0n;
  /** Initial margin held back for all open orders. */
  reserved: Fixed = 0n;
  /** Equity at the start of the market day, and the day's end in epoch milliseconds. */
  day: { readonly equity: Fixed; readonly endsAt: number };

  constructor(startingCash: Fixed, terms: Terms, instruments: (symbol: string) => Instrument | undefined) {
    this.startingCash = startingCash;
    this.cash = startingCash;
    this.day = { equity: startingCash, endsAt: Number.NEGATIVE_INFINITY };
    this.terms = terms;
    this.#symbols = new SymbolRegister(instruments);
  }

  get orders(): Iterable<PaperOrder> {
    return this.#orders.all;
  }

  /** In the order of acceptance. One that ends while another is looked at is left out. */
  get openOrders(): Iterable<PaperOrder> {
    return this.#orders.open;
  }

  /** Those that changed at or after `since` (epoch milliseconds), in the order in which they came. */
  ordersSince(since: number): readonly PaperOrder[] {
    return this.#orders.changedSince(since);
  }

  get holdings(): ReadonlySet<SymbolState> {
    return this.#symbols.held;
  }

  get symbols(): Iterable<SymbolState> {
    return this.#symbols.all;
  }

  get groups(): Iterable<readonly PaperOrder[]> {
    return this.#orders.groups;
  }

  /** The members of a linked group, the first one first. */
  groupOf(group: OrderGroup): readonly PaperOrder[] {
    return this.#orders.groupOf(group);
  }

  order(orderId: string): PaperOrder | undefined {
    return this.#orders.find(orderId);
  }

  orderByClientId(clientOrderId: string): PaperOrder | undefined {
    return this.#orders.findByClientId(clientOrderId);
  }

  symbol(symbol: string): SymbolState {
    return this.#symbols.get(symbol);
  }

  /** Realised since the account was opened, fees not taken off. */
  get realized(): Fixed {
    return this.#symbols.realized;
  }

  /** Undefined where no instrument has this symbol. */
  tradableSymbol(symbol: string): SymbolState | undefined {
    return this.#symbols.tradable(symbol);
  }

  exposure(): Exposure {
    return this.#symbols.exposure();
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
    this.#symbols.hold(symbol, holding);
    for (const side of ORDER_SIDES) this.#reserve(symbol, side);
  }

  /** What available initial margin can buy (PX70); never below zero. */
  buyingPower(available: Fixed): Fixed {
    return available <= 0n ? 0n : divide(available, this.terms.initialLong, "down");
  }

  /** An order that works from now on. */
  accept(order: PaperOrder): void {
    this.#remember(order);
    this.#orders.enlist(order);
    this.expiries.add(order);
    this.#enter(order);
  }

  /** An order that was refused: it is remembered under its ids and does nothing else. */
  refuse(order: PaperOrder, reason: Reason): void {
    order.status = "rejected";
    order.reason = reason;
    this.#remember(order);
  }

  /** A held exit works from now on, and queues from event `priority`. */
  activate(order: PaperOrder, priority: number, at: number): void {
    this.#leave(order);
    order.isHeld = false;
    order.terms = { ...order.terms, priority };
    this.#orders.touch(order, at);
    this.#enter(order);
  }

  /** An order that was on its way is at the market. */
  arrive(order: PaperOrder, at: number): void {
    this.#leave(order);
    this.inFlight.drop(order.orderId, "order");
    order.arrivesAt = null;
    this.#orders.touch(order, at);
    this.#enter(order);
  }

  /** A trailing stop follows the market. */
  trail(order: PaperOrder, watermark: Fixed, stopPrice: Fixed, at: number): void {
    const side = this.symbol(order.symbol).book[order.side];
    side.remove(order);
    order.watermark = watermark;
    order.terms = { ...order.terms, stopPrice };
    this.#orders.touch(order, at);
    side.add(order);
  }

  /** Queues of a session that ended, or was interrupted, are not those of the next one. */
  forgetQueues(orders: Iterable<PaperOrder> = this.openOrders): void {
    for (const order of orders) order.ahead = null;
  }

  setStatus(symbol: SymbolState, status: TradingStatus, reason: string, at: number): void {
    symbol.halt = status === "resumed" ? null : { status, since: at, reason };
    for (const { working } of [symbol.book.buy, symbol.book.sell]) this.forgetQueues(working);
  }

  trigger(order: PaperOrder, reason: Reason, at: number): void {
    const side = this.symbol(order.symbol).book[order.side];
    side.remove(order);
    order.isTriggered = true;
    order.triggeredBy = reason;
    this.#orders.touch(order, at);
    side.add(order);
  }

  fill(order: PaperOrder, fill: FillAmounts, kept: KeptFill): void {
    const { quantity, price, charges } = fill;
    const symbol = this.symbol(order.symbol);
    const notional = multiply(quantity, price, "half_even");
    const fees = totalCharge(charges);

    this.cash += (order.side === "buy" ? -notional : notional) - fees;
    this.feesPaid += fees;
    if (kept.settlesAt !== undefined) this.money.addProceeds(kept.settlesAt, notional - fees, kept.at);
    this.#symbols.hold(symbol, applyFill(symbol.holding, order.side, quantity, price, notional));
    symbol.market.markByFill(price, kept.at);

    if (order.side === "sell")
      order.dayTrade = withFill(tradeOfDay(order, this.day.endsAt), quantity, notional, charges);
    order.commission += charges.commission;
    const isComplete = order.remaining === quantity;
    const side = symbol.book[order.side];
    if (isComplete) side.remove(order);
    else side.count(order, -quantity);
    order.filledQuantity += quantity;
    order.filledValue += quantity * price;
    order.status = isComplete ? "filled" : "partially_filled";
    this.#orders.touch(order, kept.at);
    if (isComplete) this.#end(order);
    this.fills.add(kept);
    for (const side of ORDER_SIDES) this.#reserve(symbol, side);
  }

  /** The order's end before it was filled. */
  close(order: PaperOrder, status: "canceled" | "expired", reason: Reason, at: number): void {
    this.#leave(order);
    this.#end(order);
    order.status = status;
    order.reason = reason;
    this.#orders.touch(order, at);
  }

  replace(order: PaperOrder, terms: PaperOrderTerms, at: number): void {
    this.#leave(order);
    if (terms.priority !== order.terms.priority) order.ahead = null;
    const hasOtherEnd = terms.expiresAt !== order.terms.expiresAt;
    order.terms = terms;
    if (hasOtherEnd) this.expiries.add(order);
    this.#orders.touch(order, at);
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

  #remember(order: PaperOrder): void {
    this.#orders.add(order);
    if (order.arrivesAt !== null)
      this.inFlight.add({ kind: "order", orderId: order.orderId, arrivesAt: order.arrivesAt });
  }

  #end(order: PaperOrder): void {
    this.#orders.strike(order);
    this.inFlight.drop(order.orderId);
  }

  #enter(order: PaperOrder): void {
    const symbol = this.symbol(order.symbol);
    symbol.book[order.side].add(order);
    this.#reserve(symbol, order.side);
  }

  #leave(order: PaperOrder): void {
    const symbol = this.symbol(order.symbol);
    symbol.book[order.side].remove(order);
    this.#reserve(symbol, order.side);
  }

  /** The orders of a side, or what they would close, changed. */
  #reserve(symbol: SymbolState, side: OrderSide): void {
    const own = symbol.book[side];
    const reserved = openMargin(own, symbol.holding.quantity, this.terms);
    this.reserved += reserved - own.reserved;
    own.reserved = reserved;
  }
}
