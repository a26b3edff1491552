import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SystemRandom } from "../SystemRandom.ts";
import { SeededRandom } from "./SeededRandom.ts";

const draw = (seed: number, count: number): number[] => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe("SeededRandom", () => {
  it("[RN1] the same seed gives the same numbers, today and after a change of this file", () => {
    expect(draw(1, 3)).toMatchInlineSnapshot(`
      [
        0.1798019351621618,
        0.45942678758319777,
        0.9343065795685226,
      ]
    `);
    expect(draw(2 ** 40 + 1, 2)).toMatchInlineSnapshot(`
      [
        0.4861068563527582,
        0.9559257617696258,
      ]
    `);
  });

  it("[RN1] other seeds give other numbers, also where they differ only above 32 bits", () => {
    const firsts = [0, 1, 2, -1, 2 ** 32, 2 ** 33, 2 ** 40 + 1].map((seed) => draw(seed, 1)[0]);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("[RN2] is uniform: 100,000 numbers fall evenly into 20 bins", () => {
    const bins = new Uint32Array(20);
    for (const value of draw(7, 100_000)) bins[Math.floor(value * 20)] = (bins[Math.floor(value * 20)] ?? 0) + 1;
    const chiSquared = bins.reduce((sum, count) => sum + (count - 5_000) ** 2 / 5_000, 0);
    // 19 degrees of freedom; beyond 43.8 once in a thousand seeds.
    expect(chiSquared).toBeLessThan(43.8);
  });

  for (const [name, random] of [
    ["SeededRandom", new SeededRandom(3)],
    ["SystemRandom", new SystemRandom()],
  ] as const) {
    it(`[RN3] ${name}: floats lie in [0, 1) and integers in [0, bound)`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bound) => {
          const float = random.next();
          const integer = random.integer(bound);
          expect(float >= 0 && float < 1 && Number.isInteger(integer) && integer >= 0 && integer < bound).toBe(true);
        }),
      );
    });

    it(`[RN3] ${name}: refuses a bound that is not a positive safe integer`, () => {
      for (const bound of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53])
        expect(() => random.integer(bound)).toThrow(RangeError);
    });
  }
});
