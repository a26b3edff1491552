import { userId } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { LastHalts } from "./LastHalts.ts";

const [ann, bob] = [userId("ann"), userId("bob")];

function aClock() {
  let now = 100;
  return { monotonic: () => now, pass: (ms: number) => (now += ms) };
}

it("[SV591] holds back what was asked for before the switch was stored, also while it is on its way there", () => {
  const clock = aClock();
  const halts = new LastHalts(clock);
  expect(halts.holdsBack(ann, 0)).toBe(false);
  clock.pass(10);
  const beginning = halts.begin(ann);
  clock.pass(10);
  expect(halts.holdsBack(ann, 115), "claimed after the halt began, before its commit").toBe(true);
  beginning[Symbol.dispose]();
  expect(halts.holdsBack(ann, 115)).toBe(true);
  expect(halts.holdsBack(ann, 120), "in the same instant").toBe(true);
  expect(halts.holdsBack(ann, 120.1), "asked for after trading went on").toBe(false);
  expect(halts.holdsBack(bob, 0)).toBe(false);
});

it("[SV591] goes on while one of two halts is on its way, and where one was found in the store", () => {
  const clock = aClock();
  const halts = new LastHalts(clock);
  const [first, second] = [halts.begin(ann), halts.begin(ann)];
  first[Symbol.dispose]();
  clock.pass(1);
  expect(halts.holdsBack(ann, 101)).toBe(true);
  second[Symbol.dispose]();
  expect(halts.holdsBack(ann, 102)).toBe(false);
  clock.pass(9);
  halts.found(ann);
  expect(halts.holdsBack(ann, 105)).toBe(true);
});
