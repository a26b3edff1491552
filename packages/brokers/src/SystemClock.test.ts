import { describe, expect, it } from "vitest";
import { SystemClock } from "./SystemClock.ts";

describe("SystemClock", () => {
  it("[TM6] a sleep resolves no sooner than asked, on the monotonic clock", async () => {
    const clock = new SystemClock();
    const from = clock.monotonic();
    await clock.sleep(20);
    // A timer may fire up to a millisecond early by the finer clock.
    expect(clock.monotonic() - from).toBeGreaterThanOrEqual(19);
  });

  it("[TM3] an aborted sleep rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const sleeping = new SystemClock().sleep(3_600_000, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(sleeping).rejects.toThrow("enough");
  });

  it("[TM7] a timer longer than 2^31 ms does not fire at once", async () => {
    const clock = new SystemClock();
    const fired: string[] = [];
    using _long = clock.setTimer(2 ** 31 + 1_000, () => fired.push("long"));
    await clock.sleep(15);
    expect(fired).toEqual([]);
  });
});
