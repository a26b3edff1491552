import { expect, it } from "vitest";
import { auctionMark } from "./saleConditions.ts";
import { TapeAuctions } from "./TapeAuctions.ts";
import type { TradeRow } from "./TapeRow.ts";

const OPEN = 34_200_000;
const CLOSE = 57_600_000;
const [PART, CLOSING, OFFICIAL_OPEN, OFFICIAL_CLOSE] = [0x20000040, 0x80, 0x4000000, 0x1000001];

function print(ms: number, price: number, size: number, conditions: number): TradeRow {
  const mark = auctionMark(conditions);
  const row = { kind: "trade", ms, price, size, conditions } as const;
  return mark === undefined ? row : { ...row, auction: { ...mark, exchange: "N" } };
}

const tape = (): TapeAuctions => new TapeAuctions({ opensMs: OPEN, closesMs: CLOSE });

it("[RP11] the parts of an auction at one price are one, whole a second after the first", () => {
  const auctions = tape();
  expect(auctions.take("SPY", print(OPEN + 956, 167.45, 200, PART))).toBeUndefined();
  expect(auctions.take("SPY", print(OPEN + 957, 167.45, 300, PART))).toBeUndefined();
  expect(auctions.take("SPY", print(OPEN + 958, 167.46, 7_000, PART))).toBeUndefined();
  expect(auctions.takeDue(OPEN + 1_955)).toEqual([]);
  const whole = { symbol: "SPY", kind: "open", price: 167.45, size: 500, ms: OPEN + 1_956 };
  expect(auctions.takeDue(OPEN + 9_000)).toEqual([whole]);
  expect(auctions.takeDue(Number.POSITIVE_INFINITY)).toEqual([]);
});

it("[RP11] an official price ends the gathering at once, and a later repeat of it is none", () => {
  const auctions = tape();
  auctions.take("SPY", print(OPEN + 956, 167.45, 200, PART));
  const official = { symbol: "SPY", kind: "open", price: 167.45, size: 282_817, ms: OPEN + 971 };
  expect(auctions.take("SPY", print(OPEN + 971, 167.45, 282_817, OFFICIAL_OPEN))).toEqual(official);
  expect(auctions.take("SPY", print(OPEN + 972, 167.45, 100, PART))).toBeUndefined();
  expect(auctions.take("SPY", print(OPEN + 973, 167.5, 900, OFFICIAL_OPEN))).toBeUndefined();
  expect(auctions.takeDue(Number.POSITIVE_INFINITY)).toEqual([]);
});

it("[RP11] an official price that only repeats the last sale has the size that was printed", () => {
  const auctions = tape();
  auctions.take("BAC", print(CLOSE + 10, 13.69, 2_631_493, CLOSING));
  const official = auctions.take("BAC", print(CLOSE + 20, 13.69, 90, OFFICIAL_CLOSE));
  expect(official).toMatchObject({ kind: "close", price: 13.69, size: 2_631_493 });
});

it("[RP11] opening and closing, and the symbols, are apart; what is whole comes in the order of time", () => {
  const auctions = tape();
  auctions.take("IBM", print(CLOSE + 500, 178.72, 262_948, CLOSING));
  auctions.take("BAC", print(CLOSE + 300, 13.69, 90, CLOSING));
  auctions.take("BAC", print(CLOSE + 400, 13.7, 50, PART));
  const found = auctions.takeDue(CLOSE + 1_400).map(({ symbol, kind, ms }) => [symbol, kind, ms - CLOSE]);
  expect(found).toEqual([
    ["BAC", "close", 1_300],
    ["BAC", "open", 1_400],
  ]);
  expect(auctions.takeDue(CLOSE + 1_500)).toMatchObject([{ symbol: "IBM", size: 262_948 }]);
});

it("[RP11] before its time an auction is another session's, and a plain print is of none", () => {
  const auctions = tape();
  auctions.take("SPY", print(14_400_000, 167, 100, PART));
  auctions.take("SPY", print(OPEN - 1, 167, 100, OFFICIAL_OPEN));
  auctions.take("SPY", print(CLOSE - 1, 167, 100, CLOSING));
  auctions.take("SPY", print(CLOSE + 1, 167, 100, 0x1));
  expect(auctions.takeDue(Number.POSITIVE_INFINITY)).toEqual([]);
});
