import { assertNever } from "../../domain/assertNever.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { MarketNews, SymbolStatus } from "../../domain/MarketNews.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";

/** Tells the exchange what the market says besides ticks. */
export function applyNews(exchange: PaperExchange, news: MarketNews): readonly PaperEvent[] {
  switch (news.kind) {
    case "status":
      return exchange.onStatus(news.status);
    case "auction":
      return exchange.onAuction(news.auction);
    case "corporate_action":
      return exchange.onCorporateAction(news.action);
    default:
      return assertNever(news);
  }
}

/** Whether a symbol trades, as its latest tick says; what is in force already is no news to the exchange. */
export function statusOf({ symbol, halt, timestamp }: MarketData): SymbolStatus {
  if (halt === undefined) return { symbol, status: "resumed", at: timestamp };
  return { symbol, status: halt.status, at: halt.since, reason: halt.reason };
}
