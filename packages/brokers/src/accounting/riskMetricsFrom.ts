import type { RiskMetrics } from "../domain/account.ts";
import { abs, divide, money, multiply, parseFixed, toNumber, type Fixed } from "../domain/decimal.ts";
import type { Position } from "../domain/position.ts";

/** What a broker says of an account's worth, in its currency. */
export interface AccountWorth {
  readonly equity: Fixed;
  readonly startOfDayEquity: Fixed;
  readonly longMarketValue: Fixed;
  /** Zero or negative. */
  readonly shortMarketValue: Fixed;
  readonly positions: readonly Position[];
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** The account's risk at its marks; a position without a mark counts at what it cost. */
export function riskMetricsFrom(worth: AccountWorth, openOrders: number): RiskMetrics {
  const { equity, startOfDayEquity: before, longMarketValue: long, shortMarketValue: short, readAt } = worth;
  const values = worth.positions.map((position) => ({ symbol: position.symbol, value: abs(valueOf(position)) }));
  const largest = values.toSorted((a, b) => Number(b.value - a.value))[0];
  return {
    equity: money(equity),
    grossExposure: money(long + abs(short)),
    netExposure: money(long - abs(short)),
    leverage: ratio(long + abs(short), equity),
    dayPnl: money(equity - before),
    dayPnlFraction: ratio(equity - before, before),
    largestPosition: largest === undefined ? null : { symbol: largest.symbol, fraction: ratio(largest.value, equity) },
    openOrders,
    asOf: readAt,
  };
}

function valueOf({ marketValue, quantity, averagePrice }: Position): Fixed {
  return marketValue === null
    ? multiply(parseFixed(quantity), parseFixed(averagePrice), "half_even")
    : parseFixed(marketValue);
}

/** 0 of nothing. */
function ratio(part: Fixed, whole: Fixed): number {
  return whole <= 0n ? 0 : toNumber(divide(part, whole, "half_even"));
}
