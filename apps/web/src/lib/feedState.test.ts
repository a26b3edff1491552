import { expect, test } from "vitest";
import { aTuple } from "../testing/builders.ts";
import { fakeClock } from "../testing/fakeClock.ts";
import { feedStateOf, quoteAgeMs } from "./feedState.ts";
import { createQuoteStore } from "./quoteStore.ts";
import type { QuoteTuple } from "@trenddojo/server/wire";

function aQuote(feed: QuoteTuple[11], ageAtServerMs: number, arrivedAt: number) {
  const store = createQuoteStore((flush) => flush(), fakeClock());
  store.apply("c", { sequence: 0, at: 50_000, quotes: [aTuple("AAPL", 187, 50_000 - ageAtServerMs, feed)] }, arrivedAt);
  return store.get("c", "AAPL");
}

test("[UF1] a streaming price turns stale after five seconds without a message, whatever the two clocks say", () => {
  const quote = aQuote("streaming", 0, 7_000);
  expect(feedStateOf(quote, 12_000)).toBe("streaming");
  expect(feedStateOf(quote, 12_001)).toBe("stale");
});

test("[UF2] the age that a price had at the server counts", () => {
  const quote = aQuote("streaming", 4_000, 7_000);
  expect(quote === undefined ? 0 : quoteAgeMs(quote, 8_500)).toBe(5_500);
  expect(feedStateOf(quote, 8_500)).toBe("stale");
});

test("[UF3] a closed market and a snapshot are called what they are and never stale", () => {
  expect(feedStateOf(aQuote("closed", 0, 0), 3_600_000)).toBe("closed");
  expect(feedStateOf(aQuote("snapshot", 0, 0), 3_600_000)).toBe("snapshot");
});

test("[UF4] an unknown price has no state, and a stale one of the server stays stale", () => {
  expect(feedStateOf(undefined, 0)).toBe("none");
  expect(feedStateOf(aQuote("stale", 0, 0), 1)).toBe("stale");
});
