import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { MarketFeed } from "../../feeds/MarketFeed.ts";
import type { PaperExchange } from "../PaperExchange.ts";

/** News may reach an account a little after the instant at which it takes effect, and a process may end in between. */
const LONGEST_DELAY_MS = 60_000;

/**
 * What issuers did while an account was not listening, oldest first. Nothing to a new account, nor to shares that were
 * bought after it.
 */
export function missedActions(exchange: PaperExchange, feed: MarketFeed): readonly CorporateAction[] {
  if (!Number.isFinite(exchange.now)) return [];
  return feed.corporateActions(exchange.now - LONGEST_DELAY_MS).filter(({ actionId, symbol, at }) => {
    const wasBoughtSince = exchange.fills(at).some((fill) => fill.symbol === symbol);
    return !wasBoughtSince && !exchange.money.actionIds.has(actionId);
  });
}
