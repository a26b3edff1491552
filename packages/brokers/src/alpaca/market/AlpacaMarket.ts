import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { BrokerError } from "../../BrokerError.ts";
import { marketHours } from "../../calendar/marketHours.ts";
import type { ExchangeSession } from "../../calendar/sessionAt.ts";
import { sessionWithOvernight } from "../../calendar/sessionWithOvernight.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import {
  TIMEFRAME_MS,
  type Bar,
  type BarsRequest,
  type FeedState,
  type Instrument,
  type MarketData,
  type MarketHours,
  type Timeframe,
} from "../../domain/marketData.ts";
import { ALPACA } from "../alpacaName.ts";
import { alpacaRefusal } from "../alpacaRefusal.ts";
import type { AlpacaFeed } from "../AlpacaTypes.ts";
import type { DataRest } from "../rest/DataRest.ts";
import type { TradingRest } from "../rest/TradingRest.ts";
import type { WireClock, WireSnapshot } from "../rest/wireMarket.ts";
import type { DataChannel, DataStream } from "../stream/DataStream.ts";
import { AlpacaInstruments } from "./AlpacaInstruments.ts";
import { QuoteBoard } from "./QuoteBoard.ts";
import { SharedSnapshots } from "./SharedSnapshots.ts";

/** A price that nothing followed for this long, in an open market, is old. */
export const STALE_AFTER_MS = 15_000;
const CHANNELS: readonly DataChannel[] = ["trades", "quotes", "dailyBars"];
const TIMEFRAMES = {
  "1m": "1Min",
  "5m": "5Min",
  "15m": "15Min",
  "1h": "1Hour",
  "1d": "1Day",
} as const satisfies Record<Timeframe, string>;
/** A year has about as many bars of a day as four years have trading months: closed hours and days have none. */
const OPEN_SHARE = { "1m": 8, "5m": 8, "15m": 8, "1h": 8, "1d": 2 } as const satisfies Record<Timeframe, number>;
const WEEK_MS = 7 * 86_400_000;

export interface AlpacaMarketOptions {
  readonly trading: TradingRest;
  readonly data: DataRest;
  readonly stream: DataStream;
  readonly feed: AlpacaFeed;
  readonly deps: BrokerDeps;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
  /** What the broker said last of the market; null before it said anything. */
  readonly brokerClock: () => WireClock | null;
}

/** Instruments and their prices. */
export class AlpacaMarket {
  readonly board: QuoteBoard;
  readonly #options: AlpacaMarketOptions;
  readonly #instruments: AlpacaInstruments;
  readonly #snapshots: SharedSnapshots;

  constructor(options: AlpacaMarketOptions) {
    this.#options = options;
    const { stream, trading, data, deps } = options;
    this.#instruments = new AlpacaInstruments(trading, deps.clock);
    this.#snapshots = new SharedSnapshots(data);
    this.board = new QuoteBoard({
      now: () => deps.clock.now(),
      stateOf: (data) => this.#stateOf(data),
      onFirst: (symbol) => stream.watch(symbol, CHANNELS),
      onLast: (symbol) => stream.unwatch(symbol, CHANNELS),
      onError: (err) => deps.logger.error({ err }, "a subscriber's callback threw"),
    });
  }

  /** By the calendar; where the broker's own word contradicts it, and still holds, the broker is right. */
  session(): ExchangeSession {
    const { brokerNow, brokerClock } = this.#options;
    const now = brokerNow();
    const known = sessionWithOvernight(now);
    const said = brokerClock();
    const holdsUntil = said?.is_open === true ? said.next_close : (said?.next_open ?? 0);
    if (said === null || now >= holdsUntil || said.is_open === known.isOpen) return known;
    const session = said.is_open ? "regular" : known.session === "regular" ? "closed" : known.session;
    return { ...known, session, isOpen: said.is_open, nextOpenAt: said.next_open, nextCloseAt: said.next_close };
  }

