import { connectionId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { HandSource } from "../testing/HandSource.ts";
import type { QuoteBatch } from "../wire/marketData.ts";
import type { EncodedItem, StreamSink } from "./EncodedItem.ts";
import { QuoteHub } from "./QuoteHub.ts";
import { StreamCounters } from "./StreamCounters.ts";

const TICKS_A_SECOND = 50_000;
const SECONDS = 4;
const SYMBOLS = Array.from({ length: 500 }, (_, place) => `S${place}`);

/** Keeps only what was told last of each symbol, and how much was told. */
class Screen implements StreamSink<QuoteBatch> {
  readonly view = new Map<string, number | null>();
  ready = true;
  messages = 0;
  largest = 0;

  isReady(): boolean {
    return this.ready;
  }

  send(item: EncodedItem<QuoteBatch>): void {
    const { quotes } = item.value();
    this.messages += 1;
    this.largest = Math.max(this.largest, quotes.length);
    for (const [symbol, , , , , last] of quotes) this.view.set(symbol, last);
  }
}

it("[QH21] 50,000 ticks a second from upstream are conflated and never queued: what is held and what a flush tells is bounded by symbols", async () => {
  const clock = new FakeClock();
  const counters = new StreamCounters();
  const source = new HandSource();
  await using hub = new QuoteHub(clock, createLogger("silent"), counters);
  const screens = [16, 50, 250, 50].map((intervalMs) => {
    const screen = new Screen();
    hub.subscribe({ connectionId: connectionId("c1"), symbols: SYMBOLS, intervalMs }, source, screen);
    return { screen, intervalMs };
  });
  const [, , , sleeper] = screens;
  await clock.advance(0);
  if (sleeper !== undefined) sleeper.screen.ready = false;
  const newest = new Map<string, number>();
  let price = 0;
  for (let at = 0; at < SECONDS * 1_000; at += 1) {
    for (let tick = 0; tick < TICKS_A_SECOND / 1_000; tick += 1) {
      price += 1;
      // Uneven, as a market is: a third of all ticks are of ten symbols.
      const symbol = SYMBOLS[price % 3 === 0 ? price % 10 : (price * 7) % 500] ?? "";
      source.tick(symbol, price, clock.now());
      newest.set(symbol, price);
    }
    // One timer an interval, and the sweep: a tick makes none.
    expect(clock.pendingTimers).toBeLessThanOrEqual(4);
    await clock.advance(1);
  }
  expect(counters.ticksIn).toBe(SECONDS * TICKS_A_SECOND);
  expect([hub.upstreamCount, hub.cachedCount]).toEqual([500, 500]);
  expect(sleeper?.screen.messages).toBe(1);
  if (sleeper !== undefined) sleeper.screen.ready = true;
  await clock.advance(250);
  for (const { screen, intervalMs } of screens) {
    expect(Object.fromEntries(screen.view)).toEqual(Object.fromEntries(newest));
    expect(screen.largest).toBeLessThanOrEqual(500);
    expect(screen.messages).toBeLessThanOrEqual(2 + Math.ceil((SECONDS * 1_000 + 250) / intervalMs));
  }
  // The snapshot, and all that it slept through in one batch.
  expect(sleeper?.screen.messages).toBe(2);
  // Nothing is left to tell.
  const told = counters.messagesOut;
  await clock.advance(1_000);
  expect(counters.messagesOut).toBe(told);
});
