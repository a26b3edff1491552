import type { Socket } from "node:net";
import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import type { GatewayAct, ReplyAct, RequestAct } from "../faults/TwsFaultRule.ts";
import type { TwsFaultScript } from "../faults/TwsFaultScript.ts";
import { wordsOf } from "../faults/gatewayWords.ts";
import type { AccountNews } from "../orders/AccountNews.ts";
import type { TwsJournal, TwsJournalRequest, TwsJournalSocket } from "../TwsJournal.ts";
import { BadFrame, FrameSplitter } from "../wire/frames.ts";
import { agreeOnVersion, helloReply, readHello } from "../wire/hello.ts";
import { encodeReply } from "../wire/replies/encodeReply.ts";
import { decodeRequest } from "../wire/requests/decodeRequest.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { TwsRequest } from "../wire/TwsRequest.ts";
import { UnreadableRequest } from "../wire/UnreadableRequest.ts";
import { idOf, type ClientDesk } from "./ClientDesk.ts";
import type { MessageRate } from "./MessageRate.ts";
import { Outlet } from "./Outlet.ts";

/** How long a peer may take to say who it is. */
const HANDSHAKE_MS = 10_000;

export interface TwsConnectionParts {
  readonly socket: Socket;
  /** Counted from 1. */
  readonly number: number;
  readonly clock: Clock;
  readonly maxVersion: number;
  readonly faults: TwsFaultScript;
  readonly journal: TwsJournal;
  readonly rate: MessageRate;
  /** The gateway's time as the hello says it. */
  readonly helloTime: () => string;
  /** Whether another connection has this client id. */
  readonly isTaken: (clientId: number) => boolean;
  readonly openDesk: (clientId: number, say: (reply: TwsReply) => void) => ClientDesk;
  /** What befalls the whole gateway. */
  readonly befall: (act: GatewayAct, connection: TwsConnection) => void;
  /** Keeps what was done, and lets everybody hear it. */
  readonly commit: () => void;
  readonly onEnd: (connection: TwsConnection) => void;
}

/** One client's TCP connection: the hello, the sign-in, and then a request at a time. */
export class TwsConnection {
  readonly #parts: TwsConnectionParts;
  readonly #outlet: Outlet;
  readonly #deadline: Disposable;
  readonly #frames = new FrameSplitter();
  #hello: Buffer = Buffer.alloc(0);
  #version: number | null = null;
  #forcedVersion: number | null = null;
  #clientId: number | null = null;
  #desk: ClientDesk | null = null;
  #isDeaf = false;
  #isMuted = false;
  #swapped: TwsReply | null = null;
  #hasEnded = false;

