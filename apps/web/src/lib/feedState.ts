import type { QuoteSnapshot } from "./quoteStore.ts";

/** What a price may be called on the screen; `none` is a symbol that was never heard of. */
export type ShownFeedState = QuoteSnapshot["feed"] | "none";

/** A price in an open session that is older than this is stale. */
export const STALE_AFTER_MS = 5_000;

/** Age of a quote in milliseconds: what it had when the server sent it, and the time since, both free of clock skew. */
export function quoteAgeMs(quote: QuoteSnapshot, monotonicNow: number): number {
  return quote.ageAtArrivalMs + Math.max(0, monotonicNow - quote.arrivedAt);
}

/**
 * The state to show. The server says how good a quote was when it left; only this side can see that nothing has come
 * since, so a mute socket turns a streaming price stale without a message.
 */
export function feedStateOf(quote: QuoteSnapshot | undefined, monotonicNow: number): ShownFeedState {
  if (quote === undefined) return "none";
  const mayGoStale = quote.feed === "streaming" || quote.feed === "delayed";
  return mayGoStale && quoteAgeMs(quote, monotonicNow) > STALE_AFTER_MS ? "stale" : quote.feed;
}
