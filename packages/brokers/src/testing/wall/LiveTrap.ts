import { createServer, Socket, type AddressInfo, type Server } from "node:net";

/**
 * Stands where real money is: while it is set, every connection of this process that goes anywhere but to this machine
 * ends here instead, on loopback, and no name is ever looked up. It answers nothing and counts what arrives.
 */
export class LiveTrap implements AsyncDisposable {
  /** "host:port" of everything that was dialled. */
  readonly dialled: string[] = [];
  #bytes = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #connect = connectOfSockets();

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.#open.add(socket);
      socket.on("error", () => undefined).once("close", () => this.#open.delete(socket));
      // The first byte settles it; whoever sent it need not wait.
      socket.on("data", (bytes) => {
        this.#bytes += bytes.length;
        socket.destroy();
      });
    });
  }

  static async set(): Promise<LiveTrap> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const trap = new LiveTrap(server);
    trap.#divert(server.address());
    return trap;
  }

  /** Bytes that came for real money. */
  get bytes(): number {
    return this.#bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Reflect.set(Socket.prototype, "connect", this.#connect);
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #divert(address: AddressInfo | string | null): void {
    if (address === null || typeof address === "string") throw new Error("the trap has no port");
    const { port } = address;
    const { dialled } = this;
    const connect = this.#connect;
    // Below every client that Node has: http, https, TLS and ws all come through here.
    Reflect.set(Socket.prototype, "connect", function diverted(this: Socket, ...args: readonly unknown[]): unknown {
      const { host, port: wanted, path } = placeOf(args);
      // A socket in the file system is on this machine.
      if (typeof path === "string") return Reflect.apply(connect, this, args);
      if (/^127\.\d+\.\d+\.\d+$/.test(String(host))) return Reflect.apply(connect, this, args);
      dialled.push(`${String(host)}:${String(wanted)}`);
      return Reflect.apply(connect, this, [{ host: "127.0.0.1", port }]);
    });
  }
}

/** Where a socket is to go: (port, host), (path), (options), or those that Node has sorted already. */
function placeOf(args: readonly unknown[]): {
  readonly host: unknown;
  readonly port?: unknown;
  readonly path?: unknown;
} {
  const [first, second]: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "number") return { port: first, host: typeof second === "string" ? second : "localhost" };
  if (typeof first === "string") return { path: first, host: "localhost" };
  return { host: "localhost", ...Object(first) };
}

/** Node's own, whoever it is called on. */
function connectOfSockets(): (...args: readonly unknown[]) => unknown {
  const connect: unknown = Reflect.get(Socket.prototype, "connect");
  if (typeof connect !== "function") throw new TypeError("a socket has no connect");
  return function onAny(this: unknown, ...args) {
    return Reflect.apply(connect, this, args);
  };
}
