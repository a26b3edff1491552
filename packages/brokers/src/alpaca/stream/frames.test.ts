import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import STREAMS from "../fixtures/streams.json" with { type: "json" };
import { FrameDecoder, HEARTBEAT } from "./decodeFrame.ts";
import { encodeMsgpack } from "./encodeMsgpack.ts";
import { toMarketEvent, type MarketEvent } from "./marketEvent.ts";
import { readMarketFrame } from "./MarketFrames.ts";
import { MsgpackError, MsgpackReader } from "./MsgpackReader.ts";

describe("frames", () => {
  it("[AL3] the quick way through msgpack tells what the long way does", () => {
    const reader = new MsgpackReader();
    const messages = STREAMS.flatMap(({ stream, message }) => (stream === "prices" ? [message] : []));
    const shuffled = fc.record({
      list: fc.shuffledSubarray(messages),
      keys: fc.infiniteStream(fc.nat(7)),
      extra: fc.jsonValue(),
    });
    fc.assert(
      fc.property(shuffled, ({ list, keys, extra }) => {
        // Alpaca names the kind first; other names come in any order, and strangers among them.
        const sent = list.map(({ T, ...rest }) => {
          const fields = Object.entries({
            ...rest,
            zz: JSON.parse(JSON.stringify(extra)),
            unheard_of: [1, "a", { b: 2 }],
          });
          const sorted = fields.map((field) => ({ field, key: keys.next().value })).toSorted((a, b) => a.key - b.key);
          return { T, ...Object.fromEntries(sorted.map(({ field }) => field)) };
        });
        const told: (MarketEvent | undefined)[] = [];
        readMarketFrame(
          reader,
          Buffer.from(encode(sent)),
          (event) => told.push(event),
          () => told.push(undefined),
        );
        expect(told).toEqual(sent.map((each) => toMarketEvent(each)));
      }),
    );
  });

  it("[AL3] and nothing breaks it but a fault of msgpack", () => {
    const reader = new MsgpackReader();
    const frame = Buffer.from(
      encode([{ T: "q", S: "AAPL", bp: 1.5, bs: 1, ap: 2, as: 3, c: ["R"], t: "2026-11-20T15:00:00Z" }]),
    );
    const nothing = (): void => undefined;
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.nat(255), fc.nat(frame.length), (at, byte, length) => {
        const broken = Buffer.from(frame);
        broken[at] = byte;
        let fault: unknown = null;
        try {
          readMarketFrame(reader, broken.subarray(0, length), nothing, nothing);
        } catch (error) {
          fault = error;
        }
        expect(fault === null || fault instanceof MsgpackError).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    // As deep as it is long, which would take the stack.
    const nested = Buffer.alloc(100_000, 0x91);
    expect(() => readMarketFrame(reader, nested, nothing, nothing)).toThrow(MsgpackError);
    expect(() => reader.read(nested)).toThrow(MsgpackError);
  });

  it("[AL3] msgpack is read as its own library writes it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        if (JSON.stringify(plain).includes("__proto__")) return;
        expect(new MsgpackReader().read(Buffer.from(encode(plain)))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });

  it("[AL2] a whole number beyond 2^53 comes out as its text", () => {
    for (const value of [2n ** 53n, 2n ** 64n - 1n, -(2n ** 60n)]) {
      expect(new MsgpackReader().read(Buffer.from(encode(value, { useBigInt64: true })))).toBe(String(value));
    }
  });

  it("what we say is read by msgpack's own reader", () => {
    const message = {
      action: "subscribe",
      quotes: Array.from({ length: 70_000 }, (_, index) => `S${index}`),
      key: "k".repeat(300),
    };
    expect(new MsgpackReader().read(encodeMsgpack(message))).toEqual(message);
  });

  it("a lone byte is a heartbeat, and JSON may come in a binary frame", () => {
    const decoder = new FrameDecoder();
    expect(decoder.decode(Buffer.of(1))).toBe(HEARTBEAT);
    expect(decoder.decode(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    expect(decoder.decode(Buffer.from(encode({ a: 1 })))).toEqual({ a: 1 });
  });
});
