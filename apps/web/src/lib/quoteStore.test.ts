import fc from "fast-check";
import { expect, test } from "vitest";
import { aTuple } from "../testing/builders.ts";
import { fakeClock } from "../testing/fakeClock.ts";
import { createQuoteStore } from "./quoteStore.ts";

function aStore() {
  const frames: (() => void)[] = [];
  const clock = fakeClock();
  const store = createQuoteStore((flush) => void frames.push(flush), clock);
  return { clock, store, frames, paint: () => frames.splice(0).forEach((frame) => frame()) };
}

test("[UQ1] after any batches and paints, each symbol shows its latest and no watcher of another one was told", () => {
  const symbols = ["AAPL", "MSFT", "SPY"];
  const tick = fc.record({ symbol: fc.constantFrom(...symbols), last: fc.integer({ min: 1, max: 500 }) });
  fc.assert(
    fc.property(
      fc.array(fc.record({ ticks: fc.array(tick, { maxLength: 6 }), paints: fc.boolean() }), { maxLength: 30 }),
      (steps) => {
        const { store, frames, paint } = aStore();
        const told = new Map<string, number>();
        const touched = new Map<string, number>();
        for (const symbol of symbols) store.subscribe("c", symbol, () => told.set(symbol, (told.get(symbol) ?? 0) + 1));
        const latest = new Map<string, number>();
        let pending = new Set<string>();
        const settle = () => {
          paint();
          for (const symbol of pending) touched.set(symbol, (touched.get(symbol) ?? 0) + 1);
          pending = new Set();
        };
        steps.forEach(({ ticks, paints }, sequence) => {
          store.apply(
            "c",
            { sequence, at: 1_000, quotes: ticks.map(({ symbol, last }) => aTuple(symbol, last, 1_000)) },
            sequence * 10,
          );
          for (const { symbol, last } of ticks) {
            latest.set(symbol, last);
            pending.add(symbol);
          }
          expect(frames.length).toBeLessThanOrEqual(1);
          if (paints) settle();
        });
        settle();
        for (const symbol of symbols) {
          expect(store.get("c", symbol)?.last).toBe(latest.get(symbol));
          expect(told.get(symbol) ?? 0).toBe(touched.get(symbol) ?? 0);
        }
      },
    ),
  );
});

test("[UQ2] a quote's identity holds between paints, so that a cell is drawn only for its own change", () => {
  const { store, paint } = aStore();
  store.apply("c", { sequence: 0, at: 5, quotes: [aTuple("AAPL", 187, 5), aTuple("MSFT", 410, 5)] }, 0);
  paint();
  const before = store.get("c", "MSFT");
  store.apply("c", { sequence: 1, at: 6, quotes: [aTuple("AAPL", 188, 6)] }, 10);
  expect(store.get("c", "AAPL")?.last).toBe(187);
  paint();
  expect(store.get("c", "AAPL")?.last).toBe(188);
  expect(store.get("c", "MSFT")).toBe(before);
});

test("[UQ3] connections do not share prices: the same symbol on another one is another quote", () => {
  const { store, paint } = aStore();
  store.apply("paper", { sequence: 0, at: 5, quotes: [aTuple("AAPL", 187, 5)] }, 0);
  paint();
  expect(store.get("other", "AAPL")).toBeUndefined();
});

test("[UQ4] a cell flashes at most four times a second, and keeps the arrow of its last move", () => {
  const { store, paint } = aStore();
  const flashes = new Set<number>();
  for (let step = 0; step <= 40; step += 1) {
    store.apply(
      "c",
      { sequence: step, at: 5, quotes: [aTuple("AAPL", step % 2 === 0 ? 187 : 188, 5)] },
      1_000 + step * 25,
    );
    paint();
    flashes.add(store.get("c", "AAPL")?.flashedAt ?? 0);
  }
  expect(flashes.size - 1).toBeLessThanOrEqual(4);
  store.apply("c", { sequence: 99, at: 5, quotes: [aTuple("AAPL", 187, 5)] }, 9_000);
  paint();
  expect(store.get("c", "AAPL")?.direction).toBe("down");
});

test("[UQ5] after clear nothing of the person before is shown", () => {
  const { store, paint } = aStore();
  store.apply("c", { sequence: 0, at: 5, quotes: [aTuple("AAPL", 187, 5)] }, 0);
  store.clear();
  paint();
  expect(store.get("c", "AAPL")).toBeUndefined();
});

test("[UQ12] a flash ends with the first frame after its time that shows something, or with one of its own", () => {
  const { clock, store, frames, paint } = aStore();
  const isFlashing = () => store.get("c", "AAPL")?.isFlashing;
  let told = 0;
  store.subscribe("c", "AAPL", () => (told += 1));
  const tick = (symbol: string, last: number) => {
    store.apply("c", { sequence: 0, at: 5, quotes: [aTuple(symbol, last, 5)] }, clock.monotonic());
    paint();
  };
  tick("AAPL", 187);
  expect(isFlashing(), "what is shown for the first time has not moved").toBe(false);
  clock.advance(1_000);
  tick("AAPL", 188);
  expect(isFlashing()).toBe(true);
  clock.advance(150);
  tick("MSFT", 410);
  expect([isFlashing(), told]).toEqual([true, 2]);
  clock.advance(50);
  tick("MSFT", 411);
  expect([isFlashing(), told], "beside another one's change").toEqual([false, 3]);
  clock.advance(1_000);
  paint();
  tick("AAPL", 189);
  expect(isFlashing()).toBe(true);
  clock.advance(400);
  expect(frames).toHaveLength(1);
  paint();
  expect([isFlashing(), told], "with nothing else to show").toEqual([false, 5]);
  clock.advance(5_000);
  expect(frames, "then there is nothing to draw").toEqual([]);
});
