import { connect } from "node:net";
import { connectionId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createStreamClient, createStreamServer, type StreamClient } from "../testing/createStreamServer.ts";
import { HandSource } from "../testing/HandSource.ts";
import { until } from "../testing/until.ts";
import type { QuoteBatch, TickBatch } from "../wire/marketData.ts";

/** A reader's view: the newest last price of each symbol, and every batch. */
function watch(client: StreamClient, symbols: readonly string[], intervalMs = 50) {
  const batches: QuoteBatch[] = [];
  const view = new Map<string, number | null>();
  const subscription = client.api.quotes.subscribe(
    { symbols: [...symbols], intervalMs },
    {
      onData: (batch) => {
        batches.push(batch);
        for (const [symbol, , , , , last] of batch.quotes) view.set(symbol, last);
      },
    },
  );
  return { batches, view, unsubscribe: () => subscription.unsubscribe() };
}

async function upstream(source: HandSource, count: number): Promise<void> {
  await until(`${count} symbols upstream`, () => source.listeners.size === count);
}

describe.each([
  ["handed off", true],
  ["through tRPC's generator", false],
])("quotes on a socket, %s", (_name, withEncoder) => {
  it("[QH10] several streams, a query and a mutation share a socket of the stock client; after quiet every view is the server's", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source, { withEncoder });
    await using client = createStreamClient(server.port);
    const first = watch(client, ["AAPL", "MSFT"]);
    const second = watch(client, ["MSFT", "IBM"], 16);
    await upstream(source, 3);
    const echoes: string[] = [];
    for (let price = 1; price <= 20; price += 1) {
      for (const symbol of ["AAPL", "MSFT", "IBM"]) source.tick(symbol, price, clock.now());
      await clock.advance(16);
      if (price % 5 === 0) echoes.push(await client.api.echo.query(`${price}`));
    }
    expect(echoes).toEqual(["5", "10", "15", "20"]);
    expect(await client.api.add.mutate([1, 2, 3])).toBe(6);
    await clock.advance(1_000);
    await until("both views", () => first.view.get("MSFT") === 20 && second.view.get("IBM") === 20);
    expect([...first.view]).toEqual([
      ["AAPL", 20],
      ["MSFT", 20],
    ]);
    expect(server.sockets.size).toBe(1);
    for (const { batches } of [first, second]) {
      const sequences = batches.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    }
  });

  it("[QH10] nothing comes after an unsubscribe, and the other streams go on", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source, { withEncoder });
    await using client = createStreamClient(server.port);
    const gone = watch(client, ["AAPL"]);
    const kept = watch(client, ["MSFT"]);
    await upstream(source, 2);
    source.tick("AAPL", 1, clock.now());
    source.tick("MSFT", 1, clock.now());
    await clock.advance(50);
    await until("a price", () => gone.view.get("AAPL") === 1 && kept.view.get("MSFT") === 1);
    gone.unsubscribe();
    await until("the end of it", () => server.hub.listCount === 1);
    const { length } = gone.batches;
    source.tick("AAPL", 2, clock.now());
    source.tick("MSFT", 2, clock.now());
    await clock.advance(50);
    await until("the other's price", () => kept.view.get("MSFT") === 2);
    expect(gone.batches).toHaveLength(length);
  });

  it("[QH19] the only client, cut off and back, has its whole snapshot in its first frame, of what came meanwhile", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source, { withEncoder });
    await using client = createStreamClient(server.port);
    const symbols = Array.from({ length: 100 }, (_, place) => `S${place}`);
    const reader = watch(client, symbols);
    await upstream(source, 100);
    for (const symbol of symbols) source.tick(symbol, 1, clock.now());
    await clock.advance(50);
    await until("all prices", () => reader.view.size === 100);
    const before = reader.batches.length;
    for (const socket of server.sockets) socket.terminate();
    await until("nobody reads", () => server.hub.listCount === 0);
    for (const symbol of symbols) source.tick(symbol, 2, clock.now());
    await until("the client again", () => reader.batches.length > before);
    const first = reader.batches.slice(before).find(({ quotes }) => quotes.length > 0);
    expect([first?.sequence, first?.quotes.length]).toEqual([0, 100]);
    expect(first?.quotes.every(([, , , , , last]) => last === 2)).toBe(true);
    // Nothing was asked of the broker again.
    expect(source.subscribed).toBe(100);
  });

  it("[QH11] after a cut, and after a restart of the server, a whole snapshot comes again", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    const server = await createStreamServer(clock, source, { withEncoder });
    await using client = createStreamClient(server.port);
    const reader = watch(client, ["AAPL", "MSFT"]);
    await upstream(source, 2);
    source.tick("AAPL", 1, clock.now());
    await clock.advance(50);
    await until("a price", () => reader.view.get("AAPL") === 1);
    for (const socket of server.sockets) socket.terminate();
    source.tick("MSFT", 2, clock.now());
    await until("the snapshot", () => reader.batches.findLast(({ sequence }) => sequence === 0)?.quotes.length === 2);
    const { port } = server;
    await server[Symbol.asyncDispose]();
    const before = reader.batches.length;
    const later = new HandSource();
    await using again = await createStreamServer(clock, later, { withEncoder, port });
    await upstream(later, 2);
    later.tick("AAPL", 7, clock.now());
    await clock.advance(50);
    await until("the new server's price", () => reader.view.get("AAPL") === 7);
    expect(reader.batches[before]?.sequence).toBe(0);
    expect(again.hub.upstreamCount).toBe(2);
  });
});

