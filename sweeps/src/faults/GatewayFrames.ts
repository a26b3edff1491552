const HELLO = Buffer.from("API\0");
const LENGTH_BYTES = 4;

/** A message of the TWS API, and where it lies in the bytes that made it whole. */
export interface GatewayFrame {
  /** What it is and what comes next: "3" and an order id of an order that is placed. */
  readonly fields: readonly string[];
  /** Of its length's first byte; below zero where it began in bytes before. */
  readonly start: number;
  readonly end: number;
}

/** Finds the messages in one direction of a connection, from its first byte on. */
export class GatewayFrames {
  #held = Buffer.alloc(0);
  #isGreeted = false;

  /** Those that these bytes make whole, oldest first. */
  push(bytes: Buffer): readonly GatewayFrame[] {
    const before = this.#held.length;
    const all = Buffer.concat([this.#held, bytes]);
    let at = 0;
    if (!this.#isGreeted && all.length >= HELLO.length) {
      this.#isGreeted = true;
      if (all.subarray(0, HELLO.length).equals(HELLO)) at = HELLO.length;
    }
    const frames: GatewayFrame[] = [];
    while (this.#isGreeted && all.length - at >= LENGTH_BYTES) {
      const end = at + LENGTH_BYTES + all.readUInt32BE(at);
      if (end > all.length) break;
      const fields = all
        .subarray(at + LENGTH_BYTES, end)
        .toString("latin1")
        .split("\0");
      frames.push({ fields, start: at - before, end: end - before });
      at = end;
    }
    this.#held = all.subarray(at);
    return frames;
  }
}
