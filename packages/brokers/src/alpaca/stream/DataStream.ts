import { z } from "zod";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AlpacaKeys } from "../AlpacaTypes.ts";
import { encodeMsgpack, type StreamMessage } from "./encodeMsgpack.ts";
import type { MarketEvent } from "./marketEvent.ts";
import { MarketFrameReader } from "./MarketFrames.ts";
import { StreamConnection, type StreamLink } from "./StreamConnection.ts";
import { STREAM_WAITS_MS, streamFault, type StreamFault } from "./streamFault.ts";

/** In place of a symbol. */
export const EVERY_SYMBOL = "*";
/** What can be subscribed to for a symbol. Corrections and cancels come with trades. */
export const DATA_CHANNELS = ["trades", "quotes", "bars", "updatedBars", "dailyBars", "statuses", "lulds"] as const;
export type DataChannel = (typeof DATA_CHANNELS)[number];

export interface DataStreamOptions {
  readonly url: string;
  readonly keys: AlpacaKeys;
  readonly codec: "json" | "msgpack";
  readonly deps: BrokerDeps;
  readonly onEvent: (event: MarketEvent) => void;
  /** The plan allows no more; those symbols are not told of. */
  readonly onRefused: (symbols: readonly string[]) => void;
  readonly onReady: () => void;
  readonly onLost: () => void;
}

const symbols = z.array(z.string()).optional();
const control = z.object({
  T: z.enum(["success", "error", "subscription"]),
  msg: z.string().optional(),
  code: z.number().optional(),
  // Of an acknowledgement: all that is subscribed to from now on.
  ...({ trades: symbols, quotes: symbols, bars: symbols, updatedBars: symbols } as const),
  ...({ dailyBars: symbols, statuses: symbols, lulds: symbols } as const),
});
type Acknowledged = Readonly<Partial<Record<DataChannel, readonly string[] | undefined>>>;

const CHANNEL_OF = {
  quote: "quotes",
  trade: "trades",
  trade_cancel: "trades",
  correction: "trades",
  bar: "bars",
  updated_bar: "updatedBars",
  daily_bar: "dailyBars",
  status: "statuses",
  luld: "lulds",
} as const satisfies Record<MarketEvent["kind"], DataChannel>;

/**
 * Prices as they happen, https://docs.alpaca.markets/docs/streaming-market-data. Subscriptions outlive the socket: a new
 * one is told all of them.
 */
export class DataStream {
  readonly connection: StreamConnection;
  readonly #options: DataStreamOptions;
  readonly #wanted = new Map<DataChannel, Set<string>>(DATA_CHANNELS.map((channel) => [channel, new Set()]));
  readonly #reader = new MarketFrameReader();
  readonly #heardAt = new Map<DataChannel, number>();
  /** What was asked for and not answered yet, oldest first: Alpaca answers in order, with an acknowledgement or an error. */
  #asked: ReadonlyMap<DataChannel, readonly string[]>[] = [];
  #missing: readonly string[] = [];

  constructor(options: DataStreamOptions) {
    this.#options = options;
    const { url, codec, deps, onReady, onLost } = options;
    this.connection = new StreamConnection({
      name: "prices",
      url,
      headers: codec === "msgpack" ? { "content-type": "application/msgpack" } : {},
      // It greets first.
      dialogue: { opened: () => this.#forget(), received: (frame, link) => this.#received(frame, link) },
      deps,
      onReady: () => {
        this.#subscribeAll();
        onReady();
      },
      onLost,
    });
  }

  /** When a channel was heard last, epoch milliseconds of our clock; undefined before the first. */
  heardAt(channel: DataChannel): number | undefined {
    return this.#heardAt.get(channel);
  }

  watched(channel: DataChannel): ReadonlySet<string> {
    return this.#wanted.get(channel) ?? new Set();
  }

  /** Symbols that were asked for and that Alpaca, having answered everything, does not count among what it sends. */
  get missing(): readonly string[] {
    return this.#missing;
  }

  /** Asks for all of it again where something is missing. */
  askAgain(): void {
    if (this.#missing.length > 0) this.#subscribeAll();
  }

  watch(symbol: string, channels: readonly DataChannel[]): void {
    const added = channels.filter((channel) => !this.watched(channel).has(symbol));
    for (const channel of added) this.#wanted.get(channel)?.add(symbol);
    if (added.length > 0) this.#say("subscribe", new Map(added.map((channel) => [channel, [symbol]])));
  }

  unwatch(symbol: string, channels: readonly DataChannel[]): void {
    const removed = channels.filter((channel) => this.#wanted.get(channel)?.delete(symbol) === true);
    if (removed.length > 0) this.#say("unsubscribe", new Map(removed.map((channel) => [channel, [symbol]])));
  }

  #received(frame: Buffer, link: StreamLink): void {
    this.#reader.read(
      frame,
      (event) => this.#told(event),
      (message) => this.#controlled(message, link),
    );
  }

  #told(event: MarketEvent): void {
    this.#heardAt.set(CHANNEL_OF[event.kind], this.#options.deps.clock.now());
    this.#options.onEvent(event);
  }

