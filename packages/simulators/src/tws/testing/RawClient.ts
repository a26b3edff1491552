import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { until } from "../../alpaca/testing/until.ts";
import { frameOf, FrameSplitter, lengthPrefix } from "../wire/frames.ts";

/** A client made of nothing but a socket: it may say anything. */
export class RawClient implements Disposable {
  readonly socket: Socket;
  /** Fields of what arrived; first the answer to the hello. */
  readonly messages: (readonly string[])[] = [];
  /** Every byte that arrived. */
  bytes = 0;
  /** How often data arrived. */
  chunks = 0;
  /** Why the socket ended: "open" as long as it has not. */
  end: "open" | "closed" | "reset" = "open";
  readonly #frames = new FrameSplitter();

  private constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.on("data", (chunk: Buffer) => {
      this.bytes += chunk.length;
      this.chunks += 1;
      for (const body of this.#frames.push(chunk)) {
        this.messages.push(body.toString("latin1").split("\0").slice(0, -1));
      }
    });
    this.socket.on("error", () => (this.end = "reset"));
    this.socket.on("close", () => {
      if (this.end === "open") this.end = "closed";
    });
  }

  /** On its way. */
  static start(port: number): RawClient {
    return new RawClient(port);
  }

  static async open(port: number): Promise<RawClient> {
    const client = RawClient.start(port);
    await once(client.socket, "connect");
    return client;
  }

  /** Resolves when it is in: past nextValidId and what follows it. */
  static async signedIn(port: number, clientId = 1, versions = "v157..193"): Promise<RawClient> {
    const client = await RawClient.open(port);
    client.hello(versions);
    client.ask(71, 2, clientId, "");
    await until(() => client.messages.some(([id, , , code]) => id === "4" && code === "2158"));
    client.messages.length = 0;
    return client;
  }

  hello(versions = "v157..193"): void {
    this.socket.write(Buffer.concat([Buffer.from("API\0"), lengthPrefix(versions.length), Buffer.from(versions)]));
  }

  ask(...fields: readonly (string | number)[]): void {
    this.socket.write(frameOf(fields.map(String)));
  }

  /** Resolves when everything that was asked for so far is answered. */
  async settled(): Promise<void> {
    const count = (): number => this.messages.filter(([id]) => id === "49").length;
    const before = count();
    this.ask(49, 1);
    await until(() => count() > before);
  }

  /** Code and id of each error. */
  errors(): readonly string[] {
    return this.messages.filter(([id]) => id === "4").map(([, , id, code]) => `${code} ${id}`);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
