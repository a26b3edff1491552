import type { MarketData } from "@trenddojo/brokers/domain";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../alpaca/testing/failureOf.ts";
import { TwsClientBench } from "../testing/TwsClientBench.ts";

const requests = ({ simulator }: TwsClientBench, name: string): number => simulator.journal.requests(name).length;
const TICKS = ["tickPrice", "tickSize", "tickString", "tickGeneric"] as const;

describe("prices", () => {
  it("[IB43] stream once they are watched, and say that they do", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    const unsubscribe = await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.length > 0);
    expect(told.at(-1)).toMatchObject({ bid: 100, ask: 100.02, bidSize: 1_000, askSize: 1_000, feed: "streaming" });
    expect(client.getConnectionStatus().quoteLines).toEqual({ used: 1, limit: 100 });
    unsubscribe();
    await bench.settle();
    expect(client.getConnectionStatus().quoteLines).toEqual({ used: 0, limit: 100 });
    expect(requests(bench, "cancelMarketData")).toBe(1);
  });

  it("[IB43] half of a quote is told to nobody: bid, ask and sizes come apart", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.length > 0);
    for (const [bid, ask] of [
      [110, 110.02],
      [120, 120.02],
    ] as const) {
      await bench.quote("AAPL", bid, ask, 500);
      await bench.until(() => told.at(-1)?.ask === ask);
    }
    expect(told.filter(({ bid, ask }) => Math.round(((ask ?? 0) - (bid ?? 0)) * 100) !== 2)).toEqual([]);
  });

  it("[IB43] without a subscription they are delayed, and say so", async () => {
    await using bench = await TwsClientBench.open({ quirks: { marketData: "delayed" } });
    const client = await bench.connected();
    expect(await bench.whileTimePasses(client.getMarketData("AAPL"))).toMatchObject({
      feed: "delayed",
      source: "broker",
    });
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.some(({ feed }) => feed === "delayed"));
    expect(client.getConnectionStatus().isHealthy).toBe(true);
  });

  it("[IB43] without any, NO_MARKET_DATA says what to subscribe to", async () => {
    await using bench = await TwsClientBench.open({ quirks: { marketData: "none" } });
    const client = await bench.connected();
    const error = await failureOf(bench.whileTimePasses(client.getMarketData("AAPL")));
    expect(error).toMatchObject({ code: "NO_MARKET_DATA", message: expect.stringMatching(/subscription/) });
  });

  it("[IB46] lines are counted; a symbol for which there is none says so, and gets the next that is free", async () => {
    await using bench = await TwsClientBench.open({ quirks: { lines: 1 } });
    const client = await bench.connected();
    const ignore = (): void => undefined;
    const unsubscribe = await bench.whileTimePasses(client.subscribeToMarketData("AAPL", ignore));
    await bench.settle();
    await bench.whileTimePasses(client.subscribeToMarketData("MSFT", ignore));
    await bench.until(() => client.getConnectionStatus().unsubscribed?.length === 1);
    expect(client.getConnectionStatus()).toMatchObject({
      isHealthy: false,
      unsubscribed: ["MSFT"],
      quoteLines: { used: 1, limit: 1 },
      error: { message: expect.stringMatching(/lines are in use/) },
    });
    unsubscribe();
    await bench.until(() => client.getConnectionStatus().isHealthy, 120_000);
    expect(client.getConnectionStatus()).toMatchObject({ unsubscribed: [], quoteLines: { used: 1 } });
  });

  it("[IB74] a line that was refused is given back, and with each session all of them are there again", async () => {
    await using bench = await TwsClientBench.open({ quirks: { lines: 1 } });
    const client = await bench.connected();
    const ignore = (): void => undefined;
    const { faults } = bench.simulator;
    faults.add({ on: "request", request: "marketData", do: { kind: "error", code: 10_197 } });
    const unsubscribe = await bench.whileTimePasses(client.subscribeToMarketData("AAPL", ignore));
    await bench.until(() => requests(bench, "cancelMarketData") === 1);
    unsubscribe();
    await bench.whileTimePasses(client.subscribeToMarketData("MSFT", ignore));
    await bench.settle();
    await bench.whileTimePasses(client.subscribeToMarketData("TSLA", ignore));
    await bench.until(() => client.getConnectionStatus().quoteLines?.limit === 1);
    // One that was refused for want of lines never was there.
    expect(requests(bench, "cancelMarketData")).toBe(1);
    faults.add({ on: "request", request: "marketData", nth: 2, do: { kind: "ignore" } });
    await bench.whileTimePasses(bench.simulator.restart());
    await bench.until(() => client.getConnectionStatus().quoteLines?.used === 2, 60_000);
    expect(client.getConnectionStatus().quoteLines).toEqual({ used: 2, limit: 100 });
  });

  it("[IB78] lines that fall silent in an open market are told as mute, asked for anew, and well again once a price comes", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.length > 0);
    const heardAt = client.getConnectionStatus().channels.data.lastEvidenceAt;
    const mutes = TICKS.map((reply) =>
      bench.simulator.faults.add({ on: "reply", reply, times: 1_000_000, do: { kind: "skip" } }),
    );
    await bench.until(() => client.getConnectionStatus().channels.data.state === "mute", 20_000);
    expect(client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      isConnected: true,
      isHealthy: false,
      channels: { session: { state: "up" }, orders: { state: "up" }, data: { lastEvidenceAt: heardAt } },
      error: { message: expect.stringMatching(/none comes/) },
    });
    await bench.until(() => told.at(-1)?.feed === "stale", 2_000);
    await bench.until(() => requests(bench, "cancelMarketData") >= 3, 60_000);
    expect(client.getConnectionStatus().channels.data).toEqual({ state: "mute", lastEvidenceAt: heardAt });
    for (const mute of mutes) mute[Symbol.dispose]();
    await bench.until(() => client.getConnectionStatus().isHealthy, 30_000);
    await bench.quote("AAPL", 101, 101.02);
    await bench.until(() => told.at(-1)?.bid === 101);
    expect(told.at(-1)?.feed).toBe("streaming");
    expect(client.getConnectionStatus().quoteLines).toMatchObject({ used: 1 });
  });

  it("[IB78] a line that keeps back what the gateway says when asked is mute, and one that is quiet is not", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.length > 0);
    const isMute = (): boolean => client.getConnectionStatus().channels.data.state === "mute";
    const looksBefore = requests(bench, "marketData");
    await expect(bench.until(isMute, 60_000)).rejects.toThrow("did not hold");
    // It was looked into, and its line was left alone.
    expect(requests(bench, "marketData") - looksBefore).toBeGreaterThanOrEqual(3);
    expect(client.getConnectionStatus().quoteLines).toEqual({ used: 1, limit: 100 });
    expect(requests(bench, "cancelMarketData")).toBe(0);
    for (const reply of ["tickPrice", "tickSize"]) {
      bench.simulator.faults.add({ on: "reply", reply, times: 2, do: { kind: "skip" } });
    }
    await bench.quote("AAPL", 101, 101.02, 500);
    await bench.until(() => told.at(-1)?.bid === 101, 30_000);
    expect(requests(bench, "cancelMarketData")).toBe(1);
    // The prices that it was asked for anew have come.
    expect(client.getConnectionStatus()).toMatchObject({ isHealthy: true, quoteLines: { used: 1 } });
  });

  it("[IB78] a closed market is silent by nature", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", () => undefined));
    await bench.settle();
    for (const reply of TICKS)
      bench.simulator.faults.add({ on: "reply", reply, times: 1_000_000, do: { kind: "skip" } });
    await bench.until(() => client.getConnectionStatus().channels.data.state === "mute", 20_000);
    await bench.clock.advance(6 * 3_600_000 + 60_000);
    await bench.advance(40_000);
    expect(client.getConnectionStatus().channels.data.state).not.toBe("mute");
  });

  it("[IB41] a contract is asked for once, whoever needs it", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    for (let each = 0; each < 3; each += 1) await bench.whileTimePasses(client.getMarketData("AAPL"));
    expect([requests(bench, "contractDetails"), requests(bench, "marketRule")]).toEqual([1, 1]);
  });

  it("[IB45] bars are asked for within the pacing rules: the same one once, and none is refused", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const ask = (limit: number) => client.getHistoricalBars({ symbol: "AAPL", timeframe: "1d", limit });
    const [first, same] = await bench.whileTimePasses(Promise.all([ask(5), ask(5)]));
    expect([first.length > 0, same]).toEqual([true, first]);
    const before = requests(bench, "historicalData");
    await bench.whileTimePasses(Promise.all([6, 7, 8, 9, 10, 11, 12].map((limit) => ask(limit))));
    expect([before, bench.simulator.journal.errors().filter(({ code }) => code === 162)]).toEqual([1, []]);
  });

  it("[IB40] the market's hours are those that the gateway tells", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    await bench.whileTimePasses(client.getMarketData("AAPL"));
    expect(await client.getMarketHours("NYSE")).toMatchObject({ isOpen: true, session: "regular" });
  });
});