describe("what is handed off", () => {
  it("[QH12] tRPC's experimental_encoder still meets each item, with its request's id: if this fails, ws/handoffEncoder.ts no longer fits tRPC", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source);
    const raw = new WebSocket(`ws://127.0.0.1:${server.port}`);
    const frames: string[] = [];
    raw.on("message", (data: Buffer) => frames.push(data.toString()));
    await new Promise((resolve) => raw.once("open", resolve));
    const params = { path: "quotes", input: { symbols: ["AAPL"], intervalMs: 50 } };
    raw.send(JSON.stringify({ id: 41, jsonrpc: "2.0", method: "subscription", params }));
    await until("the snapshot", () => frames.length === 2);
    await upstream(source, 1);
    source.tick("AAPL", 1, clock.now());
    await clock.advance(50);
    await until("a batch", () => frames.length === 3);
    // Without the hand-off the placeholder comes first, and then the snapshot: two of sequence 0.
    const own = '{"id":41,"jsonrpc":"2.0","result":{"type":"data","data":{"sequence":';
    expect(frames[1]?.startsWith(`${own}0,`)).toBe(true);
    expect(frames[2]?.startsWith(`${own}1,`)).toBe(true);
    expect(server.hub.listCount).toBe(1);
    raw.terminate();
  });

  it("[QH13] ten thousand subscriptions that come and go leave nothing behind", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source);
    await using client = createStreamClient(server.port);
    const kept = watch(client, ["KEPT"]);
    await upstream(source, 1);
    for (let round = 0; round < 100; round += 1) {
      const group = Array.from({ length: 100 }, (_, place) =>
        watch(client, [`S${place % 7}`, "KEPT"], 16 + (place % 3)),
      );
      if (round % 2 === 0) await client.api.echo.query("all of them are in");
      for (const each of group) each.unsubscribe();
    }
    await client.api.echo.query("all of them are out");
    await until("the last one out", () => server.hub.listCount === 1);
    expect([server.hub.upstreamCount, server.hub.cachedCount]).toEqual([1, 0]);
    source.tick("KEPT", 3, clock.now());
    await clock.advance(50);
    await until("the price of the one that stayed", () => kept.view.get("KEPT") === 3);
    // One for the sweep, whatever came and went.
    expect(clock.pendingTimers).toBeLessThanOrEqual(2);
  });

  it("[QH14] a client that stops reading costs a bounded backlog and delays nobody; when it reads again it gets the newest", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source);
    await using healthy = createStreamClient(server.port);
    const symbols = Array.from({ length: 200 }, (_, place) => `S${place}`);
    const view = watch(healthy, symbols, 16);
    const stalled = await stalledReader(server.port, symbols);
    await until("both readers", () => server.sockets.size === 2);
    await upstream(source, 200);
    const backlog = () => Math.max(...[...server.sockets].map(({ bufferedAmount }) => bufferedAmount));
    let price = 0;
    let largest = 0;
    // Some 20 MB in all: more than the kernel takes for a reader that is asleep.
    for (let flush = 0; flush < 800; flush += 1) {
      price += 1;
      for (const symbol of symbols) source.tick(symbol, price, clock.now());
      await clock.advance(16);
      if (flush % 20 === 0) await until("the healthy one", () => view.view.get("S199") === price);
      largest = Math.max(largest, backlog());
    }
    await until("the healthy one", () => view.view.get("S199") === price);
    // 64 KiB, and the batch that crossed the line.
    expect(largest).toBeGreaterThan(65_536);
    expect(largest).toBeLessThan(65_536 + 64_000);
    stalled.resume();
    await until("the newest", async () => {
      await clock.advance(16);
      return stalled.text().includes(`"S199",${price - 0.01},`);
    });
    stalled.end();
  });
});

