import { WebSocket, type RawData } from "ws";
import { z } from "zod";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { FaultGate } from "../faults/FaultGate.ts";
import type { SimulatedMarket } from "../market/SimulatedMarket.ts";
import { CHANNELS, type StreamMessage } from "../market/streamMessages.ts";
import { decodeFrame, encodeFrame } from "../wire/marketCodec.ts";
import { bytesOf } from "./bytesOf.ts";
import type { ConnectionSlots } from "./ConnectionSlots.ts";
import { Subscriptions } from "./Subscriptions.ts";
import type { ConnectionParts } from "./TradingConnection.ts";

/** The vendor's own codes. Source: https://docs.alpaca.markets/docs/streaming-market-data */
const ERRORS = {
  400: "invalid syntax",
  401: "not authenticated",
  402: "auth failed",
  403: "already authenticated",
  404: "auth timeout",
  405: "symbol limit exceeded",
  406: "connection limit exceeded",
  407: "slow client",
  409: "insufficient subscription",
} as const;

const AUTH_TIMEOUT_MS = 10_000;
/** Bytes that may wait for a client before it is too slow. */
const LARGEST_BACKLOG = 8 * 1_048_576;
const SYMBOL = /^(\*|[A-Z][A-Z0-9./]{0,14})$/;

const symbols = z.array(z.string()).optional();
const lists = z.object(Object.fromEntries(CHANNELS.map((channel) => [channel, symbols])));
const clientMessage = z.union([
  z.object({ action: z.literal("auth"), key: z.string(), secret: z.string() }),
  z.looseObject({ action: z.enum(["subscribe", "unsubscribe"]) }),
]);

export interface DataConnectionParts extends ConnectionParts {
  readonly market: SimulatedMarket;
  /** Credentials of the handshake; null without any. */
  readonly credentials: { readonly key: string; readonly secret: string } | null;
  /** Whether the plan pays for this feed. */
  readonly isEntitled: boolean;
  readonly symbolLimit: number;
  readonly slots: ConnectionSlots;
}

/** One client of the market-data stream: `/v2/{feed}`. Every message is an array. */
export class DataConnection {
  readonly #parts: DataConnectionParts;
  readonly #gate: FaultGate<object>;
  readonly #subscriptions: Subscriptions;
  readonly #authTimer: Disposable;
  #account: SimulatedAccount | undefined;
  #batch: object[] = [];
  #unlisten: () => void = () => undefined;

  constructor(parts: DataConnectionParts) {
    this.#parts = parts;
    this.#subscriptions = new Subscriptions(parts.symbolLimit);
    const { socket, clock, faults, credentials } = parts;
    const close = (code: number): void => (code === 1006 ? socket.terminate() : socket.close(code));
    const sendText = (text: string): void => {
      this.#flush();
      socket.send(text);
    };
    this.#gate = new FaultGate({ stream: "data", faults, clock, close, sendText });
    this.#record("opened");
    socket.on("message", (data) => this.#onMessage(data));
    socket.on("close", () => this.#onClose());
    // A broken socket closes; nothing else is to be done about it.
    socket.on("error", () => undefined);
    this.#authTimer = clock.setTimer(AUTH_TIMEOUT_MS, () => {
      this.#error(404);
      socket.close(1008);
    });
    this.#control({ T: "success", msg: "connected" });
    if (credentials !== null) this.#authenticate(credentials.key, credentials.secret);
  }

  #onMessage(data: RawData): void {
    const read = clientMessage.safeParse(decodeFrame(this.#parts.codec, bytesOf(data)));
    if (!read.success) return this.#error(this.#account === undefined ? 401 : 400);
    const message = read.data;
    if (message.action === "auth") {
      if (typeof message.key !== "string" || typeof message.secret !== "string") return this.#error(400);
      return this.#authenticate(message.key, message.secret);
    }
    if (this.#account === undefined) return this.#error(401);
    const asked = lists.safeParse(message);
    if (!asked.success) return this.#error(400);
    const isReadable = Object.values(asked.data).every((each) => each?.every((symbol) => SYMBOL.test(symbol)) ?? true);
    if (!isReadable) return this.#error(400);
    if (message.action === "unsubscribe") this.#subscriptions.remove(asked.data);
    else if (!this.#subscriptions.add(asked.data)) return this.#error(405);
    return this.#control(this.#subscriptions.message());
  }

  #authenticate(key: string, secret: string): void {
    const { accounts, isEntitled, slots, market } = this.#parts;
    if (this.#account !== undefined) return this.#error(403);
    const account = accounts.get(key);
    if (account?.isSecret(secret) !== true) return this.#error(402);
    if (!isEntitled) return this.#error(409);
    // The socket stays open: the vendor's Go client asks again on it, for longer than the timeout.
    this.#authTimer[Symbol.dispose]();
    if (!slots.take(key, this)) return this.#error(406);
    this.#account = account;
    this.#record("authorized");
    this.#unlisten = market.listen({
      onMessage: (message) => this.#onMarket(message),
      onTick: () => undefined,
      onNews: () => undefined,
    });
    return this.#control({ T: "success", msg: "authenticated" });
  }

  #onMarket(message: StreamMessage): void {
    if (!this.#subscriptions.wants(message)) return;
    this.#gate.pass(message.T, message, (passed) => {
      // What happens in one turn goes in one message.
      if (this.#batch.push(passed) === 1) queueMicrotask(() => this.#flush());
    });
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#write(batch);
    if (this.#parts.socket.bufferedAmount <= LARGEST_BACKLOG) return;
    this.#error(407);
    this.#parts.socket.terminate();
  }

  #error(code: keyof typeof ERRORS): void {
    this.#control({ T: "error", code, msg: ERRORS[code] });
  }

  /** Control messages come alone, after the data before them. */
  #control(message: Readonly<Record<string, unknown>>): void {
    if (this.#batch.length > 0) this.#flush();
    this.#gate.pass(String(message["T"]), message, (passed) => this.#write([passed]));
  }

  #write(messages: readonly object[]): void {
    const { socket, codec } = this.#parts;
    if (messages.length > 0 && socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(codec, messages));
  }

  #onClose(): void {
    this.#unlisten();
    this.#authTimer[Symbol.dispose]();
    if (this.#account !== undefined) this.#parts.slots.release(this.#account.key, this);
    this.#record("closed");
  }

  #record(event: "opened" | "authorized" | "closed"): void {
    const { journal, clock } = this.#parts;
    journal.record({ kind: "socket", at: clock.now(), stream: "data", event, key: this.#account?.key ?? null });
  }
}
