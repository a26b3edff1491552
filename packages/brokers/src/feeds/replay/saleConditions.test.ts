import { describe, expect, it } from "vitest";
import { auctionMark, printMeaning } from "./saleConditions.ts";

describe("printMeaning", () => {
  it.each([
    ["regular", 0x1, "last"],
    ["intermarket sweep", 0x20000020, "last"],
    ["opening print", 0x20000040, "last"],
    ["closing print", 0x80, "last"],
    ["extended hours", 0x2000, "last"],
    ["official close that is the closing auction itself", 0x1000001, "last"],
    ["official open, repeating the opening print", 0x4000000, "none"],
    ["official close, repeating the closing print", 0x1000000, "none"],
    ["average price", 0x20100000, "volume"],
    ["derivatively priced", 0x20000200, "volume"],
    ["sold late, out of sequence", 0x4801, "volume"],
    ["next day", 0x20000004, "volume"],
    ["seller's option in extended hours", 0x20002008, "volume"],
    ["prior reference price", 0x2000000, "volume"],
    ["stock and option", 0x42000, "volume"],
    ["odd lot", 0x80000001, "volume"],
  ])("[RP4] %s (%s) means %s", (_name, conditions, meaning) => {
    expect(printMeaning(conditions, 100, 99.99, 100.01)).toBe(meaning);
  });

  it("[RP4] a block away from the quote sets no price where it may ignore the quote", () => {
    const away = (conditions: number): string => printMeaning(conditions, 167.51, 165.95, 165.96);
    expect([away(0x2000), away(0x20000001)]).toEqual(["volume", "volume"]);
    expect([away(0x1), away(0x20000020)]).toEqual(["last", "last"]);
    expect(printMeaning(0x2000, 166.5, 165.95, 165.96)).toBe("last");
    expect(printMeaning(0x2000, 160, 165.95, 165.96)).toBe("volume");
    expect(printMeaning(0x2000, 160, null, 165.96)).toBe("last");
  });
});

describe("auctionMark", () => {
  it.each([
    ["regular", 0x1, undefined],
    ["opening print", 0x20000040, { kind: "open", isOfficial: false }],
    ["closing print", 0x80, { kind: "close", isOfficial: false }],
    ["reopening print", 0x100, undefined],
    ["official open", 0x4000000, { kind: "open", isOfficial: true }],
    ["official close", 0x1000001, { kind: "close", isOfficial: true }],
    ["closing print that is official", 0x1000080, { kind: "close", isOfficial: true }],
  ])("[RP11] %s (%s) is %j", (_name, conditions, mark) => {
    expect(auctionMark(conditions)).toEqual(mark);
  });
});
