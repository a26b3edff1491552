import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { GuessLimiter } from "./GuessLimiter.ts";
import { KnownAddresses } from "./KnownAddresses.ts";
import { RateLimiter } from "./RateLimiter.ts";

const HOME = "192.0.2.1";

function make() {
  const clock = new FakeClock();
  const guesses = new GuessLimiter(new RateLimiter(clock));
  const passes = (address: string, account = "ada"): boolean => {
    try {
      guesses.begin(account, address);
      return true;
    } catch {
      return false;
    }
  };
  return { clock, guesses, passes };
}

describe("guesses at a password", () => {
  it("[GL1] from one address keep nobody out who comes from another", () => {
    const { passes } = make();
    for (let count = 0; count < 4; count += 1) expect(passes("203.0.113.9")).toBe(true);
    while (passes("203.0.113.9"));
    expect(passes(HOME)).toBe(true);
    expect(passes(HOME, "grace")).toBe(true);
  });

  it("[GL2] from everywhere keep nobody out who has signed in from there before", async () => {
    const { clock, guesses, passes } = make();
    guesses.begin("ada", HOME).succeeded();
    for (let second = 0; second < 120; second += 1) {
      for (let host = 0; host < 50; host += 1) passes(`203.0.113.${host}`);
      if (second % 20 === 0) guesses.begin("ada", HOME).succeeded();
      await clock.advance(1_000);
    }
    expect(passes(HOME)).toBe(true);
  });

  it("[GL3] at one account are at most 30 a minute, however many addresses guess, known ones too", async () => {
    const { clock, guesses, passes } = make();
    const homes = ["198.51.100.1", "198.51.100.2", "198.51.100.3"];
    for (const home of homes) guesses.begin("ada", home).succeeded();
    const perSecond: number[] = [];
    for (let second = 0; second < 180; second += 1) {
      let looked = 0;
      for (let host = 0; host < 100; host += 1) if (passes(`203.0.113.${host}`)) looked += 1;
      for (const home of homes) if (passes(home)) looked += 1;
      perSecond.push(looked);
      await clock.advance(1_000);
    }
    const inMinutes = perSecond.map((_, from) => perSecond.slice(from, from + 60).reduce((sum, each) => sum + each, 0));
    expect(Math.max(...inMinutes)).toBeLessThanOrEqual(30);
  });

  it("[SV412] at made-up names are looked at once a second for long, and keep out nobody who is known", async () => {
    const { clock, guesses, passes } = make();
    guesses.begin("ada", HOME).succeeded();
    let looked = 0;
    for (let second = 0; second < 60; second += 1) {
      for (let host = 0; host < 50; host += 1) if (passes(`203.0.113.${host}`, `name${second}-${host}`)) looked += 1;
      expect(passes("203.0.113.77", "grace")).toBe(false);
      await clock.advance(1_000);
    }
    expect(looked).toBe(20 + 59);
    expect(passes(HOME)).toBe(true);
  });

  it("[GL4] that are right cost nothing", () => {
    const { guesses, passes } = make();
    for (let count = 0; count < 100; count += 1) guesses.begin("ada", HOME).succeeded();
    expect(passes(HOME)).toBe(true);
  });
});

it("[GL6] nobody at an address can guess once all strangers have, but where somebody has signed in before", async () => {
  const { clock, guesses, passes } = make();
  guesses.begin("ada", HOME).succeeded();
  const mayGuess = (address: string): boolean => {
    try {
      guesses.assertAny(address);
      return true;
    } catch {
      return false;
    }
  };
  for (let host = 0; host < 20; host += 1) {
    for (let asked = 0; asked < 100; asked += 1) expect(mayGuess("203.0.113.99")).toBe(true);
    expect(passes(`203.0.113.${host}`, `name${host}`)).toBe(true);
  }
  expect(mayGuess("203.0.113.99")).toBe(false);
  expect(mayGuess(HOME)).toBe(true);
  await clock.advance(1_000);
  expect(mayGuess("203.0.113.99")).toBe(true);
});

it("[GL5] the newest addresses of the newest accounts are remembered, and no more", () => {
  const known = new KnownAddresses();
  for (let host = 0; host < 17; host += 1) known.remember("ada", `203.0.113.${host}`);
  expect(known.has("ada", "203.0.113.0")).toBe(false);
  expect(known.has("ada", "203.0.113.16")).toBe(true);
  expect([known.hasAny("203.0.113.0"), known.hasAny("203.0.113.16")]).toEqual([false, true]);
  for (let again = 0; again < 2; again += 1) known.remember("grace", "203.0.113.16");
  for (let account = 0; account < 10_000; account += 1) known.remember(`name${account}`, HOME);
  expect(known.has("ada", "203.0.113.16")).toBe(false);
  expect([known.hasAny("203.0.113.16"), known.hasAny(HOME)]).toEqual([false, true]);
});
