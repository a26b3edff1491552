import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import { money } from "@trenddojo/brokers/domain";
import type { FactClient } from "../../connections/OrderHost.ts";

/** The facts of an account with money enough, in a market that is open and stands still. */
export function fakeFacts(clock: Pick<Clock, "now">): FactClient {
  const zero = money("0");
  const rich = money("1000000");
  return {
    searchInstruments: () =>
      Promise.resolve([
        {
          symbol: "AAPL",
          name: "Apple Inc.",
          exchange: "NASDAQ",
          kind: "stock",
          currency: "USD",
          tickSize: "0.01",
          lotSize: "1",
          shortable: true,
        },
      ]),
    getMarketData: (symbol) => Promise.resolve(quoteOf(symbol, clock.now())),
    getPositions: () => Promise.resolve([]),
    getBalances: () =>
      Promise.resolve({
        currency: "USD",
        cash: rich,
        equity: rich,
        buyingPower: rich,
        reserved: zero,
        longMarketValue: zero,
        shortMarketValue: zero,
        initialMargin: zero,
        maintenanceMargin: zero,
        unrealizedPnl: zero,
        realizedPnl: zero,
        dayPnl: zero,
        fees: zero,
        asOf: clock.now(),
      }),
    getMarketHours: (market) =>
      Promise.resolve({
        market,
        at: clock.now(),
        isOpen: true,
        session: "regular",
        alwaysOpen: true,
        nextOpenAt: null,
        nextCloseAt: null,
        earlyClose: false,
      }),
  };
}

function quoteOf(symbol: string, at: number): MarketData {
  return {
    symbol,
    bid: 10,
    ask: 10.01,
    bidSize: 1_000,
    askSize: 1_000,
    last: 10,
    lastSize: 100,
    volume: 1_000,
    previousClose: 10,
    timestamp: at,
    receivedAt: at,
    source: "synthetic",
    feed: "streaming",
  };
}