describe("the tape", () => {
  it("[QH15] every tick comes once and in order, in bundles; nothing is conflated", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source);
    await using client = createStreamClient(server.port);
    const bundles: TickBatch[] = [];
    client.api.ticks.subscribe({ symbols: ["AAPL", "MSFT"] }, { onData: (bundle) => void bundles.push(bundle) });
    const conflated = watch(client, ["AAPL"]);
    await upstream(source, 2);
    await until("the first bundle", () => bundles.length === 1);
    for (let price = 1; price <= 500; price += 1) {
      source.tick(price % 3 === 0 ? "MSFT" : "AAPL", price, clock.now());
      if (price % 7 === 0) await clock.advance(10);
    }
    await clock.advance(50);
    const prices = () => bundles.flatMap(({ ticks }) => ticks.map(([, last]) => last));
    await until("all ticks", () => prices().length === 500);
    expect(prices()).toEqual(Array.from({ length: 500 }, (_, place) => place + 1));
    expect(bundles.every(({ missed }) => missed === 0)).toBe(true);
    // Both kinds hold a symbol upstream once.
    expect(source.subscribed).toBe(2);
    await until("the conflated view", () => conflated.view.get("AAPL") === 500);
  });

  it("[QH15] a slow reader is told how many ticks it missed, also when no more come", async () => {
    const clock = new FakeClock();
    const source = new HandSource();
    await using server = await createStreamServer(clock, source);
    const bundles: TickBatch[] = [];
    let isReady = true;
    const end = server.hub.subscribeTicks({ connectionId: connectionId("c1"), symbols: ["AAPL"] }, source, {
      isReady: () => isReady,
      send: (item) => void bundles.push(item.value()),
    });
    await clock.advance(0);
    isReady = false;
    for (let price = 1; price <= 30; price += 1) source.tick("AAPL", price, clock.now());
    await clock.advance(100);
    isReady = true;
    await clock.advance(10);
    source.tick("AAPL", 31, clock.now());
    await clock.advance(10);
    expect(bundles.map(({ missed, ticks }) => [missed, ticks.map(([, last]) => last)])).toEqual([
      [0, []],
      [30, []],
      [0, [31]],
    ]);
    end();
    end();
    await clock.advance(16_000);
    expect(server.hub.upstreamCount).toBe(0);
  });
});

/** A client on a bare connection that subscribes, and reads nothing until it is told to. */
async function stalledReader(port: number, symbols: readonly string[]) {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(
    [
      "GET / HTTP/1.1",
      "host: desk",
      "connection: upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
      "\r\n",
    ].join("\r\n"),
  );
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  const params = { path: "quotes", input: { symbols, intervalMs: 16 } };
  const payload = Buffer.from(JSON.stringify({ id: 1, jsonrpc: "2.0", method: "subscription", params }));
  const header = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  socket.write(Buffer.concat([header, payload]));
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.pause();
  return {
    resume: () => void socket.resume(),
    text: () => Buffer.concat(chunks).subarray(-200_000).toString("latin1"),
    end: () => void socket.destroy(),
  };
}
