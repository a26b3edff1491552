import {
  alwaysOpenSession,
  sessionAt,
  sessionMemo,
  sessionWithOvernight,
  type ExchangeSession,
  type MarketFeed,
} from "@trenddojo/brokers";
import type { Instrument, MarketData, MarketNews, Random, SymbolStatus } from "@trenddojo/brokers/domain";
import { nanosOf } from "../wire/instant.ts";
import { NanoClock } from "../wire/NanoClock.ts";
import { BarBuilder } from "./BarBuilder.ts";
import type { StreamMessage } from "./streamMessages.ts";
import { Tape, tapeOf } from "./Tape.ts";

const MINUTE_MS = 60_000;

/** The vendor's codes of what an exchange does to a symbol. Source: https://docs.alpaca.markets/docs/real-time-stock-pricing-data */
const STATUS_CODES = {
  halted: { sc: "H", sm: "Trading Halt" },
  paused: { sc: "P", sm: "Volatility Trading Pause" },
  resumed: { sc: "T", sm: "Trading Resumption" },
} as const satisfies Record<SymbolStatus["status"], { readonly sc: string; readonly sm: string }>;

/** Hears what happens in the market, in its order. */
export interface MarketListener {
  /** Before the accounts meet the tick. */
  readonly onMessage: (message: StreamMessage) => void;
  readonly onTick: (tick: MarketData) => void;
  /** Before the ticks that it changes. */
  readonly onNews: (news: MarketNews) => void;
}

export interface SimulatedMarketOptions {
  readonly feed: MarketFeed;
  readonly random: Random;
  /** Symbols that trade in whole shares only. @default none */
  readonly notFractionable?: readonly string[];
  /** Symbols that do not trade overnight. @default none */
  readonly notOvernight?: readonly string[];
}

/** The market of the simulator: a feed, what it told so far, and the vendor's messages about it. */
export class SimulatedMarket {
  readonly feed: MarketFeed;
  /** The vendor's hours, the night between two trading days included. */
  readonly sessionOf: (at: number) => ExchangeSession;
  readonly #nanos: NanoClock;
  readonly #wholeOnly: ReadonlySet<string>;
  readonly #daytimeOnly: ReadonlySet<string>;
  readonly #haltedOvernight = new Set<string>();
  readonly #instruments = new Map<string, Instrument>();
  readonly #tapes = new Map<string, Tape>();
  readonly #minutes = new Map<string, BarBuilder>();
  readonly #listeners = new Set<MarketListener>();
  #unsubscribe: () => void = () => undefined;

  constructor({ feed, random, notFractionable = [], notOvernight = [] }: SimulatedMarketOptions) {
    this.feed = feed;
    this.#nanos = new NanoClock(random);
    this.#wholeOnly = new Set(notFractionable);
    this.#daytimeOnly = new Set(notOvernight);
    this.sessionOf = sessionMemo(feed.description.alwaysOpen ? alwaysOpenSession : sessionWithOvernight);
  }

