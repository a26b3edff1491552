import type { FeedState, MarketData } from "@trenddojo/brokers/domain";
import type { Absence, QuoteTuple } from "../wire/marketData.ts";
import { feedStateOf } from "./feedStateOf.ts";
import type { QuoteSource } from "./QuoteSource.ts";
import { quoteTuple } from "./quoteTuple.ts";

/**
 * The latest quote of one (connection, symbol), and its place in the order of all changes. A tick stores a reference and
 * a number; its wire form is made once, when the first reader of it comes, and shared by all.
 */
export class LatestQuote {
  readonly #source: QuoteSource;
  readonly #symbol: string;
  #data: MarketData | null = null;
  #absence: Absence | null = null;
  #feed: FeedState | null = null;
  #json: string | null = null;
  #version = 0;
  #toldVersion = 0;

  constructor(symbol: string, source: QuoteSource) {
    this.#symbol = symbol;
    this.#source = source;
  }

  /** The number of the change that made it what it is; 0 while nothing is known. Only grows. */
  get version(): number {
    return this.#version;
  }

  get isKnown(): boolean {
    return this.#data !== null;
  }

  /** A price, or why there is none: something that a reader can be told. */
  get isTold(): boolean {
    return this.#data !== null || this.#absence !== null;
  }

  /** Why there is no price of it; null where there is one, and before the source was heard. */
  get absence(): readonly [string, Absence] | null {
    return this.#data === null && this.#absence !== null ? [this.#symbol, this.#absence] : null;
  }

  /** Notes as change number `version` why there is no price. @returns false where that is no news: what is known grows stale. */
  setAbsence(absence: Absence, version: number): boolean {
    const isNews =
      this.#data === null && this.#absence !== absence && !(absence === "awaited" && this.#absence === null);
    if (!isNews) return false;
    this.#absence = absence;
    this.#version = version;
    return true;
  }

  /** Takes a tick as change number `version`. */
  set(data: MarketData, version: number): void {
    this.#data = data;
    this.#version = version;
    this.#json = null;
  }

  /** Notes that a reader is told of it. @returns whether this is the first one since it changed. */
  tell(): boolean {
    const isFirst = this.#toldVersion !== this.#version;
    this.#toldVersion = this.#version;
    return isFirst;
  }

  /** Its age as of `now` makes another feed state of it than was told last. */
  hasAged(now: number): boolean {
    if (this.#data === null || this.#feed === null) return false;
    return feedStateOf(this.#data, now, this.#source.isMarketOpen()) !== this.#feed;
  }

  /** Marks it as changed by nothing but time. */
  age(version: number): void {
    this.#version = version;
    this.#json = null;
  }

  /** The compact form as of `now`; null while nothing is known. */
  tuple(now: number): QuoteTuple | null {
    if (this.#data === null) return null;
    const feed = feedStateOf(this.#data, now, this.#source.isMarketOpen());
    // What was written before says another state.
    if (feed !== this.#feed) this.#json = null;
    this.#feed = feed;
    return quoteTuple(this.#data, feed);
  }

  /** The same as JSON, made once for each change; "" while nothing is known. */
  json(now: number): string {
    if (this.#data === null) return "";
    return (this.#json ??= JSON.stringify(this.tuple(now)));
  }
}
