import type { CorporateAction } from "../domain/CorporateAction.ts";
import type { Bar, BarsRequest, FeedKind, Instrument, MarketData } from "../domain/marketData.ts";
import type { MarketNews } from "../domain/MarketNews.ts";

/** What a screen must say about where its prices come from. */
export interface FeedDescription {
  readonly kind: FeedKind;
  /** One sentence for a person: "Invented prices, seed 1", "Replay of 2013-10-08 at 60x". */
  readonly label: string;
  /** Prices are invented. */
  readonly synthetic: boolean;
  /** Ticks at all hours, whatever the exchange's calendar says. */
  readonly alwaysOpen: boolean;
  /** Its news name the price and size of the exchange's openings and closings. */
  readonly namesAuctions: boolean;
  /** Silent for longer than this, in an open session, it is mute; milliseconds. @default 15 s */
  readonly muteAfterMs?: number;
}

/** How a feed is doing. */
export interface FeedProgress {
  readonly state: "running" | "paused" | "ended";
  readonly ticks: number;
  /** Rows that could not be read; each was reported with its file and line, and skipped. */
  readonly malformedRows: number;
}

/** A print or a change of the quote, in the feed's own order; `timestamp` never falls within one feed. */
export type TickListener = (tick: MarketData) => void;

/** A halt or its end, an official price, a corporate action; in one order with the ticks, and before those that it changes. */
export type NewsListener = (news: MarketNews) => void;

/**
 * A source of prices and of market time. The paper exchange is fed by it and lives on its clock: in a replay of
 * 2013 it is 2013. Ticks are delivered one after another and never within a call to `subscribe`.
 */
export interface MarketFeed extends AsyncDisposable {
  readonly description: FeedDescription;
  readonly progress: FeedProgress;
  /** Begins to tick. Idempotent. Rejects where the source cannot be opened at all. */
  start(): Promise<void>;
  /** The market's own time, epoch milliseconds. */
  marketNow(): number;
  instruments(): readonly Instrument[];
  instrument(symbol: string): Instrument | undefined;
  /** The newest tick; undefined before the first. */
  latest(symbol: string): MarketData | undefined;
  /** Every tick of one symbol from now on, first subscriber first. */
  subscribe(symbol: string, listener: TickListener): () => void;
  /** Every tick of every symbol. */
  subscribeAll(listener: TickListener): () => void;
  /** All news of every symbol from now on. What is halted already, the latest tick says. */
  subscribeNews(listener: NewsListener): () => void;
  /** What took effect after `since` (epoch milliseconds) and by now, oldest first: for an account that was not listening. */
  corporateActions(since: number): readonly CorporateAction[];
  /** Oldest first; the last one may still be forming. Empty for an unknown symbol. */
  bars(request: BarsRequest): Promise<readonly Bar[]>;
}
