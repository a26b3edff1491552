import type { IncomingMessage } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@trenddojo/brokers/domain";
import { WebSocketServer, type WebSocket } from "ws";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import type { FaultScript, StreamName } from "../faults/FaultScript.ts";
import type { SimulatedMarket } from "../market/SimulatedMarket.ts";
import type { DataPlan } from "../rest/dataQuery.ts";
import type { SimulatorJournal } from "../SimulatorJournal.ts";
import type { Codec } from "../wire/marketCodec.ts";
import { ConnectionSlots } from "./ConnectionSlots.ts";
import { DataConnection } from "./DataConnection.ts";
import { TradingConnection } from "./TradingConnection.ts";

const TRADING_PATH = "/stream";
/** Where each feed is, of which all have the same market here. */
const DATA_FEEDS: Readonly<Record<string, string>> = {
  "/v2/iex": "iex",
  "/v2/sip": "sip",
  "/v2/delayed_sip": "delayed_sip",
  "/v1beta1/boats": "boats",
  "/v1beta1/overnight": "overnight",
};
const PAID_FEEDS: readonly string[] = ["sip", "boats"];
/** Symbols that each plan may follow at once. */
const SYMBOL_LIMITS = { basic: 30, plus: Number.POSITIVE_INFINITY } as const;

export interface StreamServerParts {
  readonly clock: Clock;
  readonly market: SimulatedMarket;
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly faults: FaultScript;
  readonly journal: SimulatorJournal;
  readonly plan: DataPlan;
  /** Milliseconds that a data connection still counts after it is gone. */
  readonly connectionReapMs: number;
}

/** Opens the sockets of both streams. */
export class StreamServer {
  readonly #parts: StreamServerParts;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 1024 } });
  readonly #slots: ConnectionSlots;

  constructor(parts: StreamServerParts) {
    this.#parts = parts;
    this.#slots = new ConnectionSlots(parts.clock, 1, parts.connectionReapMs);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away during the handshake is none.
    socket.on("error", () => undefined);
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const feed = DATA_FEEDS[path];
    const stream: StreamName | undefined = path === TRADING_PATH ? "trading" : feed === undefined ? undefined : "data";
    if (stream === undefined) return refuse(socket, 404, "");
    const act = this.#parts.faults.onHandshake(stream);
    if (act !== undefined) {
      const { journal, clock } = this.#parts;
      journal.record({ kind: "socket", at: clock.now(), stream, event: "refused", key: null });
      if (act.kind === "refuse") return refuse(socket, act.status, act.body);
      socket.destroy();
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      if (stream === "trading") this.#openTrading(request, opened);
      else this.#openData(request, opened, feed ?? "iex");
    });
  }

  /** Resolves when every socket has answered a ping, or is gone: what was said on it before has come, both ways. */
  async settle(): Promise<void> {
    await Promise.all(
      Array.from(
        this.#sockets.clients,
        (socket) =>
          new Promise<void>((resolve) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            const done = (): void => {
              socket.off("pong", done).off("close", done);
              resolve();
            };
            socket.once("pong", done).once("close", done).ping();
          }),
      ),
    );
  }

  /** Cuts every socket, or closes it with a code. */
  closeAll(stream: StreamName | "all" = "all", code = 1006): void {
    for (const socket of this.#sockets.clients) {
      const isMeant = stream === "all" || this.#tradingSockets.has(socket) === (stream === "trading");
      if (!isMeant) continue;
      if (code === 1006) socket.terminate();
      else socket.close(code);
    }
  }

  readonly #tradingSockets = new WeakSet<WebSocket>();

  #openTrading(request: IncomingMessage, socket: WebSocket): void {
    this.#tradingSockets.add(socket);
    // The paper service sends its JSON in binary frames.
    const codec: Codec = isMsgpack(request) ? "msgpack" : "binary_json";
    const connection = new TradingConnection({ ...this.#parts, socket, codec });
    void connection;
  }

  #openData(request: IncomingMessage, socket: WebSocket, feed: string): void {
    const { plan } = this.#parts;
    const key = request.headers["apca-api-key-id"];
    const secret = request.headers["apca-api-secret-key"];
    const connection = new DataConnection({
      ...this.#parts,
      socket,
      codec: isMsgpack(request) ? "msgpack" : "json",
      credentials: typeof key === "string" && typeof secret === "string" ? { key, secret } : null,
      isEntitled: plan === "plus" || !PAID_FEEDS.includes(feed),
      symbolLimit: SYMBOL_LIMITS[plan],
      slots: this.#slots,
    });
    void connection;
  }
}

const isMsgpack = (request: IncomingMessage): boolean => request.headers["content-type"] === "application/msgpack";

function refuse(socket: Duplex, status: number, body: string): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}`,
    "Connection: close",
    "Content-Type: text/plain",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