  constructor(parts: TwsConnectionParts) {
    this.#parts = parts;
    const { socket, faults, clock } = parts;
    const act = faults.onConnect(null);
    this.#outlet = new Outlet(socket, act?.kind === "bytewise");
    this.#deadline = clock.setTimer(HANDSHAKE_MS, () => this.reset());
    this.#journal("opened");
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    // A peer that is gone is not news: "close" follows.
    socket.on("error", () => undefined);
    socket.on("close", () => this.#ended());
    if (act?.kind === "refuse") this.reset();
    else if (act?.kind === "silence") this.freeze();
    else if (act?.kind === "version") this.#forcedVersion = act.version;
  }

  /** Null before it is known. */
  get clientId(): number | null {
    return this.#clientId;
  }

  get isReady(): boolean {
    return this.#desk !== null;
  }

  hear(news: AccountNews): void {
    this.#desk?.hear(news);
  }

  onTick(tick: MarketData): void {
    this.#desk?.onTick(tick);
  }

  tend(): void {
    this.#desk?.tend();
  }

  /** A message of the gateway's own. */
  announce(code: number, message: string): void {
    if (this.#desk === null) return;
    if (code === 1101) this.#desk.lines.clear();
    this.#say({ kind: "error", id: -1, code, message });
  }

  /** Cuts it: the client sees a reset. */
  reset(): void {
    this.#outlet.shut();
    this.#isDeaf = true;
    if (!this.#hasEnded) this.#journal("reset");
    this.#parts.socket.resetAndDestroy();
  }

  /** Ends it in good order: what was said before still arrives. */
  close(): void {
    this.#isDeaf = true;
    this.#parts.socket.end();
  }

  /** Reads and says nothing any more; the socket stays. */
  freeze(): void {
    this.#outlet.shut();
    this.#isDeaf = true;
    this.#journal("frozen");
  }

  #read(chunk: Buffer): void {
    if (this.#isDeaf) return;
    try {
      if (this.#version === null) this.#readHello(chunk);
      else this.#readFrames(chunk);
    } catch (error) {
      if (!(error instanceof BadFrame)) throw error;
      // Where the next frame begins cannot be known.
      this.#journal("refused");
      this.reset();
    }
  }

  #readHello(chunk: Buffer): void {
    this.#hello = Buffer.concat([this.#hello, chunk]);
    const hello = readHello(this.#hello);
    if (hello === null) return;
    this.#hello = Buffer.alloc(0);
    const { maxVersion, helloTime } = this.#parts;
    const version = agreeOnVersion(hello, maxVersion);
    if (version === null) {
      this.#journal("refused");
      return this.close();
    }
    this.#version = version;
    this.#outlet.send(helloReply(this.#forcedVersion ?? version, helloTime()));
    if (hello.rest.length > 0) this.#readFrames(hello.rest);
  }

  #readFrames(chunk: Buffer): void {
    for (const body of this.#frames.push(chunk)) {
      if (this.#isDeaf) return;
      this.#readRequest(body);
    }
  }

  #readRequest(body: Buffer): void {
    const { rate, clock } = this.#parts;
    const verdict = rate.count(clock.monotonic());
    if (verdict !== "taken") {
      this.#say({ kind: "error", id: -1, code: 100, message: wordsOf(100) });
      if (verdict === "last") this.close();
      return;
    }
    try {
      this.#take(decodeRequest(body, this.#version ?? 0));
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      this.#say({ kind: "error", id: error.id, code: error.code, message: error.message });
    }
  }

  #take(request: TwsRequest): void {
    if (request.kind === "startApi") return this.#signIn(request.clientId);
    const clientId = this.#clientId;
    // Before the sign-in there is nobody to answer.
    if (clientId === null || this.#desk === null) return;
    const act = this.#parts.faults.onRequest(request.kind, clientId);
    this.#journalRequest(request, clientId, act);
    if (act === undefined) this.#answer(request);
    else this.#fail(request, act);
    this.#parts.commit();
  }

  #answer(request: TwsRequest, fillFirst = false): void {
    // Refusals are said within; what else it throws is a fault of this program.
    this.#desk?.answer(request, fillFirst).catch((error: unknown) => this.#parts.socket.destroy(asError(error)));
  }

  #fail(request: TwsRequest, act: RequestAct): void {
    const { clock, befall, commit } = this.#parts;
    switch (act.kind) {
      case "ignore":
        return;
      case "error":
        return this.#say({
          kind: "error",
          id: idOf(request),
          code: act.code,
          message: act.message ?? wordsOf(act.code),
        });
      case "delay":
        clock.setTimer(act.ms, () => {
          this.#answer(request);
          commit();
        });
        return;
      case "fill":
        return this.#answer(request, true);
      case "mute":
        this.#isMuted = true;
        this.#answer(request);
        commit();
        this.#isMuted = false;
        return;
      case "after":
        this.#answer(request);
        commit();
        return befall(act.do, this);
      case "say":
      case "restart":
      case "reset":
      case "close":
      case "freeze":
        return befall(act, this);
    }
  }

  #signIn(clientId: number): void {
    const { isTaken, faults, openDesk } = this.#parts;
    if (this.#clientId !== null) return;
    const isBusy = isTaken(clientId) || faults.onConnect(clientId)?.kind === "busy";
    this.#clientId = clientId;
    this.#deadline[Symbol.dispose]();
    if (isBusy) {
      this.#journal("refused");
      this.#send({ kind: "error", id: -1, code: 326, message: wordsOf(326) });
      return this.close();
    }
    this.#desk = openDesk(clientId, (reply) => this.#say(reply));
    this.#journal("ready");
    this.#desk.greet();
  }

  /** Says something, or does to it what the script says. */
  #say(reply: TwsReply): void {
    if (reply.kind === "error") this.#journalError(reply);
    if (this.#isMuted) return;
    const status =
      reply.kind === "orderStatus" ? reply.status : reply.kind === "openOrder" ? reply.state.status : undefined;
    const act = this.#parts.faults.onReply(reply.kind, status, this.#clientId ?? -1);
    if (act === undefined) this.#send(reply);
    else this.#spoil(reply, act);
    if (act?.kind === "swap" || this.#swapped === null) return;
    const swapped = this.#swapped;
    this.#swapped = null;
    this.#send(swapped);
  }

  #spoil(reply: TwsReply, act: ReplyAct): void {
    const { clock, befall } = this.#parts;
    switch (act.kind) {
      case "duplicate":
        this.#send(reply);
        return this.#send(reply);
      case "swap":
        if (this.#swapped !== null) this.#send(this.#swapped);
        this.#swapped = reply;
        return;
      case "skip":
        return;
      case "delay":
        clock.setTimer(act.ms, () => this.#send(reply));
        return;
      case "bytes":
        return this.#outlet.send(Buffer.from(act.hex, "hex"));
      case "say":
      case "restart":
      case "reset":
      case "close":
      case "freeze":
        return befall(act, this);
    }
  }

  #send(reply: TwsReply): void {
    if (this.#version !== null) this.#outlet.send(encodeReply(reply, this.#version));
  }

  #ended(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#isDeaf = true;
    this.#deadline[Symbol.dispose]();
    this.#desk?.close();
    this.#desk = null;
    this.#journal("closed");
    this.#parts.onEnd(this);
  }

  #journal(event: TwsJournalSocket["event"]): void {
    const { journal, clock, number } = this.#parts;
    journal.record({ kind: "socket", at: clock.now(), connection: number, event, clientId: this.#clientId });
  }

  #journalRequest(request: TwsRequest, clientId: number, act: RequestAct | undefined): void {
    const { journal, clock, number } = this.#parts;
    const entry: TwsJournalRequest = {
      kind: "request",
      at: clock.now(),
      connection: number,
      clientId,
      request: request.kind,
      ...(request.kind === "placeOrder" || request.kind === "cancelOrder" ? { orderId: request.orderId } : {}),
      ...(request.kind === "placeOrder"
        ? { orderRef: request.order.orderRef, transmit: request.order.transmit, whatIf: request.order.whatIf }
        : {}),
      ...(act === undefined ? {} : { fault: act.kind }),
    };
    journal.record(entry);
  }

  #journalError({ id, code, message }: { readonly id: number; readonly code: number; readonly message: string }): void {
    const { journal, clock, number } = this.#parts;
    const clientId = this.#clientId ?? -1;
    journal.record({ kind: "error", at: clock.now(), connection: number, clientId, id, code, message });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
