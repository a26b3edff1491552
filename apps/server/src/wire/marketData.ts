import { FEED_KINDS, FEED_STATES, MARKET_SESSIONS, TIMEFRAMES } from "@trenddojo/brokers/domain";
import { z } from "zod";
import { id, instant, symbol } from "./common.ts";

export const instrument = z.object({
  symbol: z.string(),
  name: z.string(),
  exchange: z.string(),
  kind: z.enum(["stock", "etf"]),
  currency: z.literal("USD"),
  tickSize: z.string(),
  lotSize: z.string(),
  shortable: z.boolean(),
  /** Market and limit orders for the day may be for parts of a share, and market orders for an amount of money. */
  fractionable: z.boolean(),
});
export type InstrumentView = z.infer<typeof instrument>;

/** marketData.search (query) → InstrumentView[], best first; an empty query lists. */
export const searchInput = z.strictObject({
  connectionId: id,
  query: z.string().trim().max(40),
  limit: z.number().int().min(1).max(50).default(20),
});
/** marketData.instrument (query): SYMBOL_NOT_FOUND for an unknown one. */
export const instrumentInput = z.strictObject({ connectionId: id, symbol });

/** marketData.bars (query) → Bar[], oldest first. `time` in epoch seconds, as charts take it. */
export const barsInput = z.strictObject({
  connectionId: id,
  symbol,
  timeframe: z.enum(TIMEFRAMES),
  limit: z.number().int().min(1).max(5000).default(500),
  /** Epoch milliseconds. */
  before: z.number().int().positive().optional(),
});
export const bars = z.array(
  z.object({
    time: z.number().int(),
    open: z.number(),
    high: z.number(),
    low: z.number(),
    close: z.number(),
    volume: z.number(),
  }),
);
export type BarView = z.infer<typeof bars>[number];

/** marketData.market (query): the market's clock and session, and where this connection's prices come from. */
export const marketInput = z.strictObject({ connectionId: id });
export const market = z.object({
  market: z.string(),
  /** Now, on the market's clock (in a replay: the tape's). */
  at: instant,
  session: z.enum(MARKET_SESSIONS),
  isOpen: z.boolean(),
  alwaysOpen: z.boolean(),
  earlyClose: z.boolean(),
  nextOpenAt: instant.nullable(),
  nextCloseAt: instant.nullable(),
  source: z.object({
    kind: z.enum(FEED_KINDS),
    label: z.string(),
    synthetic: z.boolean(),
    state: z.enum(["running", "paused", "ended"]),
    ticks: z.number().int(),
    malformedRows: z.number().int(),
  }),
});
export type MarketView = z.infer<typeof market>;

/** The exchange has halted or paused trading: since when (market time, epoch milliseconds) and why, "" where it does not say. */
export const halt = z.object({ status: z.enum(["halted", "paused"]), since: z.number().int(), reason: z.string() });
export type HaltView = z.infer<typeof halt>;

/**
 * One instrument's latest, compact: symbol, bid, ask, bid size, ask size, last, last size, volume, previous close,
 * the market's time and our time of receipt (epoch milliseconds), feed state, source and, only while nothing trades, the halt.
 */
export const quoteTuple = z.tuple([
  z.string(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.number(),
  z.number().nullable(),
  z.number(),
  z.number(),
  z.enum(FEED_STATES),
  z.enum(FEED_KINDS),
  halt.optional(),
]);
export type QuoteTuple = z.infer<typeof quoteTuple>;

/**
 * Why there is no price of a symbol: its broker was asked and none has come yet; it does not know the symbol; it is not
 * connected; it refused, as for want of a permission; it has not answered. Who asked is told; the desk goes on asking.
 */
export const ABSENCES = ["awaited", "unknown_symbol", "not_connected", "refused", "no_answer"] as const;
export type Absence = (typeof ABSENCES)[number];

/** What changed since the batch before; the first one (`sequence` 0) is a snapshot of all asked for that are known. */
export interface QuoteBatch {
  readonly sequence: number;
  /** Server time of the flush, epoch milliseconds: age = at − receipt. */
  readonly at: number;
  readonly quotes: readonly QuoteTuple[];
  /** Symbols that never had a price since they are watched, and why, as that changes. Left out where there are none. */
  readonly absent?: readonly (readonly [string, Absence])[];
}

/** marketData.quotes (subscription) → QuoteBatch. One for a list of symbols, not one a symbol. */
export const quotesInput = z.strictObject({
  connectionId: id,
  symbols: z.array(symbol).min(1).max(500),
  intervalMs: z.number().int().min(16).max(1000).default(50),
});

const number = z.number().nullable();
/**
 * One tick, compact: symbol, last price and size, bid, ask, bid size, ask size, the market's time and our time of receipt
 * (epoch milliseconds).
 */
export const tickTuple = z.tuple([z.string(), number, number, number, number, number, number, z.number(), z.number()]);
export type TickTuple = z.infer<typeof tickTuple>;

/** Every tick since the bundle before, in order; the first one (`sequence` 0) is empty. */
export const tickBatch = z.object({
  sequence: z.number().int(),
  /** Server time of the bundle, epoch milliseconds. */
  at: z.number(),
  /** Ticks that were left out since the last bundle because the reader was slow. */
  missed: z.number().int(),
  ticks: z.array(tickTuple),
});
export type TickBatch = z.infer<typeof tickBatch>;

/** marketData.ticks (subscription) → TickBatch, for a tape. Nothing is conflated. */
export const ticksInput = z.strictObject({ connectionId: id, symbols: z.array(symbol).min(1).max(500) });

/** marketData.watchlist (query) → string[] in order; marketData.setWatchlist (mutation) replaces it. */
export const watchlist = z.array(z.string());
export const setWatchlistInput = z.strictObject({ symbols: z.array(symbol).max(500) });
