import { expect, test } from "vitest";
import { readActivitySearch, readInstrumentSearch, readOrdersSearch } from "./searchParams.ts";

test("[UR1] an address can open a ticket but never put nonsense into it", () => {
  expect(readInstrumentSearch({ side: "sell", quantity: 100 })).toEqual({ side: "sell", quantity: "100" });
  expect(readInstrumentSearch({ side: "short", quantity: "-5", price: "1" })).toEqual({});
  expect(readOrdersSearch({ filter: "nope" })).toEqual({});
  expect(readActivitySearch({ search: "x".repeat(200), entry: "" }).search).toHaveLength(80);
});
