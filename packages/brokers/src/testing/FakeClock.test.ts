import { describe, expect, it } from "vitest";
import { FakeClock } from "./FakeClock.ts";

describe("FakeClock", () => {
  it("[TM1] stands still until it is advanced", async () => {
    const clock = new FakeClock(1_000);
    expect([clock.now(), clock.monotonic()]).toEqual([1_000, 0]);
    await clock.advance(250);
    expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250]);
  });

  it("[TM2] runs due timers in order of time, equals in the order they were set, each at its own instant", async () => {
    const clock = new FakeClock(0);
    const ran: string[] = [];
    for (const [name, delay] of [
      ["late", 30],
      ["first", 10],
      ["second", 10],
      ["never", 31],
    ] as const) {
      clock.setTimer(delay, () => ran.push(`${name}@${clock.now()}`));
    }
    await clock.advance(30);
    expect(ran).toEqual(["first@10", "second@10", "late@30"]);
    expect(clock.pendingTimers).toBe(1);
  });

  it("[TM2] lets a loop that sleeps again within the span run again within the span", async () => {
    const clock = new FakeClock(0);
    const wokeAt: number[] = [];
    const loop = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(10);
        wokeAt.push(clock.now());
      }
    };
    const done = loop();
    await clock.advance(35);
    await done;
    expect(wokeAt).toEqual([10, 20, 30]);
  });

  it("[TM3] an aborted sleep rejects with the signal's reason and leaves no timer", async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(1_000, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(sleeping).rejects.toThrow("enough");
    await expect(clock.sleep(1, { signal: controller.signal })).rejects.toThrow("enough");
    expect(clock.pendingTimers).toBe(0);
  });

  it("[TM3] a disposed timer never runs", async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    clock.setTimer(5, () => ran.push("kept"));
    clock.setTimer(5, () => ran.push("disposed"))[Symbol.dispose]();
    await clock.advance(10);
    expect(ran).toEqual(["kept"]);
  });

  it("[TM4] setting the wall clock back moves neither durations nor timers", async () => {
    const clock = new FakeClock(100_000);
    const ran: number[] = [];
    clock.setTimer(50, () => ran.push(clock.now()));
    clock.setWallTime(5_000);
    expect([clock.now(), clock.monotonic()]).toEqual([5_000, 0]);
    await clock.advance(50);
    expect(ran).toEqual([5_050]);
  });

  it("[TM5] advanceUntil stops when the condition holds, and says so when it never does", async () => {
    const clock = new FakeClock(0);
    await clock.advanceUntil(() => clock.now() >= 45);
    expect(clock.now()).toBe(50);
    await expect(clock.advanceUntil(() => false, 10, 100)).rejects.toThrow("within 100 ms");
  });
});
