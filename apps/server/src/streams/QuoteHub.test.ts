import { connectionId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import type { QuoteBatch } from "../wire/marketData.ts";
import type { EncodedItem, StreamSink } from "./EncodedItem.ts";
import { HandSource } from "../testing/HandSource.ts";
import { QuoteHub } from "./QuoteHub.ts";

const CONNECTION = connectionId("c1");
const log = createLogger("silent");

class Reader implements StreamSink<QuoteBatch> {
  readonly batches: QuoteBatch[] = [];
  ready = true;

  isReady(): boolean {
    return this.ready;
  }

  send(batch: EncodedItem<QuoteBatch>): void {
    const value = batch.value();
    // The JSON that a socket gets says the same.
    if (batch.json() !== JSON.stringify(value)) throw new Error(`${batch.json()} is not ${JSON.stringify(value)}`);
    this.batches.push(value);
  }

  /** The newest last price of a symbol, as this reader knows it. */
  last(symbol: string): number | null | undefined {
    return this.batches.flatMap(({ quotes }) => quotes).findLast(([name]) => name === symbol)?.[5];
  }
}

async function setUp() {
  const clock = new FakeClock();
  const hub = new QuoteHub(clock, log);
  const source = new HandSource();
  const watch = (symbols: readonly string[], reader: Reader, intervalMs = 50) =>
    hub.subscribe({ connectionId: CONNECTION, symbols, intervalMs }, source, reader);
  return { clock, hub, source, watch };
}

describe("the quote hub", () => {
  it("[QH1] subscribes a symbol upstream once for all who watch it, and lets go with the last", async () => {
    const { clock, hub, source, watch } = await setUp();
    const ends = [
      watch(["AAPL", "AAPL"], new Reader()),
      watch(["AAPL"], new Reader(), 16),
      watch(["MSFT"], new Reader()),
    ];
    await clock.advance(0);
    expect(source.subscribed).toBe(2);
    source.tick("AAPL", 1, clock.now());
    expect([hub.upstreamCount, hub.cachedCount]).toEqual([2, 1]);
    ends[0]?.();
    expect(hub.upstreamCount).toBe(2);
    for (const end of ends) end();
    for (const end of ends) end();
    // What was never known is not kept, what was known for 15 s.
    expect([hub.upstreamCount, hub.cachedCount]).toEqual([1, 1]);
    await clock.advance(16_000);
    expect([hub.upstreamCount, hub.cachedCount, source.listeners.size, clock.pendingTimers]).toEqual([0, 0, 0, 0]);
  });

  it("[QH18] the only reader that is cut off and comes back has a whole snapshot at once, of what came meanwhile, with true ages", async () => {
    const { clock, source, watch } = await setUp();
    const end = watch(["AAPL", "MSFT"], new Reader());
    await clock.advance(0);
    source.tick("AAPL", 1, clock.now());
    source.tick("MSFT", 2, clock.now());
    await clock.advance(2_000);
    end();
    await clock.advance(6_000);
    source.tick("MSFT", 3, clock.now());
    await clock.advance(6_000);
    source.tick("MSFT", 4, clock.now());
    const back = new Reader();
    watch(["AAPL", "MSFT"], back);
    expect(back.batches[0]?.quotes.map(([symbol, , , , , last, , , , , , feed]) => [symbol, last, feed])).toEqual([
      ["AAPL", 1, "stale"],
      ["MSFT", 4, "streaming"],
    ]);
    expect(source.subscribed).toBe(2);
    await clock.advance(60_000);
    source.tick("AAPL", 5, clock.now());
    await clock.advance(50);
    expect(back.last("AAPL")).toBe(5);
  });

  it("[QH18] what is kept takes no place from what is wanted: each new symbol ends the one that was released first", async () => {
    const { clock, hub, source, watch } = await setUp();
    const ends = ["A", "B", "C"].map((symbol) => watch([symbol], new Reader()));
    await clock.advance(0);
    for (const symbol of ["A", "B", "C"]) source.tick(symbol, 1, clock.now());
    for (const end of ends) end();
    // C is there already, so it is not what goes for D.
    const mixed = new Reader();
    watch(["AA", "C", "D"], mixed);
    await clock.advance(0);
    expect([...source.listeners.keys()].toSorted()).toEqual(["AA", "C", "D"]);
    expect(mixed.batches[0]?.quotes.map(([symbol]) => symbol)).toEqual(["C"]);
    hub.subscribe({ connectionId: connectionId("c2"), symbols: ["E"], intervalMs: 50 }, source, new Reader());
    expect(hub.upstreamCount).toBe(4);
  });

  it("[QH18] keeps no more than 500 of a connection", async () => {
    const { clock, hub, source, watch } = await setUp();
    const symbols = Array.from({ length: 600 }, (_, place) => `S${place}`);
    const end = watch(symbols, new Reader());
    await clock.advance(0);
    for (const symbol of symbols) source.tick(symbol, 1, clock.now());
    end();
    expect([hub.upstreamCount, hub.cachedCount]).toEqual([500, 500]);
  });

  it("[QH2] sends a snapshot first, then only what changed, with sequence and time", async () => {
    const { clock, source, watch } = await setUp();
    const first = new Reader();
    watch(["AAPL", "MSFT"], first);
    expect(first.batches).toEqual([{ sequence: 0, at: clock.now(), quotes: [] }]);
    await clock.advance(0);
    source.tick("AAPL", 10, clock.now());
    source.tick("MSFT", 20, clock.now());
    await clock.advance(50);
    source.tick("AAPL", 11, clock.now());
    await clock.advance(50);
    expect(first.batches.map(({ sequence, quotes }) => [sequence, quotes.map(([symbol]) => symbol)])).toEqual([
      [0, []],
      [1, ["AAPL", "MSFT"]],
      [2, ["AAPL"]],
    ]);
    const second = new Reader();
    watch(["AAPL", "MSFT"], second);
    expect(second.batches[0]?.quotes.map(([symbol, , , , , last]) => [symbol, last])).toEqual([
      ["AAPL", 11],
      ["MSFT", 20],
    ]);
  });

  it("[QH3] conflates to the interval: the latest wins, and silence costs no batch", async () => {
    const { clock, source, watch } = await setUp();
    const reader = new Reader();
    watch(["AAPL"], reader, 100);
    await clock.advance(0);
    for (let count = 1; count <= 50; count += 1) source.tick("AAPL", count, clock.now());
    await clock.advance(1_000);
    expect(reader.batches.map(({ quotes }) => quotes.map(([, , , , , last]) => last))).toEqual([[], [50]]);
  });

  it("[QH17] tells a change after a silence at once, then once an interval, however late timers and ticks are", async () => {
    const { clock, source, watch } = await setUp();
    const reader = new Reader();
    watch(["AAPL"], reader, 50);
    await clock.advance(1_000);
    source.tick("AAPL", 1, clock.now());
    await clock.advance(0);
    expect(reader.last("AAPL")).toBe(1);
    for (let at = 0; at < 994; at += 7) {
      source.tick("AAPL", at, clock.now());
      await clock.advance(7);
    }
    // The snapshot, the first change, and one for each 50 ms of 994.
    expect(reader.batches).toHaveLength(1 + 1 + 19);
  });

  it("[QH4] skips a slow reader and gives it the newest when it drains", async () => {
    const { clock, source, watch } = await setUp();
    const slow = new Reader();
    watch(["AAPL", "MSFT"], slow);
    await clock.advance(0);
    slow.ready = false;
    for (let count = 1; count <= 1_000; count += 1) {
      source.tick(count % 2 === 0 ? "AAPL" : "MSFT", count, clock.now());
      if (count % 100 === 0) await clock.advance(50);
    }
    expect(slow.batches).toHaveLength(1);
    slow.ready = true;
    await clock.advance(50);
    expect(slow.batches).toHaveLength(2);
    expect([slow.last("AAPL"), slow.last("MSFT")]).toEqual([1_000, 999]);
  });

  it("[QH5] says stale after 5 s of silence in an open session, streaming again with the next tick, and never stale when closed", async () => {
    const { clock, source, watch } = await setUp();
    const reader = new Reader();
    watch(["AAPL"], reader);
    await clock.advance(0);
    source.tick("AAPL", 1, clock.now());
    await clock.advance(4_000);
    const feedOf = () => reader.batches.at(-1)?.quotes[0]?.[11];
    expect(feedOf()).toBe("streaming");
    await clock.advance(2_100);
    expect(feedOf()).toBe("stale");
    source.tick("AAPL", 2, clock.now());
    await clock.advance(50);
    expect(feedOf()).toBe("streaming");
    source.isOpen = false;
    await clock.advance(60_000);
    expect(feedOf()).toBe("streaming");
  });

  it("[QH6] asks again while the connection is away, and after it was closed", async () => {
    const { clock, source, watch } = await setUp();
    const reader = new Reader();
    source.isDown = true;
    watch(["AAPL"], reader);
    await clock.advance(3_000);
    expect(source.subscribed).toBe(0);
    source.isDown = false;
    await clock.advance(1_000);
    source.tick("AAPL", 5, clock.now());
    await clock.advance(50);
    expect(reader.last("AAPL")).toBe(5);
    source.ends.get("AAPL")?.();
    await clock.advance(0);
    expect(source.subscribed).toBe(2);
    source.tick("AAPL", 6, clock.now());
    await clock.advance(50);
    expect(reader.last("AAPL")).toBe(6);
  });

  it("[QH6] asks ever more seldom for a symbol that the broker does not know, once a minute at last", async () => {
    const { clock, source, watch } = await setUp();
    source.unknown = 0;
    watch(["ZZZZ"], new Reader());
    await clock.advance(3_600_000);
    expect(source.unknown).toBeGreaterThanOrEqual(60);
    expect(source.unknown).toBeLessThanOrEqual(67);
    source.unknown = null;
    await clock.advance(60_000);
    expect(source.subscribed).toBe(1);
  });

  it("[QH7] leaves no timer and no subscription when it is closed", async () => {
    const { clock, hub, source, watch } = await setUp();
    watch(["AAPL"], new Reader());
    await clock.advance(0);
    source.tick("AAPL", 1, clock.now());
    await hub[Symbol.asyncDispose]();
    expect(clock.pendingTimers).toBe(0);
    expect(source.listeners.size).toBe(0);
  });

  it("[QH22] why a symbol has no price is told as it changes, also to who comes later, and no more once it has one", async () => {
    const { clock, source, watch } = await setUp();
    const reader = new Reader();
    const absences = (of: Reader) => of.batches.flatMap(({ absent }) => absent ?? []);
    source.unknown = 0;
    watch(["AAPL"], reader);
    await clock.advance(50);
    expect(absences(reader)).toEqual([["AAPL", "unknown_symbol"]]);
    await clock.advance(10_000);
    expect(source.unknown).toBeGreaterThan(2);
    expect(absences(reader), "asked again, and no news").toHaveLength(1);
    source.unknown = null;
    source.isDown = true;
    await clock.advance(60_000);
    expect(absences(reader).at(-1)).toEqual(["AAPL", "no_answer"]);
    const later = new Reader();
    watch(["AAPL"], later);
    expect(later.batches[0]?.absent, "in the snapshot").toEqual([["AAPL", "no_answer"]]);
    source.isDown = false;
    await clock.advance(60_000);
    expect(absences(reader).slice(1)).toEqual([
      ["AAPL", "no_answer"],
      ["AAPL", "awaited"],
    ]);
    source.tick("AAPL", 1, clock.now());
    await clock.advance(50);
    expect(reader.last("AAPL")).toBe(1);
    // Of what was known once the newest value is kept, and grows stale: a source that goes says nothing of absence.
    source.isDown = true;
    source.listeners.delete("AAPL");
    source.ends.get("AAPL")?.();
    await clock.advance(60_000);
    expect(absences(reader)).toHaveLength(3);
    const last = new Reader();
    watch(["AAPL"], last);
    expect([last.batches[0]?.absent, last.last("AAPL")]).toEqual([undefined, 1]);
  });

  it("[QH22] a symbol that only waits for its first price is said to be nothing else", async () => {
    const { clock, watch } = await setUp();
    const reader = new Reader();
    watch(["AAPL"], reader);
    await clock.advance(5_000);
    expect(reader.batches).toEqual(
      [{ sequence: 0, at: 0, quotes: [] }].map((batch) => ({ ...batch, at: reader.batches[0]?.at })),
    );
  });
});
