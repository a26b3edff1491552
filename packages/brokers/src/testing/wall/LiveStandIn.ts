import { connect, type Socket } from "node:net";
import tls from "node:tls";
import { LiveTrap } from "./LiveTrap.ts";

/**
 * Plays the live environment: while it is set, what this process would say over TLS to any host comes, in the clear, to a
 * server on this machine. Beneath it stands the trap, so that nothing leaves the machine either way.
 */
export class LiveStandIn implements AsyncDisposable {
  /** "host:port" of everything that was called over TLS, in order. */
  readonly called: string[] = [];
  readonly #trap: LiveTrap;
  readonly #connect: unknown = Reflect.get(tls, "connect");

  private constructor(trap: LiveTrap, port: number) {
    this.#trap = trap;
    const { called } = this;
    Reflect.set(tls, "connect", function standIn(first: unknown): Socket {
      const { host, port: wanted } = Object(first);
      called.push(`${String(host)}:${String(wanted)}`);
      return connect({ host: "127.0.0.1", port });
    });
  }

  /** @param address "127.0.0.1:4711", of the server that answers */
  static async set(address: string): Promise<LiveStandIn> {
    return new LiveStandIn(await LiveTrap.set(), Number(new URL(`http://${address}`).port));
  }

  /** @throws Error where anything went past it */
  async [Symbol.asyncDispose](): Promise<void> {
    Reflect.set(tls, "connect", this.#connect);
    await this.#trap[Symbol.asyncDispose]();
    const { dialled } = this.#trap;
    if (dialled.length > 0) throw new Error(`past the stand-in went ${dialled.join(", ")}`);
  }
}
