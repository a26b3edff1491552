import { SeededRandom } from "@trenddojo/brokers";
import { describe, expect, it } from "vitest";
import { BadFrame, FrameSplitter, frameOf, lengthPrefix, MAX_FRAME_BYTES } from "./frames.ts";
import { fieldsOf } from "./testing/bodyOf.ts";

const MESSAGES = [["49", "1"], ["8", "1", "3"], ["62", "1", "9001", "All", "NetLiquidation"], [""]];
const BYTES = Buffer.concat(MESSAGES.map((fields) => frameOf(fields)));

/** The messages that come out when `bytes` arrive in `parts`. */
function split(parts: Iterable<Buffer>): readonly (readonly string[])[] {
  const frames = new FrameSplitter();
  return [...parts].flatMap((part) => [...frames.push(part)].map((body) => fieldsOf(body)));
}

function* pieces(bytes: Buffer, size: () => number): Generator<Buffer> {
  for (let at = 0, length = size(); at < bytes.length; at += length, length = size()) {
    yield bytes.subarray(at, at + length);
  }
}

describe("frames", () => {
  it("[TW1] end each field with NUL, the last one too, after a length of four bytes", () => {
    expect(frameOf(["49", "1"])).toEqual(Buffer.from("\0\0\0\x0549\x001\0", "latin1"));
  });

  it("[TW1] are found byte by byte and all at once", () => {
    expect(split([BYTES])).toEqual(MESSAGES);
    expect(split(pieces(BYTES, () => 1))).toEqual(MESSAGES);
  });

  it("[TW1] are found however they were chopped (seed 11)", () => {
    const random = new SeededRandom(11);
    for (let run = 0; run < 200; run += 1) {
      expect(split(pieces(BYTES, () => 1 + Math.floor(random.next() * 40)))).toEqual(MESSAGES);
    }
  });

  it("[TW1] wait for what is missing", () => {
    expect(split([BYTES.subarray(0, -1)])).toEqual(MESSAGES.slice(0, -1));
    expect(split([Buffer.alloc(3)])).toEqual([]);
  });

  it("[TW1] may be empty, which is no field at all", () => {
    expect(split([Buffer.alloc(4)])).toEqual([[]]);
  });

  it("[TW1] as long as allowed arrive in many parts", () => {
    const long = frameOf(["x".repeat(MAX_FRAME_BYTES - 1)]);
    expect(split(pieces(long, () => 1_000))[0]?.[0]).toHaveLength(MAX_FRAME_BYTES - 1);
  });

  it.each([MAX_FRAME_BYTES + 1, 16 * 1024 * 1024, 0xff_ff_ff_ff])(
    "[TW1] of %d bytes are refused by their length alone, after those before them",
    (bytes) => {
      const frames = new FrameSplitter();
      const found: Buffer[] = [];
      const read = () => {
        for (const body of frames.push(Buffer.concat([BYTES, lengthPrefix(bytes)]))) found.push(body);
      };
      expect(read).toThrow(BadFrame);
      expect(found).toHaveLength(MESSAGES.length);
    },
  );
});
