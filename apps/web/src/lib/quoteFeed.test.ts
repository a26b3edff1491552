import { expect, test } from "vitest";
import { aTuple } from "../testing/builders.ts";
import { fakeClock } from "../testing/fakeClock.ts";
import { createQuoteFeed } from "./quoteFeed.ts";
import { createQuoteStore } from "./quoteStore.ts";
import type { SubscriptionEvents } from "./keepSubscribed.ts";
import type { QuoteBatch } from "@trenddojo/server/wire";

function aFeed(isAccepting = () => true) {
  const clock = fakeClock();
  const store = createQuoteStore((flush) => flush(), clock);
  const open: { connectionId: string; symbols: string[]; events: SubscriptionEvents<QuoteBatch> }[] = [];
  const feed = createQuoteFeed({
    clock,
    store,
    open: (input, events) => {
      const subscription = { ...input, events };
      open.push(subscription);
      if (isAccepting()) events.onStarted();
      return { unsubscribe: () => void open.splice(open.indexOf(subscription), 1) };
    },
    onError: () => undefined,
  });
  return { clock, store, feed, open };
}

test("[UQ6] all symbols of a page are one subscription, and a symbol shown twice is asked for once", () => {
  const { clock, feed, open } = aFeed();
  feed.retain("c", "MSFT");
  feed.retain("c", "AAPL");
  const release = feed.retain("c", "AAPL");
  clock.advance(100);
  expect(open.map((subscription) => subscription.symbols)).toEqual([["AAPL", "MSFT"]]);
  release();
  clock.advance(100);
  expect(open.map((subscription) => subscription.symbols)).toEqual([["AAPL", "MSFT"]]);
});

test("[UQ7] what nobody shows is asked for no longer, and nothing stays open behind it", () => {
  const { clock, feed, open } = aFeed();
  const releases = [feed.retain("c", "AAPL"), feed.retain("c", "MSFT")];
  clock.advance(100);
  releases[0]?.();
  releases[0]?.();
  clock.advance(400);
  expect(open.map((subscription) => subscription.symbols)).toEqual([["MSFT"]]);
  releases[1]?.();
  clock.advance(400);
  expect(open).toEqual([]);
});

test("[UQ8] a move from page to page that ends with the same symbols does not touch the subscription", () => {
  const { clock, feed, open } = aFeed();
  const release = feed.retain("c", "AAPL");
  clock.advance(100);
  const before = open[0];
  release();
  feed.retain("c", "AAPL");
  clock.advance(100);
  expect(open).toEqual([before]);
});

test("[UQ9] a subscription that the server ends is opened again, later each time", () => {
  const { clock, store, feed, open } = aFeed();
  feed.retain("c", "AAPL");
  clock.advance(100);
  open[0]?.events.onError(new Error("the desk restarts"));
  open.splice(0);
  clock.advance(499);
  expect(open).toEqual([]);
  clock.advance(1);
  open[0]?.events.onData({ sequence: 0, at: 5, quotes: [aTuple("AAPL", 187, 5)] });
  expect(store.get("c", "AAPL")?.last).toBe(187);
});

test("[UQ10] a list that changes with every frame is asked for anew twice or three times a second, and is right at the end", () => {
  const { clock, feed, open } = aFeed();
  const asked = new Set<unknown>();
  let release = feed.retain("c", "S0");
  for (let frame = 1; frame <= 600; frame += 1) {
    release();
    release = feed.retain("c", `S${frame}`);
    clock.advance(16);
    for (const each of open) asked.add(each);
  }
  clock.advance(400);
  expect(open.map(({ symbols }) => symbols)).toEqual([["S600"]]);
  expect(asked.size).toBeGreaterThan(15);
  expect(asked.size).toBeLessThanOrEqual(25);
});

test("[UQ11] a list that the desk refuses takes nothing away from the one before", () => {
  let isAccepting = true;
  const { clock, feed, open } = aFeed(() => isAccepting);
  feed.retain("c", "AAPL");
  clock.advance(400);
  isAccepting = false;
  feed.retain("c", "MSFT");
  clock.advance(400);
  expect(open.map(({ symbols }) => symbols)).toEqual([["AAPL"], ["AAPL", "MSFT"]]);
  open[1]?.events.onStarted();
  expect(open.map(({ symbols }) => symbols)).toEqual([["AAPL", "MSFT"]]);
});
