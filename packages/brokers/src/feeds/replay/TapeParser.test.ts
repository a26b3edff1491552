import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TapeParser } from "./TapeParser.ts";
import type { MalformedRow, TapeKind, TapeRow } from "./TapeRow.ts";

function parse(kind: TapeKind, bytes: Uint8Array, cuts: readonly number[] = []) {
  const malformed: MalformedRow[] = [];
  const parser = new TapeParser("X.csv.gz", kind, (row) => malformed.push(row));
  const rows: TapeRow[] = [];
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    rows.push(...parser.push(bytes.slice(from, end)));
    from = end;
  }
  rows.push(...parser.end());
  return { rows, malformed };
}
const lines = (...text: string[]): Uint8Array => Buffer.from(text.join("\n"));

describe("TapeParser", () => {
  it("[RP1] reads prints: time, exact price, size and condition bits", () => {
    const { rows, malformed } = parse(
      "trade",
      lines(
        "ms,price,size,exchange,conditions",
        "14417034,167.42,210,Q,2000",
        "14726965,0.0001,1,P,a0002020\r",
        "14726965,70,5,D,1",
      ),
    );
    expect(malformed).toEqual([]);
    expect(rows).toEqual([
      { kind: "trade", ms: 14_417_034, price: 167.42, size: 210, conditions: 0x2000 },
      { kind: "trade", ms: 14_726_965, price: 0.0001, size: 1, conditions: 0xa0002020 },
      { kind: "trade", ms: 14_726_965, price: 70, size: 5, conditions: 1 },
    ]);
  });

  it("[RP1] reads quotes; a side of 0 is nobody's", () => {
    const { rows } = parse(
      "quote",
      lines("ms,bid,bid_size,ask,ask_size", "1,166.95,100,167.55,200", "2,0,0,167.55,100", "3,5,100,5,100", ""),
    );
    expect(rows).toEqual([
      { kind: "quote", ms: 1, bid: 166.95, bidSize: 100, ask: 167.55, askSize: 200 },
      { kind: "quote", ms: 2, bid: null, bidSize: null, ask: 167.55, askSize: 100 },
      { kind: "quote", ms: 3, bid: 5, bidSize: 100, ask: 5, askSize: 100 },
    ]);
  });

  it.each([
    ["trade", "5,1,1,Q", "4 columns instead of 5"],
    ["trade", "5,1,1,Q,1,", "6 columns instead of 5"],
    ["trade", "", "1 columns instead of 5"],
    ["trade", "-5,1,1,Q,1", "ms is not"],
    ["trade", "5.5,1,1,Q,1", "ms is not"],
    ["trade", "90000000,1,1,Q,1", "ms is not"],
    ["trade", "5,1e3,1,Q,1", "price is not"],
    ["trade", "5,0,1,Q,1", "price is not"],
    ["trade", "5, 1,1,Q,1", "price is not"],
    ["trade", "5,1.,1,Q,1", "price is not"],
    ["trade", "5,.5,1,Q,1", "price is not"],
    ["trade", "5,1.2.3,1,Q,1", "price is not"],
    ["trade", "5,1234567890123456,1,Q,1", "price is not"],
    ["trade", "5,1,-1,Q,1", "size is not"],
    ["trade", "5,1,0,Q,1", "size is not"],
    ["trade", "5,1,1,,1", "exchange is empty"],
    ["trade", "5,1,1,Q,", "conditions are not"],
    ["trade", "5,1,1,Q,xyz", "conditions are not"],
    ["trade", "5,1,1,Q,123456789", "conditions are not"],
    ["quote", "5,,1,2,1", "bid is not"],
    ["quote", "5,1,x,2,1", "bid_size is not"],
    ["quote", "5,1,1,NaN,1", "ask is not"],
    ["quote", "5,1,1,2,-1", "ask_size is not"],
    ["quote", "5,3,1,2,1", "the quote is crossed: bid 3 above ask 2"],
  ] as const)("[RP2] a %s row %j is skipped and reported: %s", (kind, line, reason) => {
    const good = kind === "trade" ? "7,1,1,Q,1" : "7,1,1,2,1";
    const { rows, malformed } = parse(kind, lines(line, good, ""));
    expect(rows.map(({ ms }) => ms)).toEqual([7]);
    expect(malformed).toEqual([{ file: "X.csv.gz", line: 1, reason: expect.stringContaining(reason) }]);
  });

  it("[RP2] a row that goes back in time is skipped; the ones after it are measured against the last good one", () => {
    const { rows, malformed } = parse("trade", lines("10,1,1,Q,1", "9,1,1,Q,1", "10,2,1,Q,1", "11,1,1,Q,1"));
    expect(rows.map(({ ms }) => ms)).toEqual([10, 10, 11]);
    expect(malformed).toEqual([{ file: "X.csv.gz", line: 2, reason: "time goes back from 10 to 9 ms" }]);
  });

  it("[RP2] a line without end is dropped while it is read, counted once, and the next line is read again", () => {
    const malformed: MalformedRow[] = [];
    const parser = new TapeParser("X", "trade", (row) => malformed.push(row));
    for (let piece = 0; piece < 50; piece += 1) expect(parser.push(Buffer.alloc(1_000, "9"))).toEqual([]);
    expect(parser.push(lines("", "7,1,1,Q,1", "")).length).toBe(1);
    expect(malformed).toEqual([{ file: "X", line: 1, reason: "the line is longer than 1024 bytes" }]);
  });

  it("[RP2] a last line without end that is too long is counted too", () => {
    expect(parse("trade", Buffer.alloc(5_000, "9")).malformed).toEqual([
      { file: "X.csv.gz", line: 1, reason: "the line is longer than 1024 bytes" },
    ]);
  });

  it("[RP3] gives the same rows however the bytes are cut", () => {
    const row = fc.oneof(
      fc
        .tuple(fc.nat(9), fc.nat(99_999), fc.nat(500))
        .map(([ms, price, size]) => `${ms},${price / 100},${size},Q,${size.toString(16)}`),
      fc.constantFrom("", "rubbish", "1,2,3,4", "\r", "5,1,1,Q,1\r"),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 10 }), (text, cuts) => {
        const bytes = lines(...text);
        expect(parse("trade", bytes, cuts)).toEqual(parse("trade", bytes));
      }),
    );
  });

  it("[RP3] never throws on rubbish: every line is a row or is reported, once", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom(...Buffer.from("0123456789.,-+eQa \r\n")), { maxLength: 300 })
        .map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("trade" as const, "quote" as const),
        bytes,
        fc.array(fc.nat(), { maxLength: 5 }),
        (kind, content, cuts) => {
          const { rows, malformed } = parse(kind, content, cuts);
          const ended = content.filter((byte) => byte === 0x0a).length;
          const count = ended + (content.length > 0 && content.at(-1) !== 0x0a ? 1 : 0);
          expect(rows.length + malformed.length).toBe(count);
          expect(new Set(malformed.map(({ line }) => line)).size).toBe(malformed.length);
          rows.forEach((row, index) => expect(row.ms).toBeGreaterThanOrEqual(rows[index - 1]?.ms ?? 0));
        },
      ),
      { numRuns: 500 },
    );
  });
});
