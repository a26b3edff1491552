import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { keepSubscribed } from "./keepSubscribed.ts";
import type { SubscriptionEvents } from "./keepSubscribed.ts";

function aSubscription() {
  const clock = fakeClock();
  const opened: SubscriptionEvents<number>[] = [];
  const seen: number[] = [];
  let stopped = 0;
  const stop = keepSubscribed<number>({
    clock,
    open: (events) => {
      opened.push(events);
      return { unsubscribe: () => void (stopped += 1) };
    },
    onData: (value) => void seen.push(value),
  });
  return { clock, opened, seen, stop, stops: () => stopped };
}

test("[US1] an ended subscription is opened again after 0.5, 1, 2 … and at most 10 seconds; data sets the pause back", () => {
  const { clock, opened } = aSubscription();
  const waits: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const before = opened.length;
    const start = clock.monotonic();
    opened.at(-1)?.onError(new Error("gone"));
    while (opened.length === before) clock.advance(100);
    waits.push(clock.monotonic() - start);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  opened.at(-1)?.onData(1);
  const count = opened.length;
  opened.at(-1)?.onComplete();
  clock.advance(500);
  expect(opened.length).toBe(count + 1);
});

test("[US2] an error and the end that follows it open one subscription, not two", () => {
  const { clock, opened } = aSubscription();
  opened[0]?.onError(new Error("gone"));
  opened[0]?.onComplete();
  clock.advance(60_000);
  expect(opened.length).toBe(2);
});

test("[US3] after the stop nothing is heard and nothing is opened", () => {
  const { clock, opened, seen, stop, stops } = aSubscription();
  opened[0]?.onError(new Error("gone"));
  stop();
  opened[0]?.onData(1);
  clock.advance(60_000);
  expect([opened.length, seen, stops()]).toEqual([1, [], 1]);
});
