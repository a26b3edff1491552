import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { FrameWriter } from "../streams/FrameSink.ts";

/**
 * Finished frames for one WebSocket, written to the connection below it. That is sound because `ws` writes each of its
 * own frames whole and in one turn: compression is off, and nothing here sends a Blob, the two that would make it wait.
 */
export class SocketFrames implements FrameWriter {
  readonly #client: WebSocket;
  readonly #socket: Duplex;

  /** @param socket what the client was upgraded from. */
  constructor(client: WebSocket, socket: Duplex) {
    this.#client = client;
    this.#socket = socket;
  }

  backlogBytes(): number {
    return this.#socket.writableLength;
  }

  write(frame: Buffer): void {
    if (this.#client.readyState === this.#client.OPEN) this.#socket.write(frame);
  }
}
