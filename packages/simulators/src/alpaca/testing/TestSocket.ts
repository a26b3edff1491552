import { decode } from "@msgpack/msgpack";
import { WebSocket } from "ws";
import { bytesOf } from "../stream/bytesOf.ts";
import { until } from "./until.ts";

/** A frame as it came. */
export interface Frame {
  readonly isBinary: boolean;
  readonly bytes: Uint8Array;
}

/** A plain socket that keeps what it hears. */
export class TestSocket implements Disposable {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;
  readonly #isMsgpack: boolean;
  closedWith: number | null = null;
  refusedWith: number | null = null;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#socket = new WebSocket(url, { headers });
    this.#isMsgpack = headers["Content-Type"] === "application/msgpack";
    this.#socket.on("message", (data, isBinary) => this.frames.push({ isBinary, bytes: bytesOf(data) }));
    this.#socket.on("close", (code) => (this.closedWith = code));
    this.#socket.on("unexpected-response", (request, response) => {
      this.refusedWith = response.statusCode ?? 0;
      request.destroy();
    });
    this.#socket.on("error", () => undefined);
  }

  /** What was heard, read. */
  get messages(): readonly unknown[] {
    return this.frames.map(({ bytes }) =>
      this.#isMsgpack ? decode(bytes) : JSON.parse(Buffer.from(bytes).toString("utf8")),
    );
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(message: object | string | Uint8Array): void {
    const isRaw = typeof message === "string" || message instanceof Uint8Array;
    this.#socket.send(isRaw ? message : JSON.stringify(message));
  }

  /** Reads no more, as a client that is stuck. */
  pause(): void {
    this.#socket.pause();
  }

  /** Waits until so many messages were heard. */
  async heard(count: number): Promise<readonly unknown[]> {
    await until(() => this.frames.length >= count);
    return this.messages;
  }

  /** Resolves when the server has answered a ping: whatever it sent before has come. */
  async settled(): Promise<void> {
    let isAnswered = false;
    this.#socket.once("pong", () => (isAnswered = true));
    this.#socket.ping();
    await until(() => isAnswered);
  }

  async opened(): Promise<this> {
    await until(() => this.isOpen);
    return this;
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}
