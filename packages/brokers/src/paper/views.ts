import { divide, max, money, multiply, price, quantity, type Money } from "../domain/decimal.ts";
import type { Balances } from "../domain/account.ts";
import type { Fill } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { AccountState } from "./AccountState.ts";
import { readCharges, totalCharge } from "./fees.ts";
import { averagePrice } from "./Holding.ts";
import { initialMargin, maintenanceMargin } from "./margin.ts";
import type { SymbolState } from "./SymbolState.ts";

/** Positions that are not flat, by symbol. */
export function positionsOf(state: AccountState): readonly Position[] {
  return Array.from(state.holdings, positionOf).toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function positionOf({ symbol, holding, market }: SymbolState): Position {
  const { mark } = market;
  const value = mark === null ? null : multiply(holding.quantity, mark, "half_even");
  return {
    symbol,
    quantity: quantity(holding.quantity),
    averagePrice: price(averagePrice(holding)),
    marketPrice: mark === null ? null : price(mark),
    marketValue: value === null ? null : money(value),
    unrealizedPnl: value === null ? null : money(value - holding.cost),
    realizedPnl: money(holding.realized),
    markedAt: market.markedAt,
  };
}

/** The exchange knows what every account has earned. */
export type PaperBalances = Balances & { readonly realizedPnl: Money };

/** The account's figures at the newest marks (PX63, PX70 to PX73). */
export function balancesOf(state: AccountState, asOf: number): PaperBalances {
  const exposure = state.exposure();
  const equity = state.equity(exposure);
  const initial = initialMargin(exposure, state.terms);
  const maintenance = maintenanceMargin(exposure, state.terms);
  return {
    currency: "USD",
    cash: money(state.cash),
    equity: money(equity),
    buyingPower: money(state.buyingPower(state.availableMargin(exposure, asOf))),
    reserved: money(divide(state.reserved, state.terms.initialLong, "up")),
    longMarketValue: money(exposure.long),
    shortMarketValue: money(exposure.short),
    initialMargin: money(initial),
    maintenanceMargin: money(maintenance),
    unrealizedPnl: money(exposure.long + exposure.short - exposure.cost),
    realizedPnl: money(state.realized),
    dayPnl: money(equity - state.day.equity),
    fees: money(state.feesPaid),
    settledCash: money(state.settledCash(asOf)),
    dividends: money(state.money.dividends),
    accruedDividends: money(state.money.accrued),
    borrowFees: money(state.money.borrowFees),
    marginDeficit: money(max(maintenance - equity, 0n)),
    asOf,
  };
}

/** Fills at or after `since`, oldest first. */
export function fillsSince(state: AccountState, since: number): readonly Fill[] {
  return state.fills.since(since).flatMap((fill) => {
    const order = state.order(fill.orderId);
    if (order === undefined) return [];
    return {
      executionId: fill.executionId,
      orderId: fill.orderId,
      clientOrderId: order.clientOrderId,
      symbol: fill.symbol,
      side: fill.side,
      quantity: fill.quantity,
      price: fill.price,
      fees: money(totalCharge(readCharges(fill.fees))),
      filledAt: fill.at,
      reason: fill.reason.text,
      why: fill.reason,
    };
  });
}
