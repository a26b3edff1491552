import { describe, expect, it } from "vitest";
import { searchInstruments } from "./searchInstruments.ts";
import { SYNTHETIC_INSTRUMENTS } from "./syntheticInstruments.ts";

const search = (query: string, limit = 5): string[] =>
  searchInstruments(SYNTHETIC_INSTRUMENTS, query, limit).map(({ symbol }) => symbol);

describe("searchInstruments", () => {
  it.each([
    ["v", ["V", "NVDA", "AVGO"], "exact symbol first"],
    ["am", ["AMZN", "AMD", "BAC"], "symbols before words of names"],
    ["apple", ["AAPL"], "name"],
    ["BANK", ["BAC"], "any letter case"],
    ["  ibm ", ["IBM"], "surrounding space"],
    ["sachs", ["GS"], "a word within the name"],
  ])("[SI1] %j finds %j: %s", (query, expected) => {
    expect(search(query, 3).slice(0, expected.length)).toEqual(expected);
  });

  it("[SI1] what nothing matches finds nothing, and a query is no pattern", () => {
    for (const query of ["zzz", "(", ".*"]) expect(search(query)).toEqual([]);
  });

  it("[SI2] an empty query lists from the start, never more than asked", () => {
    expect(search("", 3)).toEqual(["SPY", "QQQ", "IWM"]);
    expect(search("", 0)).toEqual([]);
    expect(search("a", 4).length).toBe(4);
  });
});
