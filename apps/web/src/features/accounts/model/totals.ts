import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { AccountView, Portfolio } from "@trenddojo/server/wire";

/** Sum of exact decimals. */
export function sumDecimals(values: readonly string[]): string {
  return formatFixed(values.reduce((sum, value) => sum + parseFixed(value), 0n));
}

/** Unlike money is never added up: totals are for the accounts of one mode. */
export function equityByMode(
  accounts: readonly AccountView[],
  portfolios: readonly Portfolio[],
): readonly { readonly mode: AccountView["mode"]; readonly equity: string; readonly accounts: number }[] {
  const modes = [...new Set(accounts.map((account) => account.mode))];
  return modes.map((mode) => {
    const ids = new Set(accounts.filter((account) => account.mode === mode).map((account) => account.id));
    const equities = portfolios.filter((portfolio) => ids.has(portfolio.accountId)).map((portfolio) => portfolio.balances.equity);
    return { mode, equity: sumDecimals(equities), accounts: equities.length };
  });
}

/** Market value of both sides together: long plus short, unsigned. */
export function grossExposure(balances: Portfolio["balances"]): string {
  return formatFixed(parseFixed(balances.longMarketValue) - parseFixed(balances.shortMarketValue));
}

/** a ÷ b as a fraction for display; null without a base. */
export function ratio(a: string, b: string): number | null {
  const base = Number(b);
  return base === 0 ? null : Number(a) / base;
}
