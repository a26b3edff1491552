import { getEventListeners } from "node:events";
import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { StopFan } from "./StopFan.ts";
import { withTimeout } from "./withTimeout.ts";

const never = new Promise<never>(() => undefined);

it("[WT4] however many calls wait, one listener is on the signal, and the stop ends them all", async () => {
  const stop = new AbortController();
  const fan = new StopFan(stop.signal);
  const clock = new FakeClock();
  const codes: unknown[] = [];
  const calls = Array.from({ length: 50 }, () =>
    withTimeout(clock, 60_000, () => never, fan).catch((error: unknown) => void codes.push(error)),
  );
  expect([getEventListeners(stop.signal, "abort").length, fan.size]).toEqual([1, 50]);
  stop.abort();
  await clock.advance(500);
  await Promise.all(calls);
  expect(codes).toHaveLength(50);
  expect(fan.size).toBe(0);
});

it("[WT4] a call that has ended leaves nothing behind", async () => {
  const fan = new StopFan(new AbortController().signal);
  await withTimeout(new FakeClock(), 1_000, () => Promise.resolve(), fan);
  expect(fan.size).toBe(0);
});
