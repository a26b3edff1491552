import { encode, ExtensionCodec } from "@msgpack/msgpack";

/** Quotes in one frame; Alpaca batches what comes within a few milliseconds. */
export const QUOTES_A_FRAME = 20;

export type Codec = "json" | "msgpack";

const SYMBOLS = ["AAPL", "MSFT", "SPY", "F", "GOOGL", "BRK.B", "NVDA", "TSLA", "AMD", "QQQ"];

/** Frames of quotes with every field that Alpaca documents, in its order; instants have nanoseconds. */
export function quoteFrames(codec: Codec, frames: number): readonly Buffer[] {
  return Array.from({ length: frames }, (_, index) => {
    const messages = Array.from({ length: QUOTES_A_FRAME }, (__, place) =>
      quote(codec, index * QUOTES_A_FRAME + place),
    );
    return codec === "json"
      ? Buffer.from(JSON.stringify(messages))
      : Buffer.from(encode(messages, { extensionCodec: timestamps }));
  });
}

function quote(codec: Codec, index: number) {
  const bp = Math.round(10_000 + (index % 997)) / 100;
  return {
    T: "q",
    S: SYMBOLS[index % SYMBOLS.length],
    bx: "V",
    bp,
    bs: 100 + (index % 50) * 100,
    ax: "V",
    ap: Math.round(bp * 100 + 2) / 100,
    as: 200,
    c: ["R"],
    z: "C",
    t:
      codec === "json"
        ? `2026-11-20T15:51:${String(10 + (index % 50))}.${208_123_456 + (index % 1_000)}Z`
        : new Timestamp(1_795_189_904 + index, 208_123_456),
  };
}

class Timestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
  constructor(seconds: number, nanoseconds: number) {
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }
}

const timestamps = new ExtensionCodec();
timestamps.register({ type: -1, encode: encodeTimestamp, decode: () => null });

function encodeTimestamp(value: unknown): Uint8Array | null {
  if (!(value instanceof Timestamp)) return null;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((BigInt(value.nanoseconds) << 34n) | BigInt(value.seconds));
  return bytes;
}
