import { BarSizeSetting, EventName, WhatToShow, type Contract } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { until } from "../../alpaca/testing/until.ts";
import { TwsBench } from "../testing/TwsBench.ts";
import { stock, VendorClient } from "../testing/VendorClient.ts";

const SATURDAY = Date.UTC(2026, 10, 21, 15, 0);

/** Tick types and prices. */
const prices = (client: VendorClient): readonly unknown[] =>
  client.of(EventName.tickPrice).map(([, type, price]) => [type, price]);

describe("market data", () => {
  it("[TW80] a line tells what is known, and then what changes and nothing else", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    await client.settled();
    expect(client.of(EventName.marketDataType)).toEqual([[1_000, 1]]);
    client.heard.length = 0;
    bench.feed.quote("AAPL", 100, 100.02, 700);
    await client.settled();
    expect([prices(client), client.of(EventName.tickSize)]).toEqual([
      [],
      [
        [1_000, 0, 700],
        [1_000, 3, 700],
      ],
    ]);
    client.heard.length = 0;
    bench.feed.quote("AAPL", null, 100.02, 700);
    await client.settled();
    expect(prices(client)).toEqual([[1, -1]]);
    client.heard.length = 0;
    bench.feed.print("AAPL", 101, 30);
    await client.settled();
    expect(prices(client)).toEqual([
      [4, 101],
      [6, 101],
    ]);
  });

  it("[TW81] 102 for an id in use, 300 for one that is none, 101 beyond the lines, 200 for no contract", async () => {
    await using bench = await TwsBench.open({ quirks: { lines: 1 } });
    using client = await VendorClient.open(bench);
    const { api } = client;
    api.reqMktData(1_000, stock("AAPL"), "", false, false);
    api.reqMktData(1_000, stock("MSFT"), "", false, false);
    api.reqMktData(1_001, stock("MSFT"), "", false, false);
    api.reqMktData(1_002, stock("NONE"), "", false, false);
    api.cancelMktData(1_003);
    expect(await client.story()).toEqual(["error 102 1000", "error 101 1001", "error 200 1002", "error 300 1003"]);
    api.cancelMktData(1_000);
    api.reqMktData(1_004, stock("MSFT"), "", false, false);
    expect(await client.story()).toEqual([]);
  });

  it("[TW82] a snapshot ends; with generic ticks it is refused", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqMktData(1_000, stock("AAPL"), "", true, false);
    client.api.reqMktData(1_001, stock("AAPL"), "233", true, false);
    await client.settled();
    expect(client.of(EventName.tickSnapshotEnd)).toEqual([[1_000]]);
    expect(await client.story()).toEqual(["error 414 1001"]);
  });

  it("[TW83] without a subscription: delayed prices with a warning where they are asked for, else 10089", async () => {
    await using bench = await TwsBench.open({ quirks: { marketData: "delayed" } });
    using client = await VendorClient.open(bench);
    client.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    expect(await client.story()).toEqual(["error 10089 1000"]);
    client.api.reqMarketDataType(3);
    client.api.reqMktData(1_001, stock("AAPL"), "", false, false);
    await client.settled();
    expect(client.of(EventName.marketDataType)).toEqual([[1_001, 3]]);
    expect(prices(client)).toEqual(
      expect.arrayContaining([
        [66, 100],
        [67, 100.02],
      ]),
    );
    expect(await client.story()).toEqual(["error 10167 1001"]);
  });

  it("[TW102] delayed prices are a quarter of an hour old; before that the oldest that is known stands", async () => {
    await using bench = await TwsBench.open({ quirks: { marketData: "delayed" } });
    using client = await VendorClient.open(bench);
    client.api.reqMarketDataType(3);
    client.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    const bids = (): readonly (readonly unknown[])[] =>
      client.of(EventName.tickPrice).flatMap(([, type, price]) => (type === 66 ? [[type, price]] : []));
    await client.settled();
    expect(bids()).toEqual([[66, 100]]);
    await bench.clock.advance(60_000);
    bench.feed.quote("AAPL", 101, 101.02);
    await bench.clock.advance(899_000);
    await client.settled();
    expect(bids()).toEqual([[66, 100]]);
    await bench.clock.advance(2_000);
    await client.settled();
    expect(bids()).toEqual([
      [66, 100],
      [66, 101],
    ]);
  });

  it("[TW83] nothing at all is 354, and frozen prices are told as such when the market is closed", async () => {
    await using none = await TwsBench.open({ quirks: { marketData: "none" } });
    using poor = await VendorClient.open(none);
    poor.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    expect(await poor.story()).toEqual(["error 354 1000"]);
    await using bench = await TwsBench.open({ startAt: SATURDAY });
    using client = await VendorClient.open(bench);
    client.api.reqMarketDataType(2);
    client.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    await client.settled();
    expect(client.of(EventName.marketDataType)).toEqual([[1_000, 2]]);
  });
});

