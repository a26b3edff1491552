import { max, parseFixed } from "../../domain/decimal.ts";
import { assertNever } from "../../domain/assertNever.ts";
import type { AccountState } from "../AccountState.ts";
import { NO_HOLDING } from "../Holding.ts";
import type { PaperOrder } from "../PaperOrder.ts";
import { splitPrice } from "./adjustOrder.ts";
import type { MoneyEvent, OrderAdjusted, SplitApplied, SymbolChanged } from "./MoneyEvent.ts";
import { splitHolding, splitQuantity } from "./splitHolding.ts";

/** A share is never worth nothing: a restored account may know an older mark than the one that the dividend was held to. */
const SMALLEST_MARK = 1n;

/**
 * Does to `state` what the event says was done to money, holdings and marks. The live engine changes them in no other
 * way, so that living and folding arrive at the same state (PX2). `openOrder` finds the order of an adjustment.
 */
export function foldMoneyEvent(
  state: AccountState,
  event: MoneyEvent,
  openOrder: (event: { readonly seq: number; readonly orderId: string }) => PaperOrder,
): void {
  const { money } = state;
  money.remember(event);
  switch (event.type) {
    case "split_applied":
      return split(state, event);
    case "dividend_accrued": {
      const amount = parseFixed(event.amount);
      const perShare = parseFixed(event.amountPerShare);
      money.actionIds.add(event.actionId);
      money.dividends += amount;
      if (amount !== 0n) money.addPayable({ ...event, amount });
      // Ex the dividend a share is worth that much less, until the market says what it is worth (PX234).
      state.symbol(event.symbol).market.restate((price) => max(price - perShare, SMALLEST_MARK));
      return;
    }
    case "dividend_paid":
      state.cash += money.removePayable(event.actionId)?.amount ?? 0n;
      return;
    case "symbol_changed":
      return changeSymbol(state, event);
    case "order_adjusted":
      return adjust(state, openOrder(event), event);
    case "borrow_fee_charged": {
      const amount = parseFixed(event.amount);
      money.borrowFees += amount;
      state.cash -= amount;
      return;
    }
    case "margin_call":
      money.marginCall = { since: event.at };
      return;
    case "margin_call_ended":
      money.marginCall = null;
      return;
    case "corporate_action_rejected":
      return;
    default:
      return assertNever(event);
  }
}

function adjust(state: AccountState, order: PaperOrder, event: OrderAdjusted): void {
  const { trail, watermark } = event;
  const terms = {
    ...order.terms,
    quantity: parseFixed(event.quantity),
    price: event.price === null ? null : parseFixed(event.price),
    stopPrice: event.stopPrice === null ? null : parseFixed(event.stopPrice),
    referencePrice: parseFixed(event.referencePrice),
  };
  state.replace(order, terms, event.at);
  if (trail !== undefined) order.trail = { by: trail.by, value: parseFixed(trail.value) };
  if (watermark !== undefined) order.watermark = parseFixed(watermark);
  // The queue was counted in shares of before.
  order.ahead = null;
}

function split(state: AccountState, event: SplitApplied): void {
  const symbol = state.symbol(event.symbol);
  const cashInLieu = parseFixed(event.cashInLieu);
  const exact = splitQuantity(symbol.holding.quantity, event);
  state.money.actionIds.add(event.actionId);
  state.cash += cashInLieu;
  if (symbol.holding.quantity !== 0n) {
    state.hold(symbol, splitHolding(symbol.holding, exact, parseFixed(event.quantityAfter), cashInLieu));
  }
  symbol.market.restate((price) => splitPrice(price, event));
}

/** The holding goes over with its cost and what it has realised; the mark goes too where the new symbol has none. */
function changeSymbol(state: AccountState, event: SymbolChanged): void {
  const before = state.symbol(event.symbol);
  const after = state.tradableSymbol(event.newSymbol) ?? state.symbol(event.newSymbol);
  const { holding } = before;
  const { mark } = before.market;
  state.money.actionIds.add(event.actionId);
  if (mark !== null) after.market.markByFill(mark, event.at);
  state.hold(before, NO_HOLDING);
  state.hold(after, { ...holding, realized: holding.realized + after.holding.realized });
  before.market.endSession();
}
