import type { MarketFeed } from "../../feeds/MarketFeed.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";
import { statusOf } from "./applyNews.ts";
import { missedActions } from "./missedActions.ts";

/**
 * Tells an account that begins to listen what the market has to say already: the latest ticks, who is halted, and what
 * issuers did meanwhile, each at its own instant, so that a quote of a session that ended is not one of now (PX22).
 */
export function catchUp(exchange: PaperExchange, feed: MarketFeed): readonly PaperEvent[] {
  const actions = missedActions(exchange, feed).map((action) => ({
    at: action.at,
    tell: () => exchange.onCorporateAction(action),
  }));
  const ticks = feed.instruments().flatMap(({ symbol }) => {
    const tick = feed.latest(symbol);
    if (tick === undefined) return [];
    return { at: tick.timestamp, tell: () => [...exchange.onStatus(statusOf(tick)), ...exchange.onTick(tick)] };
  });
  return [...actions, ...ticks].toSorted((a, b) => a.at - b.at).flatMap(({ tell }) => tell());
}
