import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";

const deflate = promisify(deflateRaw);
/** About as long as an order is on the stream, which is sent compressed. */
const MESSAGE = Buffer.alloc(2_048, "order");

/**
 * Goes there and back over a socket of its own, and through the compressor: what other sockets of this process sent
 * before has arrived when it is back, however busy the machine is.
 */
export class LoopbackProbe implements AsyncDisposable {
  readonly #server: Server;
  readonly #socket: Socket;

  private constructor(server: Server, socket: Socket) {
    this.#server = server;
    this.#socket = socket;
  }

  static async open(): Promise<LoopbackProbe> {
    const server = createServer((socket) => socket.setNoDelay().pipe(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the probe listens on no port");
    const socket = connect(address.port, "127.0.0.1").setNoDelay();
    await once(socket, "connect");
    return new LoopbackProbe(server, socket);
  }

  async roundTrip(): Promise<void> {
    await deflate(MESSAGE);
    this.#socket.write("?");
    await once(this.#socket, "data");
    await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }
}
