import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { Portfolio } from "@trenddojo/server/wire";

/** Market value of both sides together: long plus short, unsigned. */
export function grossExposure(balances: Portfolio["balances"]): string {
  return formatFixed(parseFixed(balances.longMarketValue) - parseFixed(balances.shortMarketValue));
}

/** a ÷ b as a fraction for display; null without a base. */
export function ratio(a: string, b: string): number | null {
  const base = Number(b);
  return base === 0 ? null : Number(a) / base;
}
