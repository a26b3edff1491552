import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { DeskError } from "../DeskError.ts";
import { RateLimiter } from "./RateLimiter.ts";

describe("the rate limiter", () => {
  it("[RL1] lets a burst through, then one as tokens come back, and says how long to wait", async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    for (let count = 0; count < 20; count += 1) expect(limiter.tryTake("order", "ada")).toBe(0);
    expect(limiter.tryTake("order", "ada")).toBe(1);
    await clock.advance(100);
    expect(limiter.tryTake("order", "ada")).toBe(0);
    expect(limiter.tryTake("order", "ada")).toBe(1);
  });

  it("[RL2] keeps people and buckets apart: orders never hold back a cancel", () => {
    const limiter = new RateLimiter(new FakeClock());
    while (limiter.tryTake("order", "ada") === 0);
    expect(limiter.tryTake("cancel", "ada")).toBe(0);
    expect(limiter.tryTake("order", "grace")).toBe(0);
  });

  it("[SV414] says that there is no token without taking one", () => {
    const limiter = new RateLimiter(new FakeClock());
    for (let count = 0; count < 100; count += 1) limiter.assertAny("password", "ada");
    for (let count = 0; count < 5; count += 1) limiter.take("password", "ada");
    expect(() => limiter.assertAny("password", "ada")).toThrow(DeskError);
  });

  it("[RL3] gives a token back, and never more than the burst", async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    for (let count = 0; count < 5; count += 1) limiter.take("password", "ada");
    limiter.giveBack("password", "ada");
    limiter.take("password", "ada");
    expect(() => limiter.take("password", "ada")).toThrow(DeskError);
    await clock.advance(3_600_000);
    for (let count = 0; count < 5; count += 1) limiter.take("password", "ada");
    expect(() => limiter.take("password", "ada")).toThrow("12 s");
  });

  it("[RL4] forgets the quietest keys before it grows: any number of invented names costs little memory", async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock);
    for (let name = 0; name < 60_000; name += 1) limiter.tryTake("password", `name${name}`);
    expect(limiter.size).toBeLessThanOrEqual(20_000);
  });
});
