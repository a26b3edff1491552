import type { MarketData } from "../../domain/marketData.ts";
import type { WireSnapshot } from "../rest/wireMarket.ts";
import type { MarketEvent } from "../stream/marketEvent.ts";

/**
 * A snapshot in the desk's words; undefined where it has neither a quote nor a trade. It is as old as its newest tick,
 * whenever it was asked for: a price that stood since yesterday is not a fresh one.
 * @param now our clock, epoch milliseconds.
 */
export function ofSnapshot(symbol: string, snapshot: WireSnapshot, now: number): MarketData | undefined {
  const { latestQuote: quote, latestTrade: trade, dailyBar, prevDailyBar } = snapshot;
  const timestamp = Math.max(quote?.t ?? 0, trade?.t ?? 0);
  if (timestamp === 0) return undefined;
  const bid = side(quote?.bp);
  const ask = side(quote?.ap);
  return {
    symbol,
    bid,
    ask,
    bidSize: bid === null ? null : (quote?.bs ?? null),
    askSize: ask === null ? null : (quote?.as ?? null),
    last: trade?.p ?? null,
    lastSize: trade?.s ?? null,
    volume: dailyBar?.v ?? 0,
    previousClose: prevDailyBar?.c ?? null,
    timestamp,
    receivedAt: Math.min(now, timestamp),
    source: "broker",
    feed: "snapshot",
  };
}

/** The price after an event of the stream; the same where it says nothing new, undefined where nothing can be said yet. */
export function afterEvent(known: MarketData | undefined, event: MarketEvent, now: number): MarketData | undefined {
  const before = known ?? nothing(event.symbol, event.at, now);
  switch (event.kind) {
    case "quote": {
      const { bid, ask, bidSize, askSize, at } = event;
      if (known !== undefined && at < known.timestamp - LATEST_MS) return known;
      return { ...before, bid, ask, bidSize, askSize, timestamp: Math.max(at, before.timestamp), receivedAt: now };
    }
    case "trade": {
      if (known !== undefined && event.at < known.timestamp - LATEST_MS) return known;
      const { price: last, size: lastSize, at } = event;
      const volume = before.volume + lastSize;
      return { ...before, last, lastSize, volume, timestamp: Math.max(at, before.timestamp), receivedAt: now };
    }
    case "daily_bar":
      return event.volume === before.volume ? known : { ...before, volume: event.volume };
    case "trade_cancel":
    case "correction":
    case "bar":
    case "updated_bar":
    case "status":
    case "luld":
      return known;
  }
}

/** Quotes and trades come over different paths; one that is behind by more is from before a reconnect. */
const LATEST_MS = 5_000;

function nothing(symbol: string, timestamp: number, receivedAt: number): MarketData {
  return {
    symbol,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    last: null,
    lastSize: null,
    volume: 0,
    previousClose: null,
    timestamp,
    receivedAt,
    source: "broker",
    feed: "streaming",
  };
}

const side = (price: number | undefined): number | null => (price === undefined || price <= 0 ? null : price);
