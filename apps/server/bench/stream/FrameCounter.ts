/**
 * Counts the text frames of one connection without reading them, but for those that its reader waits for, and one in
 * `sampleEvery`.
 */
export class FrameCounter {
  readonly #read: (text: string) => void;
  readonly #isWaiting: () => boolean;
  readonly #sampleEvery: number;
  #rest: Buffer = Buffer.alloc(0);
  #untilSample: number;
  messages = 0;
  bytes = 0;

  /** @param offset spreads the samples of many connections over time. */
  constructor(sampleEvery: number, offset: number, read: (text: string) => void, isWaiting: () => boolean) {
    this.#read = read;
    this.#isWaiting = isWaiting;
    this.#sampleEvery = sampleEvery;
    this.#untilSample = offset % sampleEvery;
  }

  take(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      if (data.length - at < 2) break;
      const short = (data[at + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < header) break;
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      if (data.length - at < header + length) break;
      this.#count(data, at, header, length);
      at += header + length;
    }
    this.#rest = at === data.length ? Buffer.alloc(0) : data.subarray(at);
  }

  #count(data: Buffer, at: number, header: number, length: number): void {
    if (((data[at] ?? 0) & 0x0f) !== 1) return;
    this.messages += 1;
    this.bytes += header + length;
    this.#untilSample -= 1;
    if (this.#untilSample > 0 && !this.#isWaiting()) return;
    if (this.#untilSample <= 0) this.#untilSample = this.#sampleEvery;
    this.#read(data.toString("utf8", at + header, at + header + length));
  }
}
