import { SeededRandom } from "@trenddojo/brokers";
import { describe, expect, it } from "vitest";
import { bodyOf, fieldsOf } from "../testing/bodyOf.ts";
import { UnreadableRequest } from "../UnreadableRequest.ts";
import { decodeRequest } from "./decodeRequest.ts";

const STOCK = [265598, "AAPL", "STK", "", "0", "", "", "SMART", "NASDAQ", "USD", "AAPL", "NMS"];

const BODIES: readonly Buffer[] = [
  bodyOf(9, 8, 26, ...STOCK, 0, "", "", ""),
  bodyOf(1, 11, 28, ...STOCK, 0, "", 0, 0, ""),
  bodyOf(20, 29, ...STOCK, 0, "", "1 day", "1 W", 1, "TRADES", 1, 0, ""),
  bodyOf(62, 1, 21, "All", "NetLiquidation"),
  bodyOf(7, 3, 20, 0, "", "", "", "", "", ""),
  bodyOf(4, 18, "", "", 2_147_483_647),
  bodyOf(92, 24, "DU1", ""),
];

function read(body: Buffer): unknown {
  try {
    return decodeRequest(body, 193);
  } catch (error) {
    if (error instanceof UnreadableRequest) return `${error.code} on ${error.id}: ${error.message}`;
    throw error;
  }
}

describe("requests that are not as they should be", () => {
  it("[TW2] whole ones are read", () => {
    expect(BODIES.map((body) => typeof read(body))).toEqual(BODIES.map(() => "object"));
  });

  it.each([
    ["nothing", Buffer.alloc(0), "320 on -1: Error reading request:field 1 is missing"],
    ["a field without end", Buffer.from("49\x001"), "320 on -1: Error reading request:the last field has no end"],
    ["no number", bodyOf("x", 1), "320 on -1: Error reading request:not an integer in field 1: 'x'"],
    [
      "a number that no request has",
      bodyOf(999),
      "320 on -1: Error reading request:no request has this number in field 1: '999'",
    ],
    [
      "a name of an object's own",
      bodyOf("__proto__"),
      "320 on -1: Error reading request:not an integer in field 1: '__proto__'",
    ],
    ["a missing field", bodyOf(93), "320 on -1: Error reading request:field 2 is missing"],
    ["an id that is none", bodyOf(93, "1.5"), "320 on -1: Error reading request:not an integer in field 2: '1.5'"],
    [
      "an id out of range",
      bodyOf(93, "2147483648"),
      "320 on -1: Error reading request:not an integer in field 2: '2147483648'",
    ],
    ["a switch that is none", bodyOf(99, "2"), "320 on -1: Error reading request:neither 0 nor 1 in field 2: '2'"],
    ["a field too many", bodyOf(93, 24, ""), "320 on 24: Error reading request:1 fields too many"],
    [
      "control characters",
      bodyOf(81, 27, "A\u0007"),
      "320 on 27: Error reading request:character out of printable ASCII in field 3: 'A?'",
    ],
  ])("[TW2] %s", (_what, body, refusal) => {
    expect(read(body)).toBe(refusal);
  });

  it("[TW2] a field more or less is always found", () => {
    for (const body of BODIES) {
      const fields = fieldsOf(body);
      for (let index = 1; index < fields.length; index += 1) {
        expect(read(bodyOf(...fields.toSpliced(index, 1)))).toMatch(/^320 /);
      }
      expect(read(bodyOf(...fields, ""))).toMatch(/^320 on \d+: Error reading request:1 fields too many$/);
    }
  });

  it("[TW2] a count of two thousand million ends with the fields", () => {
    expect(read(bodyOf(1, 11, 28, 0, "", "BAG", ...STOCK.slice(3), 2_147_483_647))).toMatch(/is missing$/);
    expect(read(bodyOf(1, 11, 28, 0, "", "BAG", ...STOCK.slice(3), -1))).toMatch(/not a count/);
  });

  it("[TW2] whatever the bytes, they are read or refused with printable words (seed 12)", () => {
    const random = new SeededRandom(12);
    const pick = (count: number) => Math.floor(random.next() * count);
    const unprintable: unknown[] = [];
    for (let run = 0; run < 20_000; run += 1) {
      const body = Buffer.from(BODIES[pick(BODIES.length)] ?? []);
      for (let change = 0; change <= pick(4); change += 1) body[pick(body.length)] = pick(256);
      const answer = read(body);
      const isPrintable =
        typeof answer !== "string" || /^320 on -?\d+: Error reading request:[\x20-\x7E]+$/.test(answer);
      if (!isPrintable) unprintable.push(answer);
    }
    expect(unprintable).toEqual([]);
  });
});
