import type { Socket } from "node:net";

/** Unsent bytes beyond which a client that does not read is cut off. */
const MOST_UNSENT = 64 * 1024 * 1024;

/** Where the bytes to one client go out: as they are, or a byte at a time. */
export class Outlet {
  readonly #socket: Socket;
  readonly #isBytewise: boolean;
  readonly #waiting: Buffer[] = [];
  #isWriting = false;
  #isShut = false;

  constructor(socket: Socket, isBytewise: boolean) {
    this.#socket = socket;
    this.#isBytewise = isBytewise;
  }

  send(bytes: Buffer): void {
    if (this.#isShut || this.#socket.destroyed) return;
    if (this.#isBytewise) {
      this.#waiting.push(bytes);
      this.#writeNext();
    } else this.#socket.write(bytes);
    if (this.#socket.writableLength > MOST_UNSENT) this.#socket.resetAndDestroy();
  }

  /** Nothing goes out any more. */
  shut(): void {
    this.#isShut = true;
    this.#waiting.length = 0;
  }

  /** Each byte goes once the one before it is with the operating system. */
  #writeNext(offset = 0): void {
    const [bytes] = this.#waiting;
    if (bytes === undefined || (this.#isWriting && offset === 0)) return;
    this.#isWriting = true;
    this.#socket.write(bytes.subarray(offset, offset + 1), () => {
      const isWhole = offset + 1 >= bytes.length;
      if (isWhole) this.#waiting.shift();
      this.#isWriting = !isWhole;
      this.#writeNext(isWhole ? 0 : offset + 1);
    });
  }
}
