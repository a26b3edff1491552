import { formatFixed, money, parseFixed, price, quantity, tryParseFixed, type Fixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AccountState } from "../AccountState.ts";
import { wholeLots } from "../displayedSize.ts";
import type { EventLog } from "../EventLog.ts";
import { averagePrice } from "../Holding.ts";
import { maintenanceMargin } from "../margin.ts";
import type { PaperOrder } from "../PaperOrder.ts";
import type { Reason } from "../../domain/Reason.ts";
import { dollars } from "../reasons.ts";
import { refuse } from "../Refusal.ts";
import { reduceOrder, splitOrder, type Adjustment } from "./adjustOrder.ts";
import { borrowFee, collateralPrice } from "./borrow.ts";
import { checkCorporateAction } from "./checkCorporateAction.ts";
import type { CashDividend, CorporateAction, Split, SymbolChange } from "../../domain/CorporateAction.ts";
import { foldMoneyEvent } from "./foldMoneyEvent.ts";
import type { MoneyEvent } from "./MoneyEvent.ts";
import { cashInLieuOf, splitQuantity } from "./splitHolding.ts";

const DAY_MS = 86_400_000;

export interface MoneyDeskParts {
  readonly state: AccountState;
  readonly log: EventLog;
  /** Ends an open order that an action leaves no room for. */
  readonly cancel: (order: PaperOrder, reason: Reason) => void;
}

/** Everything that happens to an account's money besides fills: what is decided here becomes an event and is then folded. */
export class MoneyDesk {
  readonly #parts: MoneyDeskParts;

  constructor(parts: MoneyDeskParts) {
    this.#parts = parts;
  }

  /** Pays dividends that are due (PX236). */
  payDue(): void {
    const { state, log } = this.#parts;
    for (const { actionId, symbol, amount, payAt } of state.money.payables) {
      if (payAt > log.now) return;
      this.#emit({ ...this.#base(), type: "dividend_paid", actionId, symbol, amount: money(amount) });
    }
  }

