/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { FEED_STATES, MARKET_SESSIONS, TIMEFRAME_MS, TIMEFRAMES, type MarketData } from "../../domain/marketData.ts";
import { expectRefusal } from "./calls.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";

export const MARKET_DATA_CASES: readonly ContractCase[] = [
  contractCase("BC30", "the latest of an instrument has both sides, sizes, age and source", async ({ client }) => {
    const data = await client.getMarketData("AAPL");
    expect(data).toMatchObject({ symbol: "AAPL", bid: 100, ask: 100.02, bidSize: 1_000, askSize: 1_000 });
    expect(FEED_STATES).toContain(data.feed);
    expect(data.timestamp).toBeGreaterThan(0);
    expect(data.receivedAt).toBeGreaterThan(0);
  }),
  contractCase("BC30", "an unknown symbol has no price: SYMBOL_NOT_FOUND", async ({ client }) => {
    await expectRefusal(client.getMarketData("NOSUCH"), BrokerErrorCode.SYMBOL_NOT_FOUND);
    await expectRefusal(
      client.subscribeToMarketData("NOSUCH", () => undefined),
      BrokerErrorCode.SYMBOL_NOT_FOUND,
    );
  }),
  proof(
    ["streamingQuotes"],
    contractCase(
      "BC31",
      "a subscriber is told the latest soon, and then each change of its symbol only",
      async ({ client, market }) => {
        const told: MarketData[] = [];
        await client.subscribeToMarketData("AAPL", (data) => told.push(data));
        await market.until(() => told.length === 1);
        await market.quote("MSFT", 201, 201.05);
        await market.quote("AAPL", 100.5, 100.52);
        await market.until(() => told.some(({ ask }) => ask === 100.52));
        expect(new Set(told.map(({ symbol }) => symbol))).toEqual(new Set(["AAPL"]));
        expect(told.at(-1)).toMatchObject({ bid: 100.5, ask: 100.52 });
      },
    ),
  ),
  contractCase(
    "BC31",
    "after unsubscribing nothing is told; unsubscribing twice does nothing",
    async ({ client, market }) => {
      const told: MarketData[] = [];
      const others: MarketData[] = [];
      const unsubscribe = await client.subscribeToMarketData("AAPL", (data) => told.push(data));
      await client.subscribeToMarketData("AAPL", (data) => others.push(data));
      unsubscribe();
      unsubscribe();
      told.length = 0;
      await market.quote("AAPL", 100.5, 100.52);
      await market.until(() => others.some(({ ask }) => ask === 100.52));
      expect(told).toEqual([]);
    },
  ),
  contractCase("BC31", "a callback that throws does not disturb the others", async ({ client, market }) => {
    const told: MarketData[] = [];
    await client.subscribeToMarketData("AAPL", () => {
      throw new Error("a defect of the subscriber");
    });
    await client.subscribeToMarketData("AAPL", (data) => told.push(data));
    await market.quote("AAPL", 100.5, 100.52);
    await market.until(() => told.some(({ ask }) => ask === 100.52));
    expect(client.getConnectionStatus().isHealthy).toBe(true);
  }),
  ...TIMEFRAMES.map((timeframe) =>
    proof(
      ["historicalBars"],
      contractCase(
        "BC32",
        `bars of ${timeframe} come oldest first, at most as many as asked for`,
        async ({ client }) => {
          const bars = await client.getHistoricalBars({ symbol: "AAPL", timeframe, limit: 20 });
          expect(bars.length).toBeGreaterThan(0);
          expect(bars.length).toBeLessThanOrEqual(20);
          for (const [index, bar] of bars.entries()) {
            expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close));
            expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close));
            // An hour less where clocks change between two days.
            expect(bar.openedAt).toBeGreaterThanOrEqual(
              (bars[index - 1]?.openedAt ?? 0) + TIMEFRAME_MS[timeframe] - 3_600_000 * Number(timeframe === "1d"),
            );
          }
        },
      ),
    ),
  ),
  contractCase("BC32", "bars before an instant open before it", async ({ client }) => {
    const newest =
      (await client.getHistoricalBars({ symbol: "AAPL", timeframe: "1m", limit: 5 })).at(-1)?.openedAt ?? 0;
    const earlier = await client.getHistoricalBars({ symbol: "AAPL", timeframe: "1m", limit: 5, before: newest });
    for (const { openedAt } of earlier) expect(openedAt).toBeLessThan(newest);
  }),
  contractCase("BC32", "no bars, too many bars and bars of an unknown symbol are refused", async ({ client }) => {
    for (const limit of [0, -1, 2.5, 5_001, Number.NaN]) {
      await expectRefusal(
        client.getHistoricalBars({ symbol: "AAPL", timeframe: "1d", limit }),
        BrokerErrorCode.NOT_SUPPORTED,
      );
    }
    await expectRefusal(
      client.getHistoricalBars({ symbol: "NOSUCH", timeframe: "1d", limit: 5 }),
      BrokerErrorCode.SYMBOL_NOT_FOUND,
    );
  }),
  contractCase(
    "BC33",
    "instruments are found by symbol and by name, best first, at most as many as asked for",
    async ({ client }) => {
      expect((await client.searchInstruments("MSFT", 5))[0]).toMatchObject({ symbol: "MSFT", currency: "USD" });
      expect((await client.searchInstruments("micros", 5))[0]).toMatchObject({ symbol: "MSFT" });
      expect(await client.searchInstruments("", 1)).toHaveLength(1);
      expect(await client.searchInstruments("no such company", 5)).toEqual([]);
      await expectRefusal(client.searchInstruments("a", 0), BrokerErrorCode.NOT_SUPPORTED);
    },
  ),
  contractCase(
    "BC34",
    "the hours of NYSE and NASDAQ are known, those of another market refused",
    async ({ client }) => {
      for (const market of ["NYSE", "NASDAQ"]) {
        const hours = await client.getMarketHours(market);
        expect(hours).toMatchObject({ market, isOpen: true });
        expect(MARKET_SESSIONS).toContain(hours.session);
        expect(hours.nextCloseAt === null || hours.nextCloseAt > hours.at).toBe(true);
      }
      await expectRefusal(client.getMarketHours("XETRA"), BrokerErrorCode.NOT_SUPPORTED);
    },
  ),
];
