import { parseInstant } from "../rest/instant.ts";
import { ShortTexts } from "./ShortTexts.ts";

/** Something is not in the compact form that Alpaca sends. Whether it is JSON at all is for `JSON.parse` to say. */
export class UnusualJson extends Error {
  override readonly name = "UnusualJson";
}

const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGIT_0 = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;
const LIST = 0x5b;
const LIST_END = 0x5d;
/** `Z` and the end of the text. */
const ZULU = 0x5a22;
/** `true`, `null`, `fals`, as four bytes. */
const LITERALS = [0x7472_7565, 0x6e75_6c6c, 0x6661_6c73] as const;

/** Whole numbers below 10^15 and powers of ten up to 10^22 are exact as floats: their quotient is the float nearest to the text. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS }, (_, power) => Number(`1e${power}`));

/**
 * Reads JSON of a frame value by value, from the bytes, as `JSON.parse` would have it: compact, plain ASCII, no escapes,
 * no exponents. What is anything else throws UnusualJson; where the frame ends too soon, that or a RangeError.
 */
export class JsonCursor {
  readonly #texts = new ShortTexts();
  /** The minute that the last instant was in: its sixteen characters, and when it began, epoch milliseconds. */
  #minute0 = 0;
  #minute4 = 0;
  #minute8 = 0;
  #minute12 = 0;
  #minuteMs = Number.NaN;
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** The next byte. */
  at = 0;

  begin(frame: Buffer): void {
    this.bytes = frame;
    this.view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    this.at = 0;
  }

  number(): number {
    const { bytes, at: start } = this;
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    let at = first;
    let mantissa = 0;
    let digit = (bytes[at] ?? 0) - DIGIT_0;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      at += 1;
      digit = (bytes[at] ?? 0) - DIGIT_0;
    }
    let digits = at - first;
    if (digits === 0 || (digits > 1 && bytes[first] === DIGIT_0)) throw new UnusualJson("not a number");
    let decimals = 0;
    if (bytes[at] === POINT) {
      const point = at;
      at += 1;
      digit = (bytes[at] ?? 0) - DIGIT_0;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        at += 1;
        digit = (bytes[at] ?? 0) - DIGIT_0;
      }
      decimals = at - point - 1;
      digits += decimals;
      if (decimals === 0) throw new UnusualJson("not a number");
    }
    // An exponent is left for the caller to stumble over: no value is followed by a letter.
    this.at = at;
    if (digits > EXACT_DIGITS) return Number(bytes.toString("latin1", start, at));
    const value = decimals === 0 ? mantissa : mantissa / (POWERS_OF_TEN[decimals] ?? 1);
    return isNegative ? -value : value;
  }

  text(): string {
    const start = this.at + 1;
    this.skipText();
    return this.#texts.read(this.bytes, start, this.at - 1 - start);
  }

  /** "2021-02-22T15:51:44.208Z" with any number of decimals, in epoch milliseconds as `parseInstant` cuts them. */
  instant(): number {
    const { bytes, view, at } = this;
    if (bytes[at] !== QUOTE || bytes[at + 17] !== COLON) throw new UnusualJson("not an instant");
    const minute0 = view.getInt32(at + 1);
    const minute4 = view.getInt32(at + 5);
    const minute8 = view.getInt32(at + 9);
    const minute12 = view.getInt32(at + 13);
    if (
      minute12 !== this.#minute12 ||
      minute8 !== this.#minute8 ||
      minute4 !== this.#minute4 ||
      minute0 !== this.#minute0
    ) {
      this.#minuteMs = startOfMinute(bytes.toString("latin1", at + 1, at + 17));
      this.#minute0 = minute0;
      this.#minute4 = minute4;
      this.#minute8 = minute8;
      this.#minute12 = minute12;
    }
    const tens = (bytes[at + 18] ?? 0) - DIGIT_0;
    const ones = (bytes[at + 19] ?? 0) - DIGIT_0;
    if (tens < 0 || tens > 5 || ones < 0 || ones > 9) throw new UnusualJson("not an instant");
    this.at = at + 20;
    const milliseconds = this.#fraction();
    if (view.getUint16(this.at) !== ZULU) throw new UnusualJson("not an instant");
    this.at += 2;
    return this.#minuteMs + (tens * 10 + ones) * 1_000 + milliseconds;
  }

  /** Reads over a name, its colon and its value. */
  skipMember(): void {
    this.skipText();
    this.colon();
    if (this.bytes[this.at] !== LIST) return this.#skipScalar();
    this.at += 1;
    if (this.bytes[this.at] === LIST_END) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.#skipScalar();
      const next = this.bytes[this.at];
      if (next !== COMMA && next !== LIST_END) throw new UnusualJson("not a list of plain values");
      this.at += 1;
      if (next === LIST_END) return;
    }
  }

  colon(): void {
    if (this.bytes[this.at] !== COLON) throw new UnusualJson("no colon");
    this.at += 1;
  }

  skipText(): void {
    const { bytes } = this;
    if (bytes[this.at] !== QUOTE) throw new UnusualJson("not a text");
    let at = this.at + 1;
    for (let byte = bytes[at] ?? 0; byte !== QUOTE; byte = bytes[at] ?? 0) {
      if (!isPlain(byte)) throw new UnusualJson("not a plain text");
      at += 1;
    }
    this.at = at + 1;
  }

  /** Milliseconds of a second, of up to twelve decimals. */
  #fraction(): number {
    const { bytes } = this;
    if (bytes[this.at] !== POINT) return 0;
    const first = this.at + 1;
    let at = first;
    let milliseconds = 0;
    for (let digit = (bytes[at] ?? 0) - DIGIT_0; digit >= 0 && digit <= 9; digit = (bytes[at] ?? 0) - DIGIT_0) {
      const place = at - first;
      if (place < 3) milliseconds += place === 0 ? digit * 100 : place === 1 ? digit * 10 : digit;
      at += 1;
    }
    if (at === first || at - first > 12) throw new UnusualJson("not a fraction of a second");
    this.at = at;
    return milliseconds;
  }

  #skipScalar(): void {
    const byte = this.bytes[this.at] ?? 0;
    if (byte === QUOTE) return this.skipText();
    const [isTrue, isNull, isFalse] = LITERALS;
    if (byte === MINUS || (byte >= DIGIT_0 && byte <= DIGIT_0 + 9)) this.number();
    else {
      const word = this.view.getUint32(this.at);
      if (word === isTrue || word === isNull) this.at += 4;
      else if (word === isFalse && this.bytes[this.at + 4] === 0x65) this.at += 5;
      else throw new UnusualJson("not a plain value");
    }
  }
}

/** Whether a byte of a text stands for itself. */
export const isPlain = (byte: number): boolean => byte > 0x1f && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH;

/** Of "2021-02-22T15:51"; by its last second, which no hour past the day's end has. */
function startOfMinute(text: string): number {
  const lastSecond = parseInstant(`${text}:59Z`);
  if (lastSecond === undefined) throw new UnusualJson("not an instant");
  return lastSecond - 59_000;
}
