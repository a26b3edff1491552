import { inspect } from "node:util";

const SHOWN = "[redacted]";

/**
 * Bytes that nobody may print: every way to text says "[redacted]". They are overwritten when it is disposed. What a
 * caller decodes from them is a string of the engine's, which cannot be overwritten: keep it within `use`.
 */
export class Secret implements Disposable {
  readonly #bytes: Buffer;
  #isOpen = true;

  /** @param bytes become the secret's own: they are overwritten with it. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** What `work` makes of the bytes, which it must not keep. @throws RangeError after it was disposed */
  use<Value>(work: (bytes: Buffer) => Value): Value {
    if (!this.#isOpen) throw new RangeError("this secret was overwritten already");
    return work(this.#bytes);
  }

  [Symbol.dispose](): void {
    this.#isOpen = false;
    this.#bytes.fill(0);
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
