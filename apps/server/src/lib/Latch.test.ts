import { describe, expect, it } from "vitest";
import { Latch } from "./Latch.ts";

describe("the latch", () => {
  it("[LL1] a mark set any number of times is taken once, also when set before the wait", async () => {
    const latch = new Latch();
    const { signal } = new AbortController();
    latch.set();
    latch.set();
    expect(await latch.wait(signal)).toBe(true);
    let woken = false;
    const waiting = latch.wait(signal).then(() => (woken = true));
    await Promise.resolve();
    expect(woken).toBe(false);
    latch.set();
    await waiting;
  });

  it("[LL2] an abort ends the wait with false, and leaves no listener", async () => {
    const latch = new Latch();
    const stop = new AbortController();
    const waiting = latch.wait(stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
    expect(await latch.wait(stop.signal)).toBe(false);
  });
});
