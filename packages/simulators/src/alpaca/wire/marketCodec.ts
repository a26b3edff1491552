import { decode, encode, encodeTimeSpecToTimestamp, EXT_TIMESTAMP, ExtensionCodec } from "@msgpack/msgpack";
import { instantText } from "./instant.ts";

const NANOS_PER_SECOND = 1_000_000_000n;

class WireInstant {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** Instants are bigints inside, and the timestamp extension, type -1, on the wire. */
const timestamps = new ExtensionCodec();
timestamps.register({
  type: EXT_TIMESTAMP,
  encode: (value: unknown) =>
    value instanceof WireInstant
      ? encodeTimeSpecToTimestamp({
          sec: Number(value.nanos / NANOS_PER_SECOND),
          nsec: Number(value.nanos % NANOS_PER_SECOND),
        })
      : null,
  decode: () => null,
});

/** How a socket talks: JSON in text frames, JSON in binary frames, or msgpack. */
export type Codec = "json" | "binary_json" | "msgpack";

/** JSON with every instant, which is a bigint inside, as RFC 3339. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? instantText(each) : each));
}

/** A message as its socket sends it: text for a text frame, bytes for a binary one. */
export function encodeFrame(codec: Codec, message: unknown): string | Uint8Array {
  if (codec === "json") return toJson(message);
  if (codec === "binary_json") return Buffer.from(toJson(message));
  return encode(withInstants(message), { extensionCodec: timestamps });
}

/** What a client sent; undefined for what cannot be read. */
export function decodeFrame(codec: Codec, data: Uint8Array): unknown {
  try {
    if (codec === "msgpack") return decode(data);
    return JSON.parse(Buffer.from(data).toString("utf8"));
  } catch {
    return undefined;
  }
}

function withInstants(value: unknown): unknown {
  if (typeof value === "bigint") return new WireInstant(value);
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withInstants(each)]));
}