describe("contracts", () => {
  it.each([
    ["nothing", {}, 321],
    ["no kind", { symbol: "AAPL" }, 321],
    ["another currency", { ...stock("AAPL"), currency: "EUR" }, 200],
    ["another exchange", { ...stock("AAPL"), exchange: "LSE" }, 200],
    ["another listing", { ...stock("AAPL"), primaryExch: "NYSE" }, 200],
    ["a conId of nobody", { conId: 1 }, 200],
  ] satisfies readonly (readonly [string, Contract, number])[])("[TW84] %s is refused", async (_, contract, code) => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqContractDetails(1_000, contract);
    expect(await client.story()).toEqual([`error ${code} 1000`]);
  });

  it("[TW84] a conId alone is enough for details, not for market data", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqContractDetails(1_000, { ...stock("AAPL"), primaryExch: "ISLAND" });
    await client.settled();
    const found: { readonly contract: Contract } = JSON.parse(
      JSON.stringify(client.of(EventName.contractDetails)[0]?.[1]),
    );
    const conId = found.contract.conId ?? 0;
    client.api.reqContractDetails(1_001, { conId });
    client.api.reqMktData(1_002, { conId }, "", false, false);
    expect(await client.story()).toEqual(["error 321 1002"]);
    expect(conId).toBeGreaterThan(0);
  });
});

describe("history", () => {
  const ask = (
    client: VendorClient,
    id: number,
    change: { barSize?: string; duration?: string; end?: string } = {},
  ) => {
    const { barSize = BarSizeSetting.MINUTES_ONE, duration = "600 S", end = "" } = change;
    const size = Object.values(BarSizeSetting).find((each) => each === barSize) ?? BarSizeSetting.MINUTES_ONE;
    client.api.reqHistoricalData(id, stock("AAPL"), end, duration, size, WhatToShow.TRADES, 0, 2, false);
  };
  const finished = (client: VendorClient, id: number): boolean =>
    client.of(EventName.historicalData).some(([each, date]) => each === id && String(date).startsWith("finished"));

  it("[TW85] bars of the length that was asked for, oldest first, up to the end that was asked for", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    ask(client, 1_000, { barSize: BarSizeSetting.HOURS_TWO, duration: "1 D", end: "20261120-14:00:00" });
    await until(() => finished(client, 1_000));
    const times = client
      .of(EventName.historicalData)
      .slice(0, -1)
      .map(([, date]) => Number(date));
    // 2026-11-19, 04:00 in New York to 09:00 the next day, from even hours on.
    expect(times.length).toBeGreaterThan(1);
    expect(times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === 7_200)).toBe(true);
    expect(times.at(-1)).toBe(Date.UTC(2026, 10, 20, 13, 0) / 1_000);
  });

  it("[TW86] the same again within fifteen seconds, and a sixth within two, is a pacing violation: 162", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    ask(client, 1_000);
    await until(() => finished(client, 1_000));
    ask(client, 1_001);
    expect(await client.story()).toEqual(["error 162 1001"]);
    await bench.clock.advance(15_000);
    for (let id = 1_002; id < 1_008; id += 1) ask(client, id, { duration: `${id} S` });
    expect(await client.story()).toEqual(["error 162 1007"]);
  });

  it("[TW87] what cannot be read is refused", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    ask(client, 1_000, { duration: "1 X" });
    ask(client, 1_001, { end: "tomorrow" });
    ask(client, 1_002, { barSize: BarSizeSetting.SECONDS_ONE });
    client.api.cancelHistoricalData(1_003);
    expect(await client.story()).toEqual(["error 321 1000", "error 10314 1001", "error 162 1002", "error 366 1003"]);
  });

  it("[TW88] bars that are kept up to date go on with the prints", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await bench.clock.advance(10_000);
    client.api.reqHistoricalData(
      1_000,
      stock("AAPL"),
      "",
      "600 S",
      BarSizeSetting.MINUTES_ONE,
      WhatToShow.TRADES,
      0,
      2,
      true,
    );
    await until(() => finished(client, 1_000));
    bench.feed.print("AAPL", 103, 10);
    await bench.clock.advance(1_000);
    await client.settled();
    const [update] = client.of(EventName.historicalDataUpdate);
    expect(update?.slice(0, 6)).toEqual([
      1_000,
      String(Date.UTC(2026, 10, 20, 15, 0) / 1_000),
      100.02,
      103,
      100.02,
      103,
    ]);
  });
});
