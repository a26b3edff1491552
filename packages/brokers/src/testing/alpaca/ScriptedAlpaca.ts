import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { AlpacaVenue } from "../../alpaca/AlpacaEndpoints.ts";
import { FrameDecoder } from "../../alpaca/stream/decodeFrame.ts";
import { SystemClock } from "../../SystemClock.ts";

/** A request that came in. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What to answer: a value as JSON, bytes as they are, or nothing ever. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly bytes?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `drop` closes the socket instead of answering, `hold` never answers, `cut` answers half. */
  readonly fate?: "drop" | "hold" | "cut";
}

export type Route = (request: SeenRequest) => ScriptedAnswer;
type Socket = "orders" | "prices";

/**
 * A server on loopback that says what a test tells it to, in the forms of Alpaca's documents. It knows nothing of
 * trading: it is a mouth, not a market.
 */
export class ScriptedAlpaca implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  /** What was said on each kind of socket, decoded where it is JSON. */
  readonly said: Record<Socket, unknown[]> = { orders: [], prices: [] };
  /** Sockets that were opened, also such as have been closed since. */
  readonly opened: Record<Socket, number> = { orders: 0, prices: 0 };
  /** How each kind of socket answers what is said to it; `null` as a whole refuses the handshake with that status. */
  readonly dialogue: Record<Socket, (message: unknown, socket: WebSocket) => void>;
  /** A status other than 101 for handshakes to come. */
  readonly handshake: Record<Socket, number | null> = { orders: null, prices: null };
  /** What a price socket says when it opens. */
  greeting: unknown = [{ T: "success", msg: "connected" }];
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #open: Record<Socket, Set<WebSocket>> = { orders: new Set(), prices: new Set() };
  readonly #routes = new Map<string, Route>();

  constructor(server: Server) {
    this.#server = server;
    this.dialogue = { orders: listenToOrders, prices: subscribeToPrices() };
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
    server.on("upgrade", (request: IncomingMessage, socket, head) => {
      const kind: Socket = request.url === "/stream" ? "orders" : "prices";
      const status = this.handshake[kind];
      this.opened[kind] += 1;
      if (status !== null) {
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#talk(kind, opened));
    });
  }

  static async start(): Promise<ScriptedAlpaca> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ScriptedAlpaca(server);
  }

  get address(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server does not listen");
    return `127.0.0.1:${address.port}`;
  }

  get venue(): AlpacaVenue {
    const { address } = this;
    return {
      kind: "simulator",
      trading: `http://${address}`,
      data: `http://${address}`,
      tradingStream: `ws://${address}/stream`,
      dataStream: `ws://${address}`,
    };
  }

  /** @param what "GET /v2/account"; the newest route of a name is the one. */
  on(what: string, route: Route | ScriptedAnswer): this {
    this.#routes.set(what, typeof route === "function" ? route : () => route);
    return this;
  }

  /** Requests of one name, oldest first. */
  seen(what: string): readonly SeenRequest[] {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === what);
  }

  /** Says something on every open socket of a kind; the orders' in binary frames, as the paper environment does. */
  say(kind: Socket, message: unknown): void {
    const bytes = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
    for (const socket of this.#open[kind])
      socket.send(bytes, { binary: kind === "orders" || Buffer.isBuffer(message) });
  }

  /** Sockets of a kind that are open now. */
  openNow(kind: Socket): number {
    return this.#open[kind].size;
  }

  /** Reads nothing more from any socket that is open: no ping is answered. */
  freeze(): void {
    for (const socket of [...this.#open.orders, ...this.#open.prices]) socket.pause();
  }

  /** Closes every socket of a kind. */
  close(kind: Socket): void {
    for (const socket of this.#open[kind]) socket.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close("orders");
    this.close("prices");
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #talk(kind: Socket, socket: WebSocket): void {
    this.#open[kind].add(socket);
    socket.on("close", () => this.#open[kind].delete(socket));
    socket.on("message", (data) => {
      const text = Buffer.isBuffer(data) ? data.toString("utf8") : "";
      const message: unknown = text.startsWith("{") ? JSON.parse(text) : data;
      this.said[kind].push(message);
      this.dialogue[kind](message, socket);
    });
    if (kind === "prices" && this.greeting !== null) socket.send(JSON.stringify(this.greeting));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", `http://${this.address}`);
      const seen: SeenRequest = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      this.requests.push(seen);
      const route = this.#routes.get(`${seen.method} ${seen.path}`);
      this.#send(
        response,
        route?.(seen) ?? { status: 404, json: { code: 40410000, message: `no route for ${seen.path}` } },
      );
    });
  }

  #send(response: ServerResponse, { status = 200, json, bytes, headers = {}, fate }: ScriptedAnswer): void {
    if (fate === "hold") return;
    if (fate === "drop") return void response.socket?.destroy();
    const body = bytes ?? (json === undefined ? "" : JSON.stringify(json));
    if (fate === "cut") {
      response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body) + 100) });
      response.write(body);
      setImmediate(() => response.socket?.destroy());
      return;
    }
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Authorises whoever asks in the documented form, and listens. */
export function listenToOrders(message: unknown, socket: WebSocket): void {
  if (!isObject(message)) return;
  const say = (answer: unknown): void => socket.send(Buffer.from(JSON.stringify(answer)));
  if (message["action"] === "auth" || message["action"] === "authenticate") {
    say({ stream: "authorization", data: { status: "authorized", action: "authenticate" } });
  }
  if (message["action"] === "listen") say({ stream: "listening", data: { streams: ["trade_updates"] } });
}

/** Authenticates in either encoding, answers in JSON, and acknowledges each subscription with all that the socket has subscribed to by then. */
export function subscribeToPrices(): (message: unknown, socket: WebSocket) => void {
  const subscribed = new WeakMap<WebSocket, Map<string, Set<string>>>();
  const frames = new FrameDecoder();
  return (said, socket) => {
    const message = Buffer.isBuffer(said) ? frames.decode(said) : said;
    if (!isObject(message)) return;
    const { action, ...channels } = message;
    if (action === "auth") socket.send(JSON.stringify([{ T: "success", msg: "authenticated" }]));
    if (action !== "subscribe" && action !== "unsubscribe") return;
    const all = subscribed.get(socket) ?? new Map<string, Set<string>>();
    subscribed.set(socket, all);
    for (const [channel, symbols] of Object.entries(channels)) {
      const known = all.get(channel) ?? new Set();
      all.set(channel, known);
      for (const symbol of Array.isArray(symbols) ? symbols.map(String) : []) {
        if (action === "subscribe") known.add(symbol);
        else known.delete(symbol);
      }
    }
    const told = Object.fromEntries([...all].map(([channel, symbols]) => [channel, [...symbols]]));
    socket.send(JSON.stringify([{ T: "subscription", ...told }]));
  };
}

/** Resolves when `condition` holds: real bytes need turns of the event loop, on a busy machine many. @throws Error after half a minute. */
export async function until(condition: () => boolean): Promise<void> {
  const clock = new SystemClock();
  const end = clock.monotonic() + 30_000;
  while (!condition()) {
    if (clock.monotonic() > end) throw new Error("the condition did not come to hold");
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
