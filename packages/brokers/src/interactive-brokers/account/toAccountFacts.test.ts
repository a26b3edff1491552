import { describe, expect, it } from "vitest";
import { parseFixed, type DecimalInput } from "../../domain/decimal.ts";
import { ExecutionLedger } from "../orders/ExecutionLedger.ts";
import type { AccountValue } from "./readAccount.ts";
import { toAccountFacts, type AccountReading } from "./toAccountFacts.ts";

const values = (figures: Readonly<Record<string, string>>, currency = "USD"): ReadonlyMap<string, AccountValue> =>
  new Map(Object.entries(figures).map(([tag, value]) => [tag, { value, currency }]));
const FIGURES = {
  NetLiquidation: "100250.00",
  TotalCashValue: "99000.00",
  BuyingPower: "200000",
  AvailableFunds: "50000",
};

function reading(change: Partial<AccountReading> = {}): AccountReading {
  return {
    accountId: "DU1",
    update: { values: values(FIGURES), portfolio: new Map() },
    summary: new Map(),
    held: [],
    ledger: new ExecutionLedger(),
    dayPnl: null,
    readAt: 5,
    ...change,
  };
}
const stock = (conId: number, symbol: string, shares: number) => ({
  conId,
  symbol,
  quantity: parseFixed(shares),
  averageCost: parseFixed("100.1"),
});
const row = (shares: number, price: DecimalInput, value: DecimalInput) => ({
  quantity: parseFixed(shares),
  marketPrice: parseFixed(price),
  marketValue: parseFixed(value),
});

describe("toAccountFacts", () => {
  it("[IB30] equity is cash and what is held, exactly, however the gateway rounds", () => {
    const portfolio = new Map([
      [1, row(20, "75.004", "1500.08")],
      [2, row(-2, "125", "-250")],
    ]);
    const update = { values: values(FIGURES), portfolio };
    const facts = toAccountFacts(reading({ update, held: [stock(1, "AAPL", 20), stock(2, "MSFT", -2)] }));
    expect(facts.longMarketValue + facts.shortMarketValue + facts.cash).toBe(facts.equity);
    expect(facts.shortMarketValue).toBe(parseFixed(-250));
    expect(facts.positions).toMatchObject([
      { symbol: "AAPL", quantity: "20", marketValue: "1500.08", averagePrice: "100.1", realizedPnl: null },
      { symbol: "MSFT", quantity: "-2", marketValue: "-250" },
    ]);
    expect(facts.realized).toBeNull();
  });

  it("[IB30] a position whose row is older is valued by its own shares, and one without a row has no mark", () => {
    const update = { values: values(FIGURES), portfolio: new Map([[1, row(10, 75, 750)]]) };
    const { positions } = toAccountFacts(reading({ update, held: [stock(1, "AAPL", 20), stock(2, "TSLA", 1)] }));
    expect(positions).toMatchObject([
      { symbol: "AAPL", marketValue: "1500", markedAt: 5 },
      { symbol: "TSLA", marketPrice: null, marketValue: null, markedAt: null },
    ]);
  });

  it("[IB30] the day begins where the gateway's own profit of the day says, else with yesterday's equity", () => {
    const summary = values({ PreviousDayEquityWithLoanValue: "99000" });
    expect(toAccountFacts(reading({ summary })).startOfDayEquity).toBe(parseFixed(99_000));
    const dayPnl = parseFixed("250");
    expect(toAccountFacts(reading({ summary, dayPnl })).startOfDayEquity).toBe(parseFixed(100_000));
  });

  it("[IB30] an account in another currency is refused, and figures that are missing are not made up", () => {
    const inEuros = { values: values(FIGURES, "EUR"), portfolio: new Map() };
    expect(() => toAccountFacts(reading({ update: inEuros }))).toThrow(/EUR/);
    const none = { values: values({ TotalCashValue: "1" }), portfolio: new Map() };
    expect(() => toAccountFacts(reading({ update: none }))).toThrow(/NetLiquidation/);
  });
});
