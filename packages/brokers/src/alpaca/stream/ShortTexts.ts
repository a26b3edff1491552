const SLOTS = 8_192;
const LONGEST = 8;

/**
 * Texts that come again and again, such as tickers and the names of fields, made once: at most eight bytes, each in the
 * one slot that its bytes lead to, where the last comer stays.
 */
export class ShortTexts {
  readonly #texts: (string | undefined)[] = Array.from({ length: SLOTS });
  /** The first four bytes and the rest of each, packed, and their number. */
  readonly #heads = new Int32Array(SLOTS);
  readonly #tails = new Int32Array(SLOTS);
  readonly #lengths = new Uint8Array(SLOTS);

  read(bytes: Buffer, start: number, length: number): string {
    if (length > LONGEST || length === 0) return bytes.toString("utf8", start, start + length);
    let head = 0;
    let tail = 0;
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[start + index] ?? 0;
      if (index < 4) head = (head << 8) | byte;
      else tail = (tail << 8) | byte;
    }
    const slot = (Math.imul(head ^ Math.imul(tail, 31), 0x9e37_79b1) >>> 19) & (SLOTS - 1);
    const known = this.#texts[slot];
    if (
      known !== undefined &&
      this.#heads[slot] === head &&
      this.#tails[slot] === tail &&
      this.#lengths[slot] === length
    ) {
      return known;
    }
    const text = bytes.toString("utf8", start, start + length);
    this.#texts[slot] = text;
    this.#heads[slot] = head;
    this.#tails[slot] = tail;
    this.#lengths[slot] = length;
    return text;
  }
}
