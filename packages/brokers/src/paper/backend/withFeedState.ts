import type { FeedState, MarketData } from "../../domain/marketData.ts";
import { muteAfterMs } from "../../feeds/muteAfterMs.ts";
import type { PaperBackendSession } from "./PaperBackendSession.ts";

/** The tick, with how far it can be trusted now: `closed` when nothing more will come, `stale` when it is too old for an open session. */
export function withFeedState(tick: MarketData, session: PaperBackendSession, now: number): MarketData {
  const feed = feedStateOf(tick, session, now);
  return feed === tick.feed ? tick : { ...tick, feed };
}

function feedStateOf(tick: MarketData, session: PaperBackendSession, now: number): FeedState {
  const market = session.marketSession();
  if (session.feed.progress.state === "ended" || (!market.isOpen && market.session === "closed")) return "closed";
  return now - tick.receivedAt > muteAfterMs(session.feed) ? "stale" : tick.feed;
}
