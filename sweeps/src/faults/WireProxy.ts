import { once } from "node:events";
import { createServer, connect, type Server, type Socket } from "node:net";

const HOST = "127.0.0.1";

/** What happens to the bytes of one connection; without it they pass. */
export interface Tamper {
  /** Bytes of the desk. @returns what goes on to the broker */
  readonly toBroker?: (bytes: Buffer, line: Line) => Buffer | null;
  /** Bytes of the broker. @returns what goes on to the desk */
  readonly toDesk?: (bytes: Buffer, line: Line) => Buffer | null;
}

/** Both ends of a connection through the proxy. */
export interface Line {
  readonly desk: Socket;
  readonly broker: Socket;
  /** Both ends hear a reset, as of a machine that is gone. */
  reset(): void;
}

/** Stands between a desk and its broker on this machine, byte by byte. */
export class WireProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #upstream: number;
  readonly #lines = new Set<Line>();
  /** What happens to whose bytes, since it was last set; made anew for each connection. */
  #make: () => Tamper = () => ({});
  #tampers = new WeakMap<Line, Tamper>();
  /** New connections are refused while it is. */
  isDown = false;

  private constructor(upstream: number) {
    this.#upstream = upstream;
    this.#server = createServer((desk) => this.#join(desk));
  }

  /** @param upstream "http://127.0.0.1:4711" */
  static async open(upstream: string): Promise<WireProxy> {
    const proxy = new WireProxy(Number(new URL(upstream).port));
    proxy.#server.listen(0, HOST);
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy listens on no port");
    return `http://${HOST}:${address.port}`;
  }

  /** From the next bytes on, also on connections that are open. @param make for each connection anew */
  set tamper(make: () => Tamper) {
    this.#make = make;
    this.#tampers = new WeakMap();
  }

  /** Resets every connection there is. */
  resetAll(): void {
    for (const line of this.#lines) line.reset();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.resetAll();
    await closed;
  }

  #join(desk: Socket): void {
    if (this.isDown) {
      desk.resetAndDestroy();
      return;
    }
    const broker = connect(this.#upstream, HOST);
    const line: Line = {
      desk,
      broker,
      reset: () => {
        reset(desk);
        reset(broker);
      },
    };
    this.#lines.add(line);
    desk.on("data", (bytes: Buffer) => {
      const { toBroker } = this.#tamperOf(line);
      pass(broker, toBroker === undefined ? bytes : toBroker(bytes, line));
    });
    broker.on("data", (bytes: Buffer) => {
      const { toDesk } = this.#tamperOf(line);
      pass(desk, toDesk === undefined ? bytes : toDesk(bytes, line));
    });
    for (const [end, other] of [
      [desk, broker],
      [broker, desk],
    ] as const) {
      end.on("end", () => other.end());
      end.on("error", () => other.destroy());
      end.on("close", () => {
        other.destroy();
        this.#lines.delete(line);
      });
    }
  }

  #tamperOf(line: Line): Tamper {
    const tamper = this.#tampers.get(line) ?? this.#make();
    this.#tampers.set(line, tamper);
    return tamper;
  }
}

/** Node 20 loses the handle of a socket that is reset while its end is on its way, and then never ends its process. */
function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}

function pass(to: Socket, bytes: Buffer | null): void {
  if (bytes !== null && bytes.length > 0 && !to.destroyed) to.write(bytes);
}