  /** Charges short positions for the nights between two ends of market days (PX212). */
  chargeBorrow(dayEndedAt: number, dayEndsAt: number): void {
    const { state } = this.#parts;
    const days = Math.round((dayEndsAt - dayEndedAt) / DAY_MS);
    if (!Number.isFinite(days) || days < 1) return;
    const shorts = [...state.holdings].filter(({ holding }) => holding.quantity < 0n);
    for (const { symbol, holding, market } of shorts.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1))) {
      const { annualRate } = state.terms.money.borrowOf(symbol);
      const collateral = collateralPrice(market.mark ?? averagePrice(holding));
      const amount = borrowFee(holding.quantity, collateral, annualRate, days);
      if (amount === 0n) continue;
      this.#emit({
        ...this.#base(),
        type: "borrow_fee_charged",
        symbol,
        quantity: quantity(holding.quantity),
        price: price(collateral),
        annualRate: formatFixed(annualRate),
        days,
        amount: money(amount),
      });
    }
  }

  /** Tells once when equity falls below maintenance margin, and once when it is back (PX240). */
  watchMargin(): void {
    const { state } = this.#parts;
    const exposure = state.exposure();
    const maintenance = maintenanceMargin(exposure, state.terms);
    const equity = state.equity(exposure);
    const isShort = equity < maintenance;
    if (isShort === (state.money.marginCall !== null)) return;
    const told = { ...this.#base(), equity: money(equity), maintenance: money(maintenance) };
    if (!isShort) return this.#emit({ ...told, type: "margin_call_ended" });
    const deficit = maintenance - equity;
    const text = `Equity ${dollars(equity)} is ${dollars(deficit)} below the maintenance margin of ${dollars(maintenance)}: pay in, or close positions.`;
    const params = { equity: told.equity, maintenance: told.maintenance, deficit: formatFixed(deficit) };
    this.#emit({ ...told, type: "margin_call", deficit: money(deficit), reason: { rule: "PX240", text, params } });
  }

  /** Applies a corporate action to the holding and to the open orders, or refuses it with the reason. */
  apply(action: CorporateAction): void {
    const refusal = checkCorporateAction(action, this.#parts.state);
    if (refusal !== undefined) {
      const { actionId, symbol } = action;
      const { code, reason } = refusal;
      this.#emit({ ...this.#base(), type: "corporate_action_rejected", actionId, symbol, code, reason });
    } else if (action.type === "split") this.#split(action);
    else if (action.type === "cash_dividend") this.#dividend(action);
    else this.#changeSymbol(action);
  }

  #split(action: Split): void {
    const { state } = this.#parts;
    const { actionId, newShares, oldShares } = action;
    const symbol = state.symbol(action.symbol);
    const before = symbol.holding.quantity;
    const exact = splitQuantity(before, action);
    const after = wholeLots(exact, symbol.rules.fractionSize);
    const cashInLieu = cashInLieuOf(exact - after, tryParseFixed(action.cashInLieuPrice) ?? 0n);
    this.#emit({
      ...this.#base(),
      type: "split_applied",
      actionId,
      symbol: action.symbol,
      newShares,
      oldShares,
      quantityBefore: quantity(before),
      quantityAfter: quantity(after),
      cashInLieu: money(cashInLieu),
    });
    const ratio = `${newShares}:${oldShares}`;
    for (const order of this.#openOrdersIn(action.symbol)) {
      if (newShares < oldShares) {
        const text = `A reverse split ${ratio} of ${action.symbol} cancels its open orders.`;
        this.#parts.cancel(order, { rule: "PX233", text, params: { ratio, actionId } });
        continue;
      }
      const why = `a split ${ratio} of ${action.symbol}`;
      this.#adjust(order, splitOrder(order, action, symbol.rules), { rule: "PX232", why, params: { ratio, actionId } });
    }
  }

  #dividend(action: CashDividend): void {
    const { state } = this.#parts;
    const { actionId, payAt } = action;
    const symbol = state.symbol(action.symbol);
    const perShare = parseFixed(action.amountPerShare);
    const held = symbol.holding.quantity;
    this.#emit({
      ...this.#base(),
      type: "dividend_accrued",
      actionId,
      symbol: action.symbol,
      amountPerShare: money(perShare),
      quantity: quantity(held),
      amount: money(cashInLieuOf(held, perShare)),
      payAt,
    });
    const amount = formatFixed(perShare);
    for (const order of this.#openOrdersIn(action.symbol)) {
      const why = `the dividend of ${amount} a share of ${action.symbol}`;
      this.#adjust(order, reduceOrder(order, perShare, symbol.rules), {
        rule: "PX235",
        why,
        params: { amount, actionId },
      });
    }
    this.payDue();
  }

  #changeSymbol({ actionId, symbol, newSymbol }: SymbolChange): void {
    const { state } = this.#parts;
    for (const order of this.#openOrdersIn(symbol)) {
      const text = `${symbol} is called ${newSymbol} now; orders are given anew.`;
      this.#parts.cancel(order, { rule: "PX237", text, params: { symbol, newSymbol, actionId } });
    }
    const held = quantity(state.symbol(symbol).holding.quantity);
    this.#emit({ ...this.#base(), type: "symbol_changed", actionId, symbol, newSymbol, quantity: held });
  }

  #adjust(
    order: PaperOrder,
    adjustment: Adjustment | "unchanged" | undefined,
    { rule, why, params }: { readonly rule: string; readonly why: string; readonly params: Reason["params"] },
  ): void {
    if (adjustment === "unchanged") return;
    if (adjustment === undefined) {
      return this.#parts.cancel(order, { rule, text: `Canceled: ${why} leaves nothing of the order.`, params });
    }
    const { terms, trail, watermark } = adjustment;
    const told = (value: Fixed | null): string => (value === null ? "" : ` ${dollars(value)}`);
    const remaining = formatFixed(terms.quantity - order.filledQuantity);
    this.#emit({
      ...this.#base(),
      type: "order_adjusted",
      orderId: order.orderId,
      quantity: quantity(terms.quantity),
      price: terms.price === null ? null : price(terms.price),
      stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
      referencePrice: price(terms.referencePrice),
      ...(trail === null ? {} : { trail: { by: trail.by, value: formatFixed(trail.value) } }),
      ...(watermark === null ? {} : { watermark: price(watermark) }),
      reason: {
        rule,
        text: `Adjusted for ${why}: ${remaining} to fill${terms.stopPrice === null ? "" : `, stop${told(terms.stopPrice)}`}${terms.price === null ? "" : `, limit${told(terms.price)}`}.`,
        params,
      },
    });
    this.#refuseChangesOf(order, why);
  }

  /** A change that is on its way was meant for the order of before (PX232). */
  #refuseChangesOf({ orderId }: PaperOrder, why: string): void {
    const { state, log } = this.#parts;
    const changes = Array.from(state.inFlight).filter((each) => each.kind === "replace" && each.orderId === orderId);
    for (const { kind } of changes) {
      state.inFlight.drop(orderId, kind);
      const text = `${why[0]?.toUpperCase()}${why.slice(1)} adjusted the order meanwhile; give the change anew.`;
      const { code, reason } = refuse(BrokerErrorCode.ORDER_REJECTED, "PX232", text, { orderId });
      log.emit({ ...this.#base(), type: "replace_rejected", orderId, code, reason });
    }
  }

  /** One that ends while another is looked at is left out. */
  *#openOrdersIn(symbol: string): Iterable<PaperOrder> {
    for (const order of this.#parts.state.openOrders) if (order.symbol === symbol) yield order;
  }

  #base(): { readonly seq: number; readonly at: number } {
    const { log } = this.#parts;
    return { seq: log.nextSequence, at: log.now };
  }

  #emit(event: MoneyEvent): void {
    const { state, log } = this.#parts;
    foldMoneyEvent(state, event, ({ orderId }) => {
      const order = state.order(orderId);
      if (order === undefined) throw new RangeError(`order ${orderId} is not known`);
      return order;
    });
    log.emit(event);
  }
}
