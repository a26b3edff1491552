import fc from "fast-check";
import { expect, it } from "vitest";
import { Tally } from "./Tally.ts";

it("[SV592] counts what was added and not taken back, and keeps nothing of what is gone", () => {
  const step = fc.record({ key: fc.constantFrom("a", "b", "c"), undo: fc.option(fc.nat(40), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const tally = new Tally<string>();
      const added: { readonly key: string; readonly undo: () => void; isThere: boolean }[] = [];
      for (const { key, undo } of steps) {
        const one = undo === undefined ? undefined : added[undo % Math.max(1, added.length)];
        if (undo === undefined) added.push({ key, undo: tally.add(key), isThere: true });
        else if (one !== undefined) {
          one.undo();
          one.isThere = false;
        }
        const there = added.filter(({ isThere }) => isThere).map((each) => each.key);
        for (const name of ["a", "b", "c"]) expect(tally.of(name)).toBe(there.filter((each) => each === name).length);
        expect(tally.size).toBe(new Set(there).size);
      }
    }),
  );
});
