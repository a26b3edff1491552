import type { FeedState, MarketData } from "@trenddojo/brokers/domain";

/** An open session without a tick for this long: the price may no longer be the market's. */
const STALE_AFTER_MS = 5_000;

/**
 * How far a quote can be trusted now. Only a streaming price grows stale, and only while its market is open: a
 * snapshot, a delayed feed and a closed market say of themselves what they are.
 */
export function feedStateOf(data: MarketData, now: number, marketIsOpen: boolean): FeedState {
  if (data.feed !== "streaming" || !marketIsOpen) return data.feed;
  return now - data.receivedAt >= STALE_AFTER_MS ? "stale" : "streaming";
}
