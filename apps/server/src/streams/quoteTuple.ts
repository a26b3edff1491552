import type { FeedState, MarketData } from "@trenddojo/brokers/domain";
import type { QuoteTuple } from "../wire/marketData.ts";

/** The compact form of a quote; `feed` is what the hub makes of its age. */
export function quoteTuple(data: MarketData, feed: FeedState): QuoteTuple {
  return [
    data.symbol,
    data.bid,
    data.ask,
    data.bidSize,
    data.askSize,
    data.last,
    data.lastSize,
    data.volume,
    data.previousClose,
    data.timestamp,
    data.receivedAt,
    feed,
    data.source,
    ...(data.halt === undefined ? ([] as const) : ([data.halt] as const)),
  ];
}
