import type { RiskMetrics } from "../../domain/account.ts";
import { abs, divide, money, multiply, parseFixed, toNumber, type Fixed } from "../../domain/decimal.ts";
import type { Position } from "../../domain/position.ts";
import type { PaperExchange } from "../PaperExchange.ts";

/** The account's risk at its marks; a position without a mark counts at what it cost. */
export function riskMetricsOf(exchange: PaperExchange, now: number): RiskMetrics {
  const balances = exchange.balances(now);
  const equity = parseFixed(balances.equity);
  const dayPnl = parseFixed(balances.dayPnl);
  const long = parseFixed(balances.longMarketValue);
  const short = parseFixed(balances.shortMarketValue);
  const values = exchange.positions().map((position) => ({ symbol: position.symbol, value: abs(valueOf(position)) }));
  const largest = values.reduce<(typeof values)[number] | null>(
    (best, each) => (best === null || each.value > best.value ? each : best),
    null,
  );
  return {
    equity: balances.equity,
    grossExposure: money(long - short),
    netExposure: money(long + short),
    leverage: ratio(long - short, equity),
    dayPnl: balances.dayPnl,
    dayPnlFraction: ratio(dayPnl, equity - dayPnl),
    largestPosition: largest === null ? null : { symbol: largest.symbol, fraction: ratio(largest.value, equity) },
    openOrders: exchange.openOrders().length,
    asOf: balances.asOf,
  };
}

function valueOf({ marketValue, quantity, averagePrice }: Position): Fixed {
  if (marketValue !== null) return parseFixed(marketValue);
  return multiply(parseFixed(quantity), parseFixed(averagePrice), "half_even");
}

/** 0 of nothing. */
function ratio(part: Fixed, whole: Fixed): number {
  return whole <= 0n ? 0 : toNumber(divide(part, whole, "half_even"));
}
