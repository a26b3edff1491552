import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { EventName, IBApi } from "@stoqey/ib";
import { until } from "../../../alpaca/testing/until.ts";
import { FrameSplitter } from "../frames.ts";
import { agreeOnVersion, helloReply, readHello } from "../hello.ts";
import { encodeReply } from "../replies/encodeReply.ts";
import type { TwsReply } from "../TwsReply.ts";

export const VERSIONS = [157, 163, 164, 166, 169, 176, 177, 178, 183, 186, 189, 192, 193] as const;

/** What the vendor's port told its user: an event and its arguments. */
export interface Heard {
  readonly event: string;
  readonly args: readonly unknown[];
}

/** A real socket between @stoqey/ib, unmodified, and this wire, at one version. */
export class Wire implements AsyncDisposable {
  readonly api: IBApi;
  /** What arrived from the client, without lengths: first its start of the API. */
  readonly bodies: Buffer[] = [];
  readonly heard: Heard[] = [];
  readonly #version: number;
  readonly #server: Server;
  #socket: Socket | null = null;

  private constructor(version: number, server: Server, port: number) {
    this.#version = version;
    this.#server = server;
    server.on("connection", (socket) => this.#serve(socket));
    this.api = new IBApi({ host: "127.0.0.1", port, clientId: 7, maxReqPerSec: 1_000 });
    this.api.on(EventName.all, (event: string, args: readonly unknown[]) => this.heard.push({ event, args }));
  }

  static async open(version: number): Promise<Wire> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    const wire = new Wire(version, server, address.port);
    wire.api.connect(7);
    await until(() => wire.bodies.length === 1);
    wire.say({ kind: "managedAccounts", accounts: ["DU1234567"] });
    wire.say({ kind: "nextValidId", orderId: 1 });
    await until(() => wire.has(EventName.nextValidId));
    return wire;
  }

  say(reply: TwsReply): void {
    this.#socket?.write(encodeReply(reply, this.#version));
  }

  /** What the client tells of `replies`: everything until it has read the last of them. */
  async tells(replies: readonly TwsReply[]): Promise<readonly Heard[]> {
    this.heard.length = 0;
    for (const reply of replies) this.say(reply);
    this.say({ kind: "userInfo", requestId: -77, whiteBrandingId: "the end" });
    await until(() => this.has(EventName.userInfo));
    return this.heard.filter(({ event }) => !["received", "result", EventName.userInfo].includes(event));
  }

  /** What the client sends for `ask`, as bodies of frames. @param count of them. */
  async asks(ask: (api: IBApi) => void, count = 1): Promise<readonly Buffer[]> {
    this.bodies.length = 0;
    ask(this.api);
    await until(() => this.bodies.length >= count);
    return [...this.bodies];
  }

  has(event: string): boolean {
    return this.heard.some((each) => each.event === event);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.api.disconnect();
    this.#socket?.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#socket = socket;
    const frames = new FrameSplitter();
    let head: Buffer | null = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      if (head === null) return void this.bodies.push(...frames.push(chunk));
      head = Buffer.concat([head, chunk]);
      const hello = readHello(head);
      if (hello === null) return;
      const version = agreeOnVersion(hello, this.#version);
      if (version === null) return void socket.destroy();
      head = null;
      socket.write(helloReply(version, "20260415 18:28:23 Central European Standard Time"));
      this.bodies.push(...frames.push(hello.rest));
    });
  }
}
