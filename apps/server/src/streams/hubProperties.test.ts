import { connectionId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { HandSource } from "../testing/HandSource.ts";
import type { QuoteBatch, TickBatch } from "../wire/marketData.ts";
import type { EncodedItem, StreamSink } from "./EncodedItem.ts";
import { QuoteHub } from "./QuoteHub.ts";

const CONNECTION = connectionId("c1");
const SYMBOLS = ["A", "B", "C", "D"] as const;
/** What is known is kept this long after its last reader, and looked at once a second. */
const FORGOTTEN_MS = 17_000;

/** A reader of quotes, as a browser is: what it was told of each symbol, and when it may be told more. */
class Reader implements StreamSink<QuoteBatch> {
  readonly told = new Map<string, (number | null)[]>();
  readonly sequences: number[] = [];
  isAwake = true;

  isReady(): boolean {
    return this.isAwake;
  }

  send(item: EncodedItem<QuoteBatch>): void {
    const { sequence, quotes } = item.value();
    this.sequences.push(sequence);
    for (const [symbol, , , , , last] of quotes) this.told.set(symbol, [...(this.told.get(symbol) ?? []), last]);
  }

  /** The newest price of each symbol. */
  get view(): Record<string, number | null | undefined> {
    return Object.fromEntries([...this.told].map(([symbol, prices]) => [symbol, prices.at(-1)]));
  }
}

/** A reader of every tick. */
class Tape implements StreamSink<TickBatch> {
  readonly told: (number | null)[] = [];

  isReady(): boolean {
    return true;
  }

  send(item: EncodedItem<TickBatch>): void {
    this.told.push(...item.value().ticks.map(([, last]) => last));
  }
}

interface Watch {
  readonly symbols: readonly string[];
  readonly reader: Reader;
  readonly leave: () => void;
  /** The newest price of each symbol that came from upstream while it read. */
  readonly due: Map<string, number>;
  /** How many messages it had when it left; null while it reads. */
  leftAt: number | null;
}

interface TapeWatch {
  readonly symbols: readonly string[];
  readonly tape: Tape;
  readonly leave: () => void;
  /** What came from upstream of its symbols while it read. */
  readonly due: number[];
  isOver: boolean;
}

const lists = fc.uniqueArray(fc.constantFrom(...SYMBOLS), { minLength: 1 });
const which = fc.nat({ max: 1_000 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("tick" as const), symbol: fc.constantFrom(...SYMBOLS) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 120 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 500, max: 20_000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("watch" as const),
      symbols: lists,
      intervalMs: fc.constantFrom(16, 50, 250),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("tape" as const), symbols: lists }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("leave" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("end tape" as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("sleep" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wake" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("cut upstream" as const), symbol: fc.constantFrom(...SYMBOLS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("upstream" as const), isDown: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The hub, its readers, and what they were due. */
class Market {
  readonly clock = new FakeClock();
  readonly hub = new QuoteHub(this.clock, createLogger("silent"));
  readonly source = new HandSource();
  readonly watches: Watch[] = [];
  readonly tapes: TapeWatch[] = [];
  #price = 0;

  watch(symbols: readonly string[], intervalMs = 50): Watch {
    const reader = new Reader();
    const leave = this.hub.subscribe({ connectionId: CONNECTION, symbols, intervalMs }, this.source, reader);
    const watch: Watch = { symbols, reader, leave, due: new Map(), leftAt: null };
    this.watches.push(watch);
    return watch;
  }

  async take(step: Step): Promise<void> {
    if (step.kind === "tick") this.#tick(step.symbol);
    if (step.kind === "pass") await this.clock.advance(step.ms);
    if (step.kind === "watch") this.watch(step.symbols, step.intervalMs);
    if (step.kind === "tape") this.#openTape(step.symbols);
    if (step.kind === "leave") this.leave(pick(this.watches, step.which));
    if (step.kind === "end tape") endTape(pick(this.tapes, step.which));
    if (step.kind === "sleep" || step.kind === "wake") {
      const watch = pick(this.watches, step.which);
      if (watch !== undefined) watch.reader.isAwake = step.kind === "wake";
    }
    if (step.kind === "cut upstream") {
      // As a broker does it: what is cut is not told any more, and says that it ended.
      this.source.listeners.delete(step.symbol);
      this.source.ends.get(step.symbol)?.();
    }
    if (step.kind === "upstream") this.source.isDown = step.isDown;
  }

  leave(watch: Watch | undefined): void {
    if (watch === undefined) return;
    // Whoever left may say so again: it takes nothing from who came since.
    watch.leave();
    if (watch.leftAt !== null) return;
    watch.leftAt = watch.reader.sequences.length;
  }

  /** Everybody reads, everything is up, and enough time passes for the slowest interval and for the next look upstream. */
  async quiesce(): Promise<void> {
    this.source.isDown = false;
    for (const { reader } of this.watches) reader.isAwake = true;
    await this.clock.advance(1_500);
  }

  /** Everybody leaves, and each symbol ticks once more. */
  leaveAll(): void {
    for (const watch of this.watches) this.leave(watch);
    for (const tape of this.tapes) endTape(tape);
    for (const symbol of SYMBOLS) this.#tick(symbol);
  }

  #openTape(symbols: readonly string[]): void {
    const tape = new Tape();
    const leave = this.hub.subscribeTicks({ connectionId: CONNECTION, symbols }, this.source, tape);
    this.tapes.push({ symbols, tape, leave, due: [], isOver: false });
  }

  #tick(symbol: string): void {
    this.#price += 1;
    if (!this.source.listeners.has(symbol)) return;
    for (const { symbols, due, leftAt } of this.watches)
      if (leftAt === null && symbols.includes(symbol)) due.set(symbol, this.#price);
    for (const { symbols, due, isOver } of this.tapes) if (!isOver && symbols.includes(symbol)) due.push(this.#price);
    this.source.tick(symbol, this.#price, this.clock.now());
  }
}

const pick = <Each>(all: readonly Each[], at: number): Each | undefined => all[at % Math.max(1, all.length)];

function endTape(watch: TapeWatch | undefined): void {
  if (watch === undefined || watch.isOver) return;
  watch.leave();
  watch.isOver = true;
}

/** Whatever came: what must hold of every reader that there was. */
function expectTrue({ watches, tapes }: Market): void {
  for (const { symbols, reader, leftAt } of watches) {
    const rising = [...reader.sequences].toSorted((a, b) => a - b);
    expect(reader.sequences, "sequences only grow, from the snapshot's 0").toEqual([...new Set(rising)]);
    expect(reader.sequences[0]).toBe(0);
    expect(reader.sequences, "nothing is told after it left").toHaveLength(leftAt ?? reader.sequences.length);
    for (const [symbol, prices] of reader.told) {
      expect(symbols, "nothing is told that was not asked for").toContain(symbol);
      expect(prices, `${symbol} is told in its order`).toEqual(prices.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    }
  }
  for (const { tape, due, isOver } of tapes)
    expect(tape.told, "a tape tells each tick once, in order").toEqual(isOver ? due.slice(0, tape.told.length) : due);
}

it("[QH8] whoever comes, goes, sleeps and is cut: after quiet every view is the server's, in order, and nobody is told after leaving", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
      const market = new Market();
      for (const each of steps) await market.take(each);
      await market.quiesce();
      for (const { symbols, reader, due, leftAt } of market.watches.slice()) {
        if (leftAt !== null) continue;
        expect(reader.view, "the newest of all that came is known").toMatchObject(Object.fromEntries(due));
        // Who comes now is told all that the server knows.
        const late = market.watch(symbols);
        expect(reader.view).toEqual(late.reader.view);
      }
      expectTrue(market);
      market.leaveAll();
      const { hub, source, clock } = market;
      expect(clock.pendingTimers, "what nobody reads is not flushed: there is the sweep").toBeLessThanOrEqual(1);
      await clock.advance(FORGOTTEN_MS);
      expectTrue(market);
      expect(
        [hub.listCount, hub.upstreamCount, hub.cachedCount, source.listeners.size, clock.pendingTimers],
        "nothing is left of anybody",
      ).toEqual([0, 0, 0, 0, 0]);
    }),
    { numRuns: 300, verbose: 1 },
  );
});

it("[QH8] nothing is left of 10,000 readers that came and went, whenever they went", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 40 }), { minLength: 100, maxLength: 100 }), async (stays) => {
      const market = new Market();
      const { clock, hub, source } = market;
      for (let round = 0; round < 100; round += 1) {
        for (const [at, stay] of stays.entries()) {
          const watch = market.watch([`S${at}`, `S${(at * stay) % 100}`], 16 + stay);
          if (stay % 3 === 0) market.leave(watch);
        }
        await clock.advance(stays[round] ?? 0);
        source.tick(`S${round}`, round + 1, clock.now());
        for (const watch of market.watches) market.leave(watch);
        market.watches.length = 0;
      }
      expect(hub.listCount).toBe(0);
      await clock.advance(FORGOTTEN_MS);
      expect([hub.upstreamCount, hub.cachedCount, source.listeners.size, clock.pendingTimers]).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: 3, verbose: 1 },
  );
});
