import { z } from "zod";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AlpacaKeys } from "../AlpacaTypes.ts";
import { FrameDecoder, HEARTBEAT } from "./decodeFrame.ts";
import { StreamConnection, type StreamDialogue, type StreamLink } from "./StreamConnection.ts";
import { STREAM_WAITS_MS, streamFault } from "./streamFault.ts";
import { tradeUpdate, type TradeUpdate } from "./tradeUpdate.ts";

const UPDATES = "trade_updates";

export interface TradeStreamOptions {
  readonly url: string;
  readonly keys: AlpacaKeys;
  readonly deps: BrokerDeps;
  readonly onUpdate: (update: TradeUpdate) => void;
  /** A message about an order could not be read: something was missed. */
  readonly onUnreadable: () => void;
  readonly onReady: () => void;
  readonly onLost: () => void;
}

const authorization = z.object({ stream: z.literal("authorization"), data: z.object({ status: z.string() }) });
const listening = z.object({ stream: z.literal("listening"), data: z.object({ streams: z.array(z.string()) }) });
const fault = z.object({ action: z.literal("error") });
const update = z.object({ stream: z.literal(UPDATES), data: z.unknown() });

/**
 * What becomes of orders, https://docs.alpaca.markets/docs/websocket-streaming: no welcome, then authorise, listen, and
 * see in the acknowledgement that it listens. Alpaca documents one form of authorisation and its own clients send
 * another; where one is refused the next socket tries the other.
 */
export class TradeStream {
  readonly connection: StreamConnection;
  readonly #options: TradeStreamOptions;
  readonly #decoder = new FrameDecoder();
  #isLegacy = false;
  #refusals = 0;

  constructor(options: TradeStreamOptions) {
    this.#options = options;
    const { url, deps, onReady, onLost } = options;
    const dialogue: StreamDialogue = {
      opened: (link) => link.send(JSON.stringify(this.#credentials())),
      received: (frame, link) => this.#received(this.#decode(frame), link),
    };
    this.connection = new StreamConnection({ name: "orders", url, dialogue, deps, onReady, onLost });
  }

  #credentials(): object {
    const { keyId, secretKey } = this.#options.keys;
    return this.#isLegacy
      ? { action: "authenticate", data: { key_id: keyId, secret_key: secretKey } }
      : { action: "auth", key: keyId, secret: secretKey };
  }

  /** Whatever cannot be read may have been about an order. */
  #decode(frame: Buffer): unknown {
    try {
      return this.#decoder.decode(frame);
    } catch (err) {
      this.#options.deps.logger.error({ bytes: frame.length, err }, "Alpaca told something that cannot be read");
      this.#options.onUnreadable();
      return HEARTBEAT;
    }
  }

  #received(message: unknown, link: StreamLink): void {
    if (message === HEARTBEAT) return;
    const told = update.safeParse(message);
    if (told.success) return this.#told(told.data.data);
    const authorized = authorization.safeParse(message);
    if (authorized.success) return this.#authorized(authorized.data.data.status, link);
    const heard = listening.safeParse(message);
    if (heard.success) {
      if (heard.data.data.streams.includes(UPDATES)) link.ready();
      else link.fail(streamFault("it does not tell of orders", BrokerErrorCode.CONNECTION_FAILED));
      return;
    }
    // Its own words may repeat what we sent.
    if (fault.safeParse(message).success)
      link.fail(streamFault("it reported an error", BrokerErrorCode.CONNECTION_FAILED));
  }

  #authorized(status: string, link: StreamLink): void {
    if (status === "authorized") {
      this.#refusals = 0;
      link.send(JSON.stringify({ action: "listen", data: { streams: [UPDATES] } }));
      return;
    }
    this.#isLegacy = !this.#isLegacy;
    this.#refusals += 1;
    // Refused in both forms, it is the keys.
    const waitMs = this.#refusals > 1 ? STREAM_WAITS_MS.person : 0;
    link.fail(streamFault("the keys are not accepted", BrokerErrorCode.AUTHENTICATION_FAILED, waitMs));
  }

  #told(data: unknown): void {
    const parsed = tradeUpdate.safeParse(data);
    if (parsed.success) return this.#options.onUpdate(parsed.data);
    const [issue] = parsed.error.issues;
    this.#options.deps.logger.error(
      { field: issue?.path.map(String).join("."), fault: issue?.message },
      "Alpaca told of an order in a form that cannot be read",
    );
    this.#options.onUnreadable();
  }
}
