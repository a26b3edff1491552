import fc from "fast-check";
import { expect, it } from "vitest";

it("a property has the same values in each run", () => {
  const values = () => fc.sample(fc.integer(), 3);
  expect(values()).toEqual(values());
});
