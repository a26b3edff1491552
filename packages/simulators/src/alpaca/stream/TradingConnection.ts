import type { Clock } from "@trenddojo/brokers/domain";
import { WebSocket, type RawData } from "ws";
import { z } from "zod";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { FaultGate } from "../faults/FaultGate.ts";
import type { FaultScript } from "../faults/FaultScript.ts";
import type { SimulatorJournal } from "../SimulatorJournal.ts";
import { decodeFrame, encodeFrame, type Codec } from "../wire/marketCodec.ts";
import { tradeUpdateJson } from "../wire/tradeUpdateJson.ts";
import { bytesOf } from "./bytesOf.ts";

export interface ConnectionParts {
  readonly socket: WebSocket;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly faults: FaultScript;
  readonly journal: SimulatorJournal;
}

/** Both shapes are in use: the documents' first, the SDKs' second. */
const authMessage = z.union([
  z.object({ action: z.literal("auth"), key: z.string(), secret: z.string() }),
  z
    .object({
      action: z.literal("authenticate"),
      data: z.object({ key_id: z.string(), secret_key: z.string() }),
    })
    .transform(({ data }) => ({ action: "auth" as const, key: data.key_id, secret: data.secret_key })),
]);
const listenMessage = z.object({ action: z.literal("listen"), data: z.object({ streams: z.array(z.string()) }) });
const clientMessage = z.union([authMessage, listenMessage]);

const STREAMS = ["trade_updates"];

/** One client of the trading stream: `/stream`. Source: https://docs.alpaca.markets/docs/websocket-streaming */
export class TradingConnection {
  readonly #parts: ConnectionParts;
  readonly #gate: FaultGate<object>;
  #account: SimulatedAccount | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const { socket, faults, clock } = parts;
    const close = (code: number): void => (code === 1006 ? socket.terminate() : socket.close(code));
    const sendText = (text: string): void => socket.send(Buffer.from(text));
    this.#gate = new FaultGate({ stream: "trading", faults, clock, close, sendText });
    this.#record("opened");
    socket.on("message", (data) => this.#onMessage(data));
    socket.on("close", () => this.#onClose());
    // A broken socket closes; nothing else is to be done about it.
    socket.on("error", () => undefined);
  }

  #onMessage(data: RawData): void {
    const { codec } = this.#parts;
    const read = clientMessage.safeParse(decodeFrame(codec, bytesOf(data)));
    if (!read.success) return this.#fail("invalid message");
    if (read.data.action === "auth") return this.#authorize(read.data.key, read.data.secret);
    return this.#listen(read.data.data.streams);
  }

  #authorize(key: string, secret: string): void {
    const account = this.#parts.accounts.get(key);
    const isRight = account?.isSecret(secret) === true;
    if (isRight) this.#account = account;
    this.#send("authorization", {
      stream: "authorization",
      data: { status: isRight ? "authorized" : "unauthorized", action: "authenticate" },
    });
    if (isRight) this.#record("authorized");
  }

  /** The list is the whole set, not a change of it; what is not offered is silently left out. */
  #listen(asked: readonly string[]): void {
    const account = this.#account;
    if (account === undefined) {
      this.#send("authorization", { stream: "authorization", data: { status: "unauthorized", action: "listen" } });
      return;
    }
    const streams = STREAMS.filter((name) => asked.includes(name));
    this.#unsubscribe();
    this.#unsubscribe = () => undefined;
    this.#send("listening", { stream: "listening", data: { streams } });
    if (streams.length === 0) return;
    this.#unsubscribe = account.onUpdate((update) => this.#send(update.event, tradeUpdateJson(update)));
  }

  #fail(message: string): void {
    this.#send("error", { action: "error", data: { error_message: message } });
    this.#parts.socket.close(1008);
  }

  #send(type: string, message: object): void {
    const { socket, codec } = this.#parts;
    this.#gate.pass(type, message, (passed) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(codec, passed));
    });
  }

  #onClose(): void {
    this.#unsubscribe();
    this.#record("closed");
  }

  #record(event: "opened" | "authorized" | "closed"): void {
    const { journal, clock } = this.#parts;
    journal.record({ kind: "socket", at: clock.now(), stream: "trading", event, key: this.#account?.key ?? null });
  }
}