  #controlled(message: unknown, link: StreamLink): void {
    const parsed = control.safeParse(message);
    if (!parsed.success) return;
    const { T: type, msg, code } = parsed.data;
    if (type === "subscription") this.#acknowledged(parsed.data);
    else if (type === "error") this.#refused(code ?? 0, link);
    else if (msg === "connected") link.send(this.#encode(this.#credentials()));
    else if (msg === "authenticated") link.ready();
  }

  /** What one acknowledgement says is compared once no other is on its way. */
  #acknowledged(told: Acknowledged): void {
    this.#asked.shift();
    if (this.#asked.length > 0) return;
    const missing = new Set<string>();
    for (const [channel, symbols] of this.#wanted) {
      const sent = told[channel] === undefined ? null : new Set(told[channel]);
      for (const symbol of symbols) if (symbol !== EVERY_SYMBOL && sent?.has(symbol) === false) missing.add(symbol);
    }
    if (missing.size > 0)
      this.#options.deps.logger.warn({ symbols: missing.size }, "Alpaca's price stream left out subscriptions");
    this.#missing = [...missing];
  }

  #forget(): void {
    this.#asked = [];
    this.#missing = [];
  }

  #credentials(): StreamMessage {
    const { keyId, secretKey } = this.#options.keys;
    return { action: "auth", key: keyId, secret: secretKey };
  }

  #refused(code: number, link: StreamLink): void {
    // 403: authenticated already. 400, 405 (the plan's limit) and 410 are of one subscription; the others stay.
    if (code === 403) return;
    if (code === 400 || code === 405 || code === 410) {
      const symbols = new Set([...(this.#asked.shift() ?? new Map<DataChannel, readonly string[]>()).values()].flat());
      for (const wanted of this.#wanted.values()) for (const symbol of symbols) wanted.delete(symbol);
      this.#options.deps.logger.warn({ code, symbols: symbols.size }, "Alpaca's price stream refused a subscription");
      this.#options.onRefused([...symbols]);
      return;
    }
    link.fail(faultOf(code));
  }

  /** What is asked for by itself is refused by itself: a plan without one of them keeps the rest. */
  #subscribeAll(): void {
    const wanted = [...this.#wanted].filter(([, symbols]) => symbols.size > 0);
    const isWhole = (symbols: ReadonlySet<string>): boolean => symbols.has(EVERY_SYMBOL);
    for (const some of [
      wanted.filter(([, symbols]) => !isWhole(symbols)),
      wanted.filter(([, symbols]) => isWhole(symbols)),
    ]) {
      if (some.length > 0) this.#say("subscribe", new Map(some.map(([channel, symbols]) => [channel, [...symbols]])));
    }
  }

  /** A socket that is not ready will say it all. */
  #say(action: "subscribe" | "unsubscribe", channels: ReadonlyMap<DataChannel, readonly string[]>): void {
    if (this.connection.send(this.#encode({ action, ...Object.fromEntries(channels) }))) this.#asked.push(channels);
  }

  #encode(message: StreamMessage): string | Buffer {
    return this.#options.codec === "json" ? JSON.stringify(message) : encodeMsgpack(message);
  }
}

/** https://docs.alpaca.markets/docs/streaming-market-data#errors */
function faultOf(code: number): StreamFault {
  switch (code) {
    case 402:
      return streamFault(
        "the keys are not accepted (402)",
        BrokerErrorCode.AUTHENTICATION_FAILED,
        STREAM_WAITS_MS.person,
      );
    case 406:
      return streamFault(
        "another connection of this account is open, and the plan allows no second (406)",
        BrokerErrorCode.RATE_LIMIT_EXCEEDED,
        STREAM_WAITS_MS.occupied,
      );
    case 409:
    case 411:
      return streamFault(
        `the data plan does not include this feed (${code})`,
        BrokerErrorCode.NOT_SUPPORTED,
        STREAM_WAITS_MS.person,
      );
    default:
      return streamFault(`it reported error ${code}`, BrokerErrorCode.CONNECTION_FAILED);
  }
}
