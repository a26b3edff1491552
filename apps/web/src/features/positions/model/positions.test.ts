import type { Portfolio } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { closingOrder } from "./closingOrder.ts";
import { markAgeMs } from "./markAge.ts";

const balances = {
  currency: "USD",
  cash: "0",
  equity: "0",
  buyingPower: "0",
  reserved: "0",
  longMarketValue: "0",
  shortMarketValue: "0",
  initialMargin: "0",
  maintenanceMargin: "0",
  unrealizedPnl: "0",
  realizedPnl: "0",
  dayPnl: "0",
  fees: "0",
  asOf: "2013-10-08T14:00:09.000Z",
} as const;
const portfolio: Portfolio = {
  accountId: "a",
  balances,
  positions: [],
  source: "broker",
  receivedAt: "2026-11-23T15:00:00.000Z",
};

test("[UO9] a mark of a replayed day is as old as it is on that day's clock, and grows while nothing is heard", () => {
  const now = Date.parse("2026-11-23T15:00:04.000Z");
  expect(markAgeMs("2013-10-08T14:00:08.000Z", portfolio, now)).toBe(5_000);
  expect(markAgeMs(null, portfolio, now)).toBeNull();
});

test("[UO10] a position is closed by its opposite, exactly", () => {
  const position = {
    symbol: "AAPL",
    averagePrice: "1",
    marketPrice: null,
    marketValue: null,
    unrealizedPnl: null,
    realizedPnl: "0",
    markedAt: null,
  };
  expect(closingOrder({ ...position, quantity: "100.5" })).toEqual({ side: "sell", quantity: "100.5" });
  expect(closingOrder({ ...position, quantity: "-40" })).toEqual({ side: "buy", quantity: "40" });
});
