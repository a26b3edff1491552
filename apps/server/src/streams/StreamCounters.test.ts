import { connectionId } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { HandSource } from "../testing/HandSource.ts";
import type { EncodedItem } from "./EncodedItem.ts";
import { QuoteHub } from "./QuoteHub.ts";
import { StreamCounters } from "./StreamCounters.ts";

const CONNECTION = connectionId("c1");
const INTERVAL_MS = 50;

it("[SV274] what readers get is what is counted, and a reader that is left out is counted as skipped", async () => {
  const clock = new FakeClock();
  const counters = new StreamCounters();
  const source = new HandSource();
  await using hub = new QuoteHub(clock, createLogger("silent"), counters);
  const got = { messages: 0, quotes: 0, ticks: 0 };
  let isReady = true;
  const request = { connectionId: CONNECTION, symbols: ["AAPL", "MSFT"], intervalMs: INTERVAL_MS };
  const quoteSink = (ready: () => boolean) => ({
    isReady: ready,
    send: (item: EncodedItem<{ readonly quotes: readonly unknown[] }>) => {
      got.messages += 1;
      got.quotes += item.value().quotes.length;
    },
  });
  hub.subscribe(
    request,
    source,
    quoteSink(() => true),
  );
  hub.subscribe(
    request,
    source,
    quoteSink(() => isReady),
  );
  hub.subscribeTicks(request, source, {
    isReady: () => true,
    send: (item) => void (got.ticks += item.value().ticks.length),
  });
  await clock.advance(INTERVAL_MS);
  for (const last of [100, 101, 102]) source.tick("AAPL", last, clock.now());
  isReady = false;
  await clock.advance(0);
  expect(counters).toMatchObject({ ticksIn: 3, quotesFlushed: 1, quotesOut: 1, skips: 1 });
  isReady = true;
  await clock.advance(INTERVAL_MS);
  expect(counters.quotesOut).toBe(got.quotes);
  expect(counters.ticksOut).toBe(got.ticks);
  // The tape's one bundle with something in it is a message too.
  expect(counters.messagesOut).toBe(got.messages + 1);
  expect(got).toEqual({ messages: 4, quotes: 2, ticks: 3 });
});

it("[SV274] a change that many lists are told of is one: conflation is what came for what was told, and never below one", async () => {
  const clock = new FakeClock();
  const counters = new StreamCounters();
  await using hub = new QuoteHub(clock, createLogger("silent"), counters);
  const source = new HandSource();
  const sink = { isReady: () => true, send: () => undefined };
  for (const symbols of [["AAPL"], ["AAPL", "MSFT"], ["AAPL", "TSLA"]]) {
    for (const intervalMs of [16, INTERVAL_MS]) {
      hub.subscribe({ connectionId: connectionId("c1"), symbols, intervalMs }, source, sink);
    }
  }
  await clock.advance(INTERVAL_MS);
  source.tick("AAPL", 1, clock.now());
  await clock.advance(INTERVAL_MS);
  source.tick("AAPL", 2, clock.now());
  await clock.advance(INTERVAL_MS);
  expect(counters).toMatchObject({ ticksIn: 2, quotesFlushed: 2, quotesOut: 12 });
});