  /** Opens the feed. What it knows already is told first. */
  async start(): Promise<void> {
    await this.feed.start();
    const known = this.feed.instruments().flatMap(({ symbol }) => this.feed.latest(symbol) ?? []);
    for (const tick of known.toSorted((a, b) => a.timestamp - b.timestamp)) this.#onTick(tick);
    const ends = [
      this.feed.subscribeNews((news) => this.#onNews(news)),
      this.feed.subscribeAll((tick) => this.#onTick(tick)),
    ];
    this.#unsubscribe = () => ends.forEach((end) => end());
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    await this.feed[Symbol.asyncDispose]();
  }

  listen(listener: MarketListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The market's time, epoch milliseconds. */
  now(): number {
    return this.feed.marketNow();
  }

  session(): ExchangeSession {
    return this.sessionOf(this.now());
  }

  /** The exchange's calendar, also where the feed ticks at all hours. */
  calendarAt(at: number): ExchangeSession {
    return sessionAt(at);
  }

  instruments(): readonly Instrument[] {
    return this.feed.instruments().map((instrument) => this.#asset(instrument));
  }

  instrument(symbol: string): Instrument | undefined {
    const instrument = this.feed.instrument(symbol);
    return instrument === undefined ? undefined : this.#asset(instrument);
  }

  latest(symbol: string): MarketData | undefined {
    return this.feed.latest(symbol);
  }

  tape(symbol: string): Tape {
    let tape = this.#tapes.get(symbol);
    if (tape === undefined) this.#tapes.set(symbol, (tape = new Tape(this.instrument(symbol), this.#nanos)));
    return tape;
  }

  /** Halts a symbol in every account, and says so on the stream. */
  halt(symbol: string, reason = "News pending"): void {
    this.#onNews({ kind: "status", status: { symbol, status: "halted", at: this.now(), reason } });
  }

  resume(symbol: string): void {
    this.#onNews({ kind: "status", status: { symbol, status: "resumed", at: this.now() } });
  }

  /** Keeps a symbol out of the overnight session, or lets it in again; an asset's attributes say so. */
  haltOvernight(symbol: string, isHalted = true): void {
    if (isHalted) this.#haltedOvernight.add(symbol);
    else this.#haltedOvernight.delete(symbol);
    this.#instruments.delete(symbol);
  }

  /** Sends a message to whoever is subscribed to it: a correction, a band, a late bar. The accounts do not notice. */
  publish(message: StreamMessage): void {
    for (const listener of this.#listeners) listener.onMessage(message);
  }

  /** A moment of now, with nanoseconds. */
  stamp(): bigint {
    return this.#nanos.stamp(this.now());
  }

  /** Ends the minutes that are over, and tells their bars. */
  endMinutes(): void {
    const minute = this.now() - (this.now() % MINUTE_MS);
    for (const [symbol, builder] of this.#minutes) if (builder.startsAt < minute) this.#endMinute(symbol, builder);
  }

  #endMinute(symbol: string, builder: BarBuilder): void {
    this.#minutes.delete(symbol);
    const bar = builder.toBar();
    if (bar === undefined) return;
    this.publish({ T: "b", S: symbol, ...bar });
    // A feed that is closed meanwhile has no day to tell of.
    this.#tellDay(symbol).catch(() => undefined);
  }

  async #tellDay(symbol: string): Promise<void> {
    const [day] = await this.feed.bars({ symbol, timeframe: "1d", limit: 1 });
    if (day === undefined) return;
    const { open, high, low, close, volume, openedAt } = day;
    const bar = { o: open, h: high, l: low, c: close, v: volume, n: this.tape(symbol).trades.length, vw: close };
    this.publish({ T: "d", S: symbol, ...bar, t: nanosOf(openedAt) });
  }

  #onTick(tick: MarketData): void {
    const { symbol } = tick;
    const { quote, trade } = this.tape(symbol).add(tick);
    if (quote !== undefined) this.publish({ T: "q", S: symbol, ...quote });
    if (trade !== undefined) {
      const startsAt = tick.timestamp - (tick.timestamp % MINUTE_MS);
      let builder = this.#minutes.get(symbol);
      if (builder !== undefined && builder.startsAt < startsAt) {
        this.#endMinute(symbol, builder);
        builder = undefined;
      }
      if (builder === undefined) this.#minutes.set(symbol, (builder = new BarBuilder(startsAt)));
      builder.add(trade.p, trade.s);
      this.publish({ T: "t", S: symbol, ...trade });
    }
    for (const listener of this.#listeners) listener.onTick(tick);
  }

  #onNews(news: MarketNews): void {
    for (const listener of this.#listeners) listener.onNews(news);
    if (news.kind === "status") this.#tellStatus(news.status);
  }

  #tellStatus({ symbol, status, reason = "" }: SymbolStatus): void {
    const z = tapeOf(this.instrument(symbol));
    this.publish({ T: "s", S: symbol, ...STATUS_CODES[status], rc: "", rm: reason, t: this.stamp(), z });
  }

  /** An instrument of the feed on the vendor's terms. */
  #asset(instrument: Instrument): Instrument {
    const { symbol } = instrument;
    let known = this.#instruments.get(symbol);
    if (known === undefined) {
      const overnight = this.#haltedOvernight.has(symbol) ? ("halted" as const) : ("tradable" as const);
      const terms = { ...instrument, fractionable: !this.#wholeOnly.has(symbol) };
      known = this.#daytimeOnly.has(symbol) ? terms : { ...terms, overnight };
      this.#instruments.set(symbol, known);
    }
    return known;
  }
}
