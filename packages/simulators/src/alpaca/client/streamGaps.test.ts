import { limitOrder, marketOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { KEY, SECRET } from "../testing/Bench.ts";
import { ClientBench } from "../testing/ClientBench.ts";
import { TestSocket } from "../testing/TestSocket.ts";
import { failureOf } from "../testing/failureOf.ts";
import { toldBy } from "../testing/toldBy.ts";

const MINE = limitOrder("AAPL", "buy", 10, "99.5", "mine");
/** A minute is what a mute stream of orders can hide, and then some. */
const SWEPT_MS = 70_000;

const opened = (bench: ClientBench, stream: "trading" | "data"): number =>
  bench.simulator.journal.sockets(stream).filter(({ event }) => event === "opened").length;

describe("gaps in the stream of orders", () => {
  it("[AL13] what filled while nobody could be reached is told once, when it can be again", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    await client.placeOrder(MINE);
    const resting = await client.placeOrder(limitOrder("MSFT", "buy", 1, 150, "resting"));
    await bench.settle();
    const told = await toldBy(client);
    await bench.simulator.goOffline();
    bench.feed.quote("AAPL", 99.4, 99.42);
    await bench.until(() => !client.getConnectionStatus().isHealthy);
    expect(await failureOf(client.placeOrder(marketOrder("MSFT", "buy", 1)))).toMatchObject({
      code: "CONNECTION_FAILED",
      outcome: "refused",
    });
    await bench.advance(5_000);
    expect(told).toEqual([]);
    await bench.simulator.goOnline();
    await bench.until(() => client.getConnectionStatus().isHealthy, SWEPT_MS);
    expect(told).toEqual(["fill mine filled 10"]);
    expect((await client.getFills(0)).map(({ clientOrderId }) => clientOrderId)).toEqual(["mine"]);
    expect(await client.getOpenOrders()).toMatchObject([{ orderId: resting.orderId }]);
  });

  it("[AL13] the sockets alone are cut: orders are taken again once everything was read", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    await client.placeOrder(MINE);
    await bench.settle();
    const told = await toldBy(client);
    bench.simulator.closeStreams("trading");
    bench.feed.quote("AAPL", 99.4, 99.42);
    await bench.until(() => client.getConnectionStatus().channels.orders.state !== "up");
    expect(await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 1, 90)))).toMatchObject({ outcome: "refused" });
    await bench.until(() => client.getConnectionStatus().isHealthy);
    expect(told).toEqual(["fill mine filled 10"]);
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
  });

  it("[AL19] a stream of orders that is open and mute: the fill is found, and told once", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    await client.placeOrder(MINE);
    await bench.settle();
    const told = await toldBy(client);
    bench.simulator.faults.add({ on: "message", stream: "trading", do: { kind: "mute" } });
    bench.feed.quote("AAPL", 99.4, 99.42);
    await bench.until(() => told.length > 0, SWEPT_MS);
    expect(told).toEqual(["fill mine filled 10"]);
  });

  it.each(["duplicate", "swap", "skip"] as const)(
    "[AL12] events that %s: each fill is told once, in order",
    async (kind) => {
      await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
      const client = await bench.connected();
      await client.placeOrder(limitOrder("AAPL", "buy", 30, "99.5", "mine"));
      await bench.settle();
      const told = await toldBy(client);
      bench.simulator.faults.add({ on: "message", stream: "trading", type: "partial_fill", do: { kind } });
      await bench.quote("AAPL", 99.4, 99.42, 10);
      await bench.quote("AAPL", 99.4, 99.43, 10);
      await bench.quote("AAPL", 99.4, 99.44, 10);
      await bench.until(() => told.length === 3);
      expect(told).toEqual(["fill mine partially_filled 10", "fill mine partially_filled 20", "fill mine filled 30"]);
      await bench.advance(5_000);
      expect(told).toHaveLength(3);
    },
  );

  it("[AL17] a handshake that is refused with 429 is not tried again for half a minute", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    bench.simulator.faults.add({ on: "handshake", stream: "trading", do: { kind: "refuse", status: 429 } });
    bench.simulator.closeStreams("trading");
    await bench.until(() => client.getConnectionStatus().error?.code === "RATE_LIMIT_EXCEEDED");
    expect(client.getConnectionStatus()).toMatchObject({ state: "degraded", channels: { orders: { state: "down" } } });
    await bench.advance(28_000);
    expect(opened(bench, "trading")).toBe(1);
    await bench.until(() => client.getConnectionStatus().channels.orders.state === "up");
    expect(opened(bench, "trading")).toBe(2);
  });
});

describe("gaps in the stream of prices", () => {
  it("[AL17] a second connection is 406: orders go, and prices come back after 90 s, with their subscriptions", async () => {
    await using bench = await ClientBench.open();
    const other = await new TestSocket(bench.simulator.endpoints.dataStream).opened();
    other.send({ action: "auth", key: KEY, secret: SECRET });
    await other.heard(2);
    const client = await bench.connected();
    expect(client.getConnectionStatus()).toMatchObject({
      state: "degraded",
      channels: { data: { state: "down" }, orders: { state: "up" } },
      error: { code: "RATE_LIMIT_EXCEEDED", message: expect.stringContaining("406") },
    });
    await client.placeOrder(MINE);
    const asks: (number | null)[] = [];
    await client.subscribeToMarketData("AAPL", ({ ask }) => asks.push(ask));
    other[Symbol.dispose]();
    const before = opened(bench, "data");
    await bench.advance(88_000);
    expect(opened(bench, "data")).toBe(before);
    await bench.until(() => client.getConnectionStatus().isHealthy);
    await bench.quote("AAPL", 101, 101.02);
    await bench.until(() => asks.includes(101.02), 500);
  });

  it("[AL19] prices that are open and mute are found by what the REST side has, and come back", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const asks: (number | null)[] = [];
    await client.subscribeToMarketData("AAPL", ({ ask }) => asks.push(ask));
    await bench.settle();
    bench.simulator.faults.add({ on: "message", stream: "data", type: "q", do: { kind: "mute" } });
    await bench.quote("AAPL", 100, 100.03);
    for (let second = 0; second < 30 && opened(bench, "data") === 1; second += 1) {
      await bench.advance(1_000);
      await bench.quote("AAPL", 100, 100.04 + second / 100);
    }
    expect(opened(bench, "data")).toBe(2);
    await bench.until(() => client.getConnectionStatus().isHealthy);
    await bench.quote("AAPL", 102, 102.02);
    await bench.until(() => asks.includes(102.02), 500);
  });

  it("[AL17] what was subscribed is subscribed again after a cut, and what changed meanwhile is told", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const asks: (number | null)[] = [];
    await client.subscribeToMarketData("AAPL", ({ ask }) => asks.push(ask));
    await bench.settle();
    bench.simulator.closeStreams("data");
    bench.feed.quote("AAPL", 100.5, 100.52);
    await bench.until(() => asks.includes(100.52));
    await bench.quote("AAPL", 101, 101.02);
    await bench.until(() => asks.includes(101.02), 500);
    expect([...new Set(asks)]).toEqual([100.02, 100.52, 101.02]);
  });
});
