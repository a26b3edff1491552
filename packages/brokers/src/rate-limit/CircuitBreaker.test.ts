import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../testing/FakeClock.ts";
import { seededRandom } from "../testing/seededRandom.ts";
import { CircuitBreaker } from "./CircuitBreaker.ts";

let clock: FakeClock;
let breaker: CircuitBreaker;

beforeEach(() => {
  clock = new FakeClock();
  breaker = new CircuitBreaker({ clock, random: seededRandom(1) });
});

function fail(times: number): void {
  for (let count = 0; count < times; count += 1) breaker.pass().failed();
}

/** Waits until a request may go. @returns how long that was, milliseconds. */
async function open(): Promise<number> {
  const blockedMs = breaker.blockedMs() ?? 0;
  await clock.advance(blockedMs);
  return blockedMs;
}

describe("the circuit breaker", () => {
  it("[RL10] opens with the fifth failure in a row", () => {
    fail(4);
    expect(breaker.blockedMs()).toBeNull();
    fail(1);
    expect(breaker.blockedMs()).toBeGreaterThanOrEqual(500);
    expect(breaker.failures).toBe(5);
  });

  it("[RL10] a success in between begins the count anew", () => {
    fail(4);
    breaker.pass().succeeded();
    fail(4);
    expect(breaker.blockedMs()).toBeNull();
  });

  it("[RL10] what nobody waited for counts neither way", () => {
    fail(4);
    breaker.pass().abandoned();
    expect(breaker.blockedMs()).toBeNull();
    fail(1);
    expect(breaker.blockedMs()).not.toBeNull();
  });

  it("[RL10] after its wait one request probes it, and no second one", async () => {
    fail(5);
    await open();
    expect(breaker.blockedMs()).toBeNull();
    const probe = breaker.pass();
    expect(breaker.blockedMs()).toBe(1_000);
    probe.succeeded();
    expect(breaker.blockedMs()).toBeNull();
    fail(4);
    expect(breaker.blockedMs()).toBeNull();
  });

  it("[RL10] each probe that fails doubles the wait, up to a minute", async () => {
    fail(5);
    const waits: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      waits.push(await open());
      fail(1);
    }
    for (const [index, waitedMs] of waits.entries()) {
      const longest = Math.min(60_000, 1_000 * 2 ** index);
      expect(waitedMs).toBeGreaterThanOrEqual(longest / 2);
      expect(waitedMs).toBeLessThanOrEqual(longest);
    }
  });

  it("[RL10] a probe that nobody waits for any more leaves its place to another", async () => {
    fail(5);
    await open();
    breaker.pass().abandoned();
    expect(breaker.blockedMs()).toBeNull();
  });

  it("[RL10] what was sent before it opened makes the wait no longer, and its success ends it", async () => {
    const before = [breaker.pass(), breaker.pass(), breaker.pass()];
    fail(5);
    const blockedMs = breaker.blockedMs();
    before[0]?.failed();
    before[1]?.failed();
    expect(breaker.blockedMs()).toBe(blockedMs);
    before[2]?.succeeded();
    expect(breaker.blockedMs()).toBeNull();
  });
});
