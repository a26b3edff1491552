/* oxlint-disable typescript/unbound-method -- both are called on the socket that calls them */
import { Socket } from "node:net";

/** When bytes that hold a text were given to the kernel, whoever gave them. */
export class WriteWatch implements Disposable {
  readonly #write = Socket.prototype._write;
  readonly #writev = Socket.prototype._writev;
  #text = "";
  #writtenAt: number | null = null;

  constructor() {
    const [write, writev] = [this.#write, this.#writev];
    const note = (chunk: unknown): void => this.#note(chunk);
    Socket.prototype._write = function (...args) {
      write.apply(this, args);
      note(args[0]);
    };
    Socket.prototype._writev = function (...args) {
      writev?.apply(this, args);
      for (const { chunk } of args[0]) note(chunk);
    };
  }

  /** From here on looks for this text. */
  lookFor(text: string): void {
    this.#text = text;
    this.#writtenAt = null;
  }

  /** When it was written first, on the clock of `performance`. @throws Error where it was not */
  get writtenAt(): number {
    if (this.#writtenAt === null) throw new Error(`"${this.#text}" was not written`);
    return this.#writtenAt;
  }

  #note(chunk: unknown): void {
    if (this.#writtenAt === null && String(chunk).includes(this.#text)) this.#writtenAt = performance.now();
  }

  [Symbol.dispose](): void {
    Socket.prototype._write = this.#write;
    if (this.#writev !== undefined) Socket.prototype._writev = this.#writev;
  }
}
