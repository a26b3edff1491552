import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { GatewayAddress } from "../../interactive-brokers/IBTypes.ts";

export interface GatewayScript {
  /** The text of the first answer, fields ended by NUL; null: it never answers. */
  readonly greeting?: string | null;
  /** @default what a gateway says once it knows the client id: its accounts, then an order id */
  readonly login?: readonly (readonly (string | number)[])[];
  /** Bytes that are said at once to whoever connects, as they are. */
  readonly bytes?: Buffer;
}

export const GREETING = "193\0" + "20261120 10:00:00 US/Eastern\0";
export const LOGIN: readonly (readonly (string | number)[])[] = [
  [15, 1, "DU1234567"],
  [9, 1, 1],
];

/** A peer of a few lines on a loopback port: it says what a test tells it to, and keeps what it hears. */
export class ScriptedGateway implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Each message that was heard, in order, as its fields; the hello and the login are none. */
  readonly heard: (readonly string[])[] = [];
  /** How many sockets were opened so far. */
  sessions = 0;
  /** How many of them said hello, and how many named their client id. */
  hellos = 0;
  logins = 0;
  /** Of the sessions from here on. */
  script: GatewayScript = {};
  /** How sockets were ended by whoever had opened them: after what was written (FIN), or at once, without it (RST). */
  readonly ends: ("finished" | "reset")[] = [];
  /** What is answered to a message, by its first field. */
  readonly answers = new Map<string, (fields: readonly string[]) => void>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(script: GatewayScript = {}): Promise<ScriptedGateway> {
    const server = createServer();
    const gateway = new ScriptedGateway(server);
    gateway.script = script;
    server.on("connection", (socket) => gateway.#serve(socket));
    await gateway.listen(0);
    return gateway;
  }

  get address(): GatewayAddress {
    return { host: "127.0.0.1", port: this.#port, clientId: 7 };
  }
  #port = 0;

  async listen(port: number = this.#port): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    const address: AddressInfo | string | null = this.#server.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
  }

  /** What was heard of one kind: its first field. */
  of(kind: number): readonly (readonly string[])[] {
    return this.heard.filter(([first]) => first === String(kind));
  }

  /** Says a message to every socket. */
  say(...fields: readonly (string | number)[]): void {
    this.sayBytes(frameOf(fields.map((field) => `${field}\0`).join("")));
  }

  sayBytes(bytes: Buffer): void {
    for (const socket of this.#sockets) socket.write(bytes);
  }

  /** An error of a request or an order, or (-1) of nothing in particular. */
  sayError(id: number, code: number, message: string, advanced = ""): void {
    this.say(4, 2, id, code, message, advanced);
  }

  /** Ends every socket, with a reset. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Ends every socket and listens no more. */
  async goAway(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.goAway();
  }

  #serve(socket: Socket): void {
    this.sessions += 1;
    this.#sockets.add(socket);
    // Else a line waits up to 40 ms for the one before it, while fake time runs through every limit.
    socket.setNoDelay(true);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("end", () => this.ends.push("finished"));
    socket.on("error", () => this.ends.push("reset"));
    const { greeting = GREETING, login = LOGIN, bytes } = this.script;
    if (bytes !== undefined) socket.write(bytes);
    let unread = Buffer.alloc(0);
    let isGreeted = false;
    socket.on("data", (chunk: Buffer) => {
      unread = Buffer.concat([unread, chunk]);
      if (!isGreeted) {
        // "API\0", a length and the versions: "v100..193".
        if (unread.length < 8 || unread.length < 8 + unread.readUInt32BE(4)) return;
        unread = unread.subarray(8 + unread.readUInt32BE(4));
        isGreeted = true;
        this.hellos += 1;
        if (greeting !== null) socket.write(frameOf(greeting));
      }
      while (unread.length >= 4 && unread.length >= 4 + unread.readUInt32BE()) {
        const size = 4 + unread.readUInt32BE();
        const fields = unread.toString("utf8", 4, size - 1).split("\0");
        unread = unread.subarray(size);
        if (fields[0] !== START_API) {
          this.#hear(fields);
          continue;
        }
        this.logins += 1;
        for (const line of login) socket.write(frameOf(line.map((each) => `${each}\0`).join("")));
      }
    });
  }

  #hear(fields: readonly string[]): void {
    this.heard.push(fields);
    this.answers.get(fields[0] ?? "")?.(fields);
  }
}

const START_API = "71";

/** A message as it goes over the wire. */
export function frameOf(text: string): Buffer {
  const body = Buffer.from(text, "utf8");
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}