  /** Null for what is not traded. @throws BrokerError */
  instrument(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<Instrument | null> {
    return this.#instruments.get(symbol, options, urgency);
  }

  /** @throws BrokerError */
  search(query: string, limit: number, options?: CallOptions): Promise<readonly Instrument[]> {
    return this.#instruments.search(query, limit, options);
  }

  /** Null without any price. What the stream tells is answered at once, else Alpaca is asked. @throws BrokerError */
  async latest(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<MarketData | null> {
    const known = this.board.latest(symbol);
    if (known?.feed === "streaming") return known;
    return this.#takeSnapshot(symbol, await this.#options.data.getSnapshot(symbol, options, urgency));
  }

  /** The latest, where there is one, then each change. */
  async subscribe(
    symbol: string,
    callback: (data: MarketData) => void,
    options: CallOptions = {},
  ): Promise<Unsubscribe> {
    const unsubscribe = this.board.subscribe(symbol, callback);
    try {
      if (this.board.latest(symbol)?.feed !== "streaming") {
        const snapshot = await waitFor(ALPACA, this.#snapshots.get(symbol), options, "refused");
        this.#takeSnapshot(symbol, snapshot);
      }
      return unsubscribe;
    } catch (error) {
      unsubscribe();
      throw error;
    }
  }

  /** What is watched, once more: the stream repeats nothing that was missed. @throws BrokerError */
  async catchUp(options?: CallOptions): Promise<void> {
    const { symbols } = this.board;
    if (symbols.length === 0) return;
    const snapshots = await this.#options.data.getSnapshots(symbols, options);
    for (const symbol of symbols) {
      const snapshot = snapshots[symbol] ?? null;
      if (snapshot !== null) this.board.takeSnapshot(symbol, snapshot);
    }
  }

  /** @throws BrokerError */
  async bars({ symbol, timeframe, limit, before }: BarsRequest, options?: CallOptions): Promise<readonly Bar[]> {
    const end = before ?? this.#options.brokerNow();
    const start = end - limit * TIMEFRAME_MS[timeframe] * OPEN_SHARE[timeframe] - WEEK_MS;
    // The newest, so from the end.
    const span = { symbol, start: Math.max(0, start), end, limit: limit + 1, sort: "desc" } as const;
    const bars = await this.#options.data.getBars(span, TIMEFRAMES[timeframe], options);
    return bars
      .filter(({ t }) => before === undefined || t < before)
      .slice(0, limit)
      .map(({ t, o, h, l, c, v }) => ({ openedAt: t, open: o, high: h, low: l, close: c, volume: v }))
      .toReversed();
  }

  hours(market: string): MarketHours {
    const { session, isOpen, nextOpenAt, nextCloseAt } = this.session();
    return { ...marketHours(market, this.#options.brokerNow()), session, isOpen, nextOpenAt, nextCloseAt };
  }

  #takeSnapshot(symbol: string, snapshot: WireSnapshot | null): MarketData | null {
    return (
      (snapshot === null ? undefined : this.board.takeSnapshot(symbol, snapshot)) ?? this.board.latest(symbol) ?? null
    );
  }

  #stateOf({ symbol, receivedAt }: MarketData): FeedState {
    const { stream, feed, deps } = this.#options;
    // The feeds of the day say nothing at night: what they said last is the day's.
    const { session } = this.session();
    if (session === "closed" || session === "overnight") return "closed";
    if (deps.clock.now() - receivedAt > STALE_AFTER_MS) return "stale";
    if (feed === "delayed_sip") return "delayed";
    const isStreaming = stream.connection.isReady && stream.watched("quotes").has(symbol);
    return isStreaming ? "streaming" : "snapshot";
  }
}

/** What has no price yet. */
export function noPrice(symbol: string): BrokerError {
  return alpacaRefusal(BrokerErrorCode.NO_MARKET_DATA, `no price of ${symbol} has come yet`, { symbol });
}
