import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { withTimeout } from "./withTimeout.ts";

const never = new Promise<never>(() => undefined);
const fate = (work: Promise<unknown>) => {
  const seen: unknown[] = [];
  work.then(
    (value) => seen.push(value),
    (error: unknown) => seen.push(error),
  );
  return seen;
};

it("[WT1] a call that heeds no signal ends soon after its time, with an unknown outcome", async () => {
  const clock = new FakeClock();
  const signals: AbortSignal[] = [];
  const seen = fate(
    withTimeout(clock, 1_000, (signal) => {
      signals.push(signal);
      return never;
    }),
  );
  await clock.advance(999);
  expect(signals[0]?.aborted).toBe(false);
  await clock.advance(1);
  expect(signals[0]?.aborted).toBe(true);
  expect(seen).toEqual([]);
  await clock.advance(500);
  expect(seen).toMatchObject([{ code: "TIMEOUT", outcome: "unknown", details: { waitedMs: 1_500 } }]);
});

it("[WT1] what it says itself when it is told to stop counts", async () => {
  const clock = new FakeClock();
  const seen = fate(
    withTimeout(
      clock,
      1_000,
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("was not sent")));
        }),
    ),
  );
  await clock.advance(1_000);
  expect(seen).toMatchObject([{ message: "was not sent" }]);
  expect(clock.pendingTimers).toBe(0);
});

it("[WT2] a stop ends it as its time does; after the stop nothing is called", async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  const seen = fate(withTimeout(clock, 60_000, () => never, stop.signal));
  stop.abort();
  await clock.advance(500);
  expect(seen).toMatchObject([{ code: "TIMEOUT" }]);
  let calls = 0;
  const late = withTimeout(clock, 60_000, () => Promise.resolve((calls += 1)), stop.signal);
  await expect(late).rejects.toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
  expect(calls).toBe(0);
});

it("[WT3] an answer in time leaves no timer and no listener behind, nor does one that throws at once", async () => {
  const clock = new FakeClock();
  expect(await withTimeout(clock, 1_000, () => Promise.resolve("answer"))).toBe("answer");
  await expect(
    withTimeout(clock, 1_000, () => {
      throw new Error("at once");
    }),
  ).rejects.toThrow("at once");
  expect(clock.pendingTimers).toBe(0);
});
