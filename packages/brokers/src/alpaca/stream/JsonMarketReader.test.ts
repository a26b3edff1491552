import fc from "fast-check";
import { describe, expect, it } from "vitest";
import STREAMS from "../fixtures/streams.json" with { type: "json" };
import { parseInstant } from "../rest/instant.ts";
import { JsonMarketReader } from "./JsonMarketReader.ts";
import { MarketFrameReader } from "./MarketFrames.ts";
import { toMarketEvent, type MarketEvent } from "./marketEvent.ts";

const RUNS = 500;
const QUICK_KINDS = new Set(["q", "t"]);

/** What the long way makes of a frame; undefined where it refuses it, or where a message is no price. */
function atLength(frame: Buffer): readonly MarketEvent[] | undefined {
  let messages: unknown;
  try {
    messages = JSON.parse(frame.toString("utf8"));
  } catch {
    return undefined;
  }
  if (!Array.isArray(messages)) return undefined;
  const events = messages.map((each) => toMarketEvent(each));
  return events.every((event) => event !== undefined) ? events : undefined;
}

/** Texts of JSON numbers, of every form. */
const numberText = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9]\d{0,6})(\.\d{1,6})?$/),
  fc.stringMatching(/^-?(0|[1-9]\d{0,21})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.bigInt({ min: 2n ** 52n, max: 2n ** 70n }).map(String),
);
const letter = fc.stringMatching(/^[A-Z]$/).map((text) => JSON.stringify(text));
const symbol = fc.stringMatching(/^[A-Z][A-Z.]{0,9}$/).map((text) => JSON.stringify(text));
const conditions = fc.array(letter, { maxLength: 3 }).map((each) => `[${each.join(",")}]`);
const two = (most: number, least = 0): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, "0"));
const instantText = fc
  .tuple(
    fc.constantFrom("2021", "2026", "1999"),
    two(12, 1),
    two(31, 1),
    two(23),
    two(59),
    two(59),
    fc.stringMatching(/^(\.\d{1,12})?$/),
  )
  .map(
    ([year, month, day, hour, minute, second, fraction]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`,
  );
const instant = instantText.map((text) => JSON.stringify(text));
const anyValue = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary" }).map((value) => JSON.stringify(value)),
  fc.constantFrom('"\\u0041"', "[[1],[2]]", '{"bp":1}', "true", "null", "[]", '["A",1,null]', '""'),
  numberText,
);

type Member = readonly [name: string, value: string];

/** Members in any order behind the kind, as Alpaca has it. */
function message(kind: string, fields: Readonly<Record<string, fc.Arbitrary<string>>>, more: fc.Arbitrary<Member[]>) {
  return fc.tuple(fc.record(fields), more, fc.infiniteStream(fc.nat(99))).map(([own, others, keys]) => {
    const members: Member[] = [...Object.entries(own), ...others];
    const sorted = members.map((member) => ({ member, key: keys.next().value })).toSorted((a, b) => a.key - b.key);
    return [["T", JSON.stringify(kind)] as const, ...sorted.map(({ member }) => member)];
  });
}

const price = fc.stringMatching(/^(0|[1-9]\d{0,5})(\.\d{1,4})?$/);
const size = fc.stringMatching(/^(0|[1-9]\d{0,8})$/);
const QUOTE = {
  S: symbol,
  bx: letter,
  bp: price,
  bs: size,
  ax: letter,
  ap: price,
  as: size,
  c: conditions,
  z: letter,
  t: instant,
};
const TRADE = { S: symbol, i: size, x: letter, p: price, s: size, c: conditions, z: letter, t: instant };
const NOTHING = fc.constant<Member[]>([]);
const UNHEARD = fc.array(
  fc.tuple(
    fc.stringMatching(/^[a-z]{3,9}$/),
    fc.oneof(letter, price, conditions, fc.constantFrom("true", "false", "null")),
  ),
  { maxLength: 2 },
);
/** Anything under any name, also the names that matter, a second time. */
const STRANGE = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(..."TStpis".split(""), "bp", "as", "c", "__proto__", "\\u0062p"), fc.string()),
    anyValue,
  ),
  { maxLength: 2 },
);

const write = (messages: readonly (readonly Member[])[], gap = ""): Buffer =>
  Buffer.from(
    `[${messages.map((members) => `{${members.map(([name, value]) => `${name.startsWith("\\") ? `"${name}"` : JSON.stringify(name)}${gap}:${gap}${value}`).join(`,${gap}`)}}`).join(`,${gap}`)}]`,
  );

describe("JSON prices read by their bytes", { timeout: 30_000 }, () => {
  const reader = new JsonMarketReader();

  it("[AL25] every frame of quotes and trades as Alpaca documents them is read, and told as at length", () => {
    const frames = fc.array(fc.oneof(message("q", QUOTE, UNHEARD), message("t", TRADE, UNHEARD)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(frames, (messages) => {
        const frame = write(messages);
        const told = reader.read(frame);
        expect(told).toHaveLength(messages.length);
        expect(told).toStrictEqual(atLength(frame));
      }),
      { numRuns: RUNS },
    );
  });

  it("[AL25] the recorded ones are read so", () => {
    const recorded = STREAMS.flatMap(({ stream, message: each }) =>
      stream === "prices" && QUICK_KINDS.has(each.T ?? "") ? [each] : [],
    );
    const frame = Buffer.from(JSON.stringify(recorded));
    expect(recorded.length).toBeGreaterThan(1);
    expect(reader.read(frame)).toStrictEqual(atLength(frame));
    expect(reader.read(frame)).toHaveLength(recorded.length);
  });

  it("[AL25] whatever else is JSON is told as at length, or left to it", () => {
    const odd = {
      ...QUOTE,
      bp: anyValue,
      bs: numberText,
      ap: numberText,
      c: anyValue,
      S: fc.oneof(symbol, anyValue),
      t: fc.oneof(instant, anyValue),
    };
    const oddTrade = { ...TRADE, i: fc.oneof(numberText, anyValue), p: numberText, s: numberText };
    const kinds = fc.oneof(
      message("q", QUOTE, STRANGE),
      message("q", odd, UNHEARD),
      message("t", oddTrade, STRANGE),
      message("t", oddTrade, NOTHING),
      message("b", TRADE, STRANGE),
    );
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 3 }), fc.constantFrom("", "", " ", "\n\t"), (messages, gap) => {
        const frame = write(messages, gap);
        const told = reader.read(frame);
        expect(told ?? atLength(frame)).toStrictEqual(atLength(frame));
      }),
      { numRuns: RUNS },
    );
  });

  it("[AL25] a number is the float that its text is nearest to", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?(0|[1-9]\d{0,17})(\.\d{1,20})?$/), (text) => {
        const [event] =
          reader.read(Buffer.from(`[{"T":"t","S":"A","p":${text},"s":1,"t":"2026-11-20T15:00:00Z"}]`)) ?? [];
        expect(event).toMatchObject({ price: Number(text) });
      }),
      { numRuns: RUNS },
    );
  });

  it("[AL25] a frame that was damaged on its way is told as at length, or left to it", () => {
    const pair = fc.tuple(message("q", QUOTE, NOTHING), message("t", TRADE, UNHEARD));
    const damage = fc.array(
      fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('0123456789.-+eE,:"[]{} \\TZ')))),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(pair, damage, fc.option(fc.nat()), (messages, hits, cut) => {
        const frame = write(messages);
        for (const [at, byte] of hits) frame[at % frame.length] = byte;
        const whole = cut === null ? frame : frame.subarray(0, cut % frame.length);
        const told = reader.read(whole);
        expect(told ?? atLength(whole)).toStrictEqual(atLength(whole));
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ["a number with a leading zero", '"p":01'],
    ["a number without digits behind its point", '"p":1.'],
    ["a number that begins with a point", '"p":.5'],
    ["a bare sign", '"p":-'],
    ["a number beyond every float", `"p":1${"0".repeat(400)}`],
    ["an exponent", '"p":1e2'],
    ["a text", '"p":"1"'],
    ["the kind once more", '"p":1,"T":"q"'],
    ["a comma too many", '"p":1,'],
    ["a hidden name", '"p":1,"\\u0070":2'],
    ["half a letter", '"p":1,"x":"'],
    ["a control character", '"p":1,"x":"\n"'],
    ["a letter that is more than a byte", '"p":1,"x":"é"'],
    ["an hour past midnight", '"p":1,"t":"2026-11-20T24:00:30Z"'],
    ["a second that no clock shows", '"p":1,"t":"2026-11-20T15:00:60Z"'],
    ["a month that no year has", '"p":1,"t":"2026-13-20T15:00:00Z"'],
    ["sixteen bytes of nothing for a minute", `"p":1,"t":"${"\0".repeat(16)}:00Z"`],
    ["an offset", '"p":1,"t":"2026-11-20T15:00:00+01:00"'],
    ["more decimals than anyone sends", '"p":1,"t":"2026-11-20T15:00:00.1234567890123Z"'],
    ["a nested list", '"p":1,"c":[["A"]]'],
    ["a list without an end", '"p":1,"c":["A"'],
    ["a list with a gap", '"p":1,"c":["A",,"B"]'],
    ["a half word", '"p":1,"zz":fals'],
    ["a word that is none", '"p":1,"zz":falsy'],
    ["a list with something else between", '"p":1,"c":["A"x"B"]'],
    ["an instant with something else before its seconds", '"p":1,"t":"2026-11-20T15:00x00Z"'],
  ])("[AL25] %s is left to the long way", (_what, members) => {
    const frame = (more: string): Buffer => {
      const instants = more.includes('"t":') ? "" : '"t":"2026-11-20T15:00:00Z",';
      return Buffer.from(`[{"T":"t","S":"A",${instants}"s":1,${more}}]`);
    };
    expect(new JsonMarketReader().read(frame('"p":1'))).toHaveLength(1);
    expect(new JsonMarketReader().read(frame(members))).toBeUndefined();
  });

  it.each([
    ["nothing", (): string => ""],
    ["no message", (): string => "[]"],
    ["one without its list", (sound: string): string => sound],
    ["a list without an end", (sound: string): string => `[${sound}`],
    ["a list with another end", (sound: string): string => `[${sound}}`],
    ["a list with something behind it", (sound: string): string => `[${sound}]]`],
    ["a list with a comma too many", (sound: string): string => `[${sound},]`],
    ["a kind that is cut short", (sound: string): string => `[${sound.replace('"t"', '"tx')}]`],
    ["a message that is cut short", (sound: string): string => `[${sound.slice(0, -9)}`],
    ["another kind in between", (sound: string): string => `[${sound},{"T":"b","S":"A"},${sound}]`],
  ])("[AL25] a frame of %s is left to the long way", (_what, frameOf) => {
    const sound = '{"T":"t","S":"A","p":1,"s":1,"t":"2026-11-20T15:00:00Z"}';
    expect(reader.read(Buffer.from(`[${sound},${sound}]`))).toHaveLength(2);
    expect(reader.read(Buffer.from(frameOf(sound)))).toBeUndefined();
  });

  it.each([
    ["a quote without an instant", ""],
    ["a condition that is a control character", '"c":["\n"],"t":"2026-11-20T15:00:00Z"'],
    ["a condition that is half an escape", '"c":["\\"],"t":"2026-11-20T15:00:00Z"'],
    ["an exchange that is a control character", '"bx":"\n","t":"2026-11-20T15:00:00Z"'],
  ])("[AL25] %s is left to the long way", (_what, members) => {
    const frameOf = (more: string): Buffer =>
      Buffer.from(`[{"T":"q","S":"A","bp":1,"bs":1,"ap":1,"as":1${more === "" ? "" : `,${more}`}}]`);
    expect(reader.read(frameOf('"c":["R"],"t":"2026-11-20T15:00:00Z"'))).toHaveLength(1);
    expect(reader.read(frameOf(members))).toBeUndefined();
  });

  it.each([
    "2026-11-20T24:00:30Z",
    "2026-11-20T24:00:00Z",
    "2026-11-20T15:60:00Z",
    "2026-11-20T15:00:44.Z",
    "2026-11-20T15:00:44.1234567890123Z",
    "2026-00-20T15:00:00Z",
    "2026-02-30T15:00:00Z",
    "2026-02-32T15:00:00Z",
    "0050-01-01T00:00:00Z",
    "2026-11-20T15:00:00z",
    "2026-11-20T15:00:00.5+01:00",
  ])("[AL25] %s is the instant that it is everywhere else, or none", (t) => {
    const sent = { T: "t", S: "A", p: 1, s: 1, t };
    expect(toMarketEvent(sent)?.at).toBe(parseInstant(t));
    const [event] = new JsonMarketReader().read(Buffer.from(JSON.stringify([sent]))) ?? [];
    expect(event?.at ?? parseInstant(t)).toBe(parseInstant(t));
  });

  it("[AL25] an instant is cut to milliseconds as everywhere else, or is none", () => {
    const sloppy = fc
      .tuple(
        two(13),
        two(32),
        two(24),
        two(60),
        two(60),
        fc.constantFrom("", ".", ".1", ".12", ".123456789", ".9999999999999"),
        fc.constantFrom("Z", "+01:00", "z", ""),
        fc.constantFrom("-", ":", "x"),
      )
      .map(
        ([month, day, hour, minute, second, fraction, zone, dash]) =>
          `2026-${month}${dash}${day}T${hour}:${minute}:${second}${fraction}${zone}`,
      );
    fc.assert(
      fc.property(fc.oneof(instantText, sloppy, fc.constant("0050-01-01T00:00:00Z")), (text) => {
        const at = parseInstant(text);
        const sent = { T: "t", S: "A", p: 1, s: 1, t: text };
        expect(toMarketEvent(sent)?.at).toBe(at);
        const [event] = reader.read(Buffer.from(JSON.stringify([sent]))) ?? [];
        expect(event?.at ?? at).toBe(at);
      }),
      { numRuns: RUNS },
    );
  });

  it("[AL25] the minute of an instant is its own, however near the one before", () => {
    const near = fc.tuple(instantText, fc.nat(18), fc.nat(9)).map(([text, at, digit]) => {
      const isDigit = text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;
      return [text, isDigit ? `${text.slice(0, at)}${digit}${text.slice(at + 1)}` : text] as const;
    });
    fc.assert(
      fc.property(near, ([first, second]) => {
        for (const t of [first, second]) {
          const [event] = reader.read(Buffer.from(JSON.stringify([{ T: "t", S: "A", p: 1, s: 1, t }]))) ?? [];
          expect(event?.at ?? parseInstant(t)).toBe(parseInstant(t));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("frames of the price stream", () => {
  const quote = { T: "q", S: "AAPL", bp: 1.5, bs: 1, ap: 2, as: 3, t: "2026-11-20T15:00:00Z" };
  const read = (bytes: string): unknown[] => {
    const told: unknown[] = [];
    new MarketFrameReader().read(
      Buffer.from(bytes),
      ({ kind }) => told.push(kind),
      (other) => told.push(other),
    );
    return told;
  };

  it("[AL25] what is no price stands between the prices in its place", () => {
    const welcome = { T: "success", msg: "connected" };
    expect(read(JSON.stringify([quote, welcome, quote]))).toEqual(["quote", welcome, "quote"]);
    expect(read(JSON.stringify([quote, quote]))).toEqual(["quote", "quote"]);
    expect(read(JSON.stringify(quote))).toEqual([]);
  });

  it("[AL3] of a frame that is broken at its end nothing is told", () => {
    const told: unknown[] = [];
    const frame = Buffer.from(`[${JSON.stringify(quote)},${JSON.stringify(quote).slice(0, -1)}`);
    expect(() =>
      new MarketFrameReader().read(
        frame,
        (event) => told.push(event),
        (other) => told.push(other),
      ),
    ).toThrow(SyntaxError);
    expect(told).toEqual([]);
  });
});
