import { ShortTexts } from "./ShortTexts.ts";

/** A message was cut off, or is not msgpack. */
export class MsgpackError extends RangeError {
  override readonly name = "MsgpackError";
}

/** https://github.com/msgpack/msgpack/blob/master/spec.md#timestamp-extension-type */
const TIMESTAMP = -1;
const LIST = [0x90, 0xdc, 0xdd] as const;
const MAP = [0x80, 0xde, 0xdf] as const;
const DEEPEST = 32;
const TWO_32 = 2 ** 32;

/**
 * Reads msgpack, https://github.com/msgpack/msgpack/blob/master/spec.md: timestamps as epoch milliseconds, cut; whole
 * numbers beyond 2^53 as their text, as `parseExactJson` has them; other extensions and binary as null. Alpaca sends a
 * price in some hundred bytes and thousands of them a second, so short texts (keys, tickers, exchanges) are made once.
 */
export class MsgpackReader {
  readonly #texts = new ShortTexts();
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  /** @throws MsgpackError for what is not exactly one value. */
  read(bytes: Buffer): unknown {
    this.begin(bytes);
    const value = this.#value(0);
    this.end();
    return value;
  }

  /** Stands before the first value of a message; what follows reads it piece by piece. Each piece throws MsgpackError. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = 0;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new MsgpackError("bytes are left after the value");
  }

  /** How many values the list has that begins here, or pairs the map has. */
  size(of: "list" | "map"): number {
    const type = this.#uint8();
    const [short, two, four] = of === "list" ? LIST : MAP;
    if ((type & 0xf0) === short) return type & 0x0f;
    if (type === two) return this.#uint16();
    if (type === four) return this.#uint32();
    throw new MsgpackError(`0x${type.toString(16)} begins no ${of}`);
  }

  /** The next value where it is a text of at most four bytes, as their number, first byte first; 0 for any other, read over. */
  name(): number {
    const type = this.#bytes[this.#at] ?? 0;
    if (type < 0xa1 || type > 0xa4) return this.skip();
    this.#at += 1;
    let name = 0;
    const end = this.#take(type & 0x1f) + (type & 0x1f);
    for (let at = end - (type & 0x1f); at < end; at += 1) name = (name << 8) | (this.#bytes[at] ?? 0);
    return name;
  }

  value(): unknown {
    return this.#value(1);
  }

  /** Reads over a value, and makes nothing of it where it is short. */
  skip(): 0 {
    const type = this.#bytes[this.#at] ?? 0;
    if (type > 0xa0 && type < 0xc0) this.#take((type & 0x1f) + 1);
    else if (type > 0x90 && type < 0xa0) for (let left = this.size("list"); left > 0; left -= 1) this.skip();
    else this.#value(1);
    return 0;
  }

  #value(depth: number): unknown {
    const type = this.#uint8();
    if (type < 0x80) return type;
    if (type >= 0xe0) return type - 0x100;
    if (type >= 0xa0 && type < 0xc0) return this.#text(type & 0x1f);
    if (depth > DEEPEST) throw new MsgpackError("nested too deeply");
    if (type < 0x90) return this.#map(type & 0x0f, depth);
    if (type < 0xa0) return this.#array(type & 0x0f, depth);
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
        return this.#skip(this.#uint8());
      case 0xc5:
        return this.#skip(this.#uint16());
      case 0xc6:
        return this.#skip(this.#uint32());
      case 0xc7:
        return this.#extension(this.#uint8());
      case 0xc8:
        return this.#extension(this.#uint16());
      case 0xc9:
        return this.#extension(this.#uint32());
      case 0xca:
        return this.#view.getFloat32(this.#take(4));
      case 0xcb:
        return this.#view.getFloat64(this.#take(8));
      case 0xcc:
        return this.#uint8();
      case 0xcd:
        return this.#uint16();
      case 0xce:
        return this.#uint32();
      case 0xcf:
        return this.#uint64();
      case 0xd0:
        return this.#view.getInt8(this.#take(1));
      case 0xd1:
        return this.#view.getInt16(this.#take(2));
      case 0xd2:
        return this.#view.getInt32(this.#take(4));
      case 0xd3:
        return this.#int64();
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(1 << (type - 0xd4));
      case 0xd9:
        return this.#text(this.#uint8());
      case 0xda:
        return this.#text(this.#uint16());
      case 0xdb:
        return this.#text(this.#uint32());
      case 0xdc:
        return this.#array(this.#uint16(), depth);
      case 0xdd:
        return this.#array(this.#uint32(), depth);
      case 0xde:
        return this.#map(this.#uint16(), depth);
      case 0xdf:
        return this.#map(this.#uint32(), depth);
      default:
        throw new MsgpackError(`0x${type.toString(16)} begins no value`);
    }
  }

  #map(size: number, depth: number): Readonly<Record<string, unknown>> {
    const map: Record<string, unknown> = {};
    for (let index = 0; index < size; index += 1) {
      const key = this.#value(depth + 1);
      const value = this.#value(depth + 1);
      // As an object's own key it would be the object's prototype.
      if (typeof key === "string" && key !== "__proto__") map[key] = value;
    }
    return map;
  }

  #array(size: number, depth: number): readonly unknown[] {
    // The size is what the sender says; nothing is set aside for it.
    const array: unknown[] = [];
    for (let index = 0; index < size; index += 1) array.push(this.#value(depth + 1));
    return array;
  }

  #text(length: number): string {
    return this.#texts.read(this.#bytes, this.#take(length), length);
  }

  #extension(length: number): number | null {
    const type = this.#view.getInt8(this.#take(1));
    if (type !== TIMESTAMP) return this.#skip(length);
    switch (length) {
      case 4:
        return this.#uint32() * 1_000;
      case 8: {
        // 30 bits of nanoseconds, then 34 bits of seconds.
        const upper = this.#uint32();
        const seconds = (upper & 3) * TWO_32 + this.#uint32();
        return seconds * 1_000 + Math.floor((upper >>> 2) / 1_000_000);
      }
      case 12: {
        const nanoseconds = this.#uint32();
        const seconds = this.#view.getInt32(this.#take(4)) * TWO_32 + this.#uint32();
        return seconds * 1_000 + Math.floor(nanoseconds / 1_000_000);
      }
      default:
        throw new MsgpackError(`a timestamp of ${length} bytes`);
    }
  }

  #skip(length: number): null {
    this.#take(length);
    return null;
  }

  #uint64(): number | string {
    const upper = this.#uint32();
    const value = upper * TWO_32 + this.#uint32();
    return Number.isSafeInteger(value) ? value : this.#view.getBigUint64(this.#at - 8).toString();
  }

  #int64(): number | string {
    const value = this.#view.getInt32(this.#take(4)) * TWO_32 + this.#uint32();
    return Number.isSafeInteger(value) ? value : this.#view.getBigInt64(this.#at - 8).toString();
  }

  #uint8(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new MsgpackError("the message was cut off");
    this.#at += 1;
    return value;
  }

  #uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  /** Moves on by `length` bytes, which are there, and answers where they begin. */
  #take(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new MsgpackError("the message was cut off");
    this.#at = start + length;
    return start;
  }
}
