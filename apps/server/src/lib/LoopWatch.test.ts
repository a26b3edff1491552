import type { Clock } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { LoopWatch } from "./LoopWatch.ts";

/** Monotonic time that a test sets, and timers that run only when it says so. */
function handClock() {
  let now = 0;
  let due = (): void => undefined;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: () => Promise.resolve(),
    setTimer: (_ms, callback) => {
      due = callback;
      return { [Symbol.dispose]: () => undefined };
    },
  };
  return { clock, to: (at: number) => void (now = at), tick: () => due() };
}

it("[SV133] a loop that goes round in time has not stalled, however long something else took", () => {
  const { clock, to, tick } = handClock();
  using watch = new LoopWatch(clock, 1_000);
  for (let at = 100; at <= 5_000; at += 100) {
    to(at);
    tick();
  }
  expect(watch.hasStalledSince(0)).toBe(false);
});

it("[SV133] a stall is noticed before its timer could run, and counts for all that began before it", () => {
  const { clock, to, tick } = handClock();
  using watch = new LoopWatch(clock, 1_000);
  to(100);
  tick();
  to(1_100);
  expect(watch.hasStalledSince(90)).toBe(true);
  tick();
  expect(watch.hasStalledSince(90)).toBe(true);
  to(1_200);
  tick();
  expect(watch.hasStalledSince(1_150)).toBe(false);
});
