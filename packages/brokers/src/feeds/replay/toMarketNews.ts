import { nyDate, nyMidnight } from "../../calendar/newYorkTime.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import type { NewsRow } from "./TapeRow.ts";

/** A row of news at its instant (epoch milliseconds). Its place in the tape is its id. */
export function toMarketNews({ symbol, news, line }: NewsRow, at: number): MarketNews {
  const action = { actionId: `replay-${nyDate(at)}-${line}-${symbol}`, symbol, at };
  switch (news.event) {
    case "halted":
    case "paused":
    case "resumed":
      return { kind: "status", status: { symbol, status: news.event, at, reason: news.reason } };
    case "split": {
      const { newShares, oldShares, cashInLieuPrice } = news;
      return {
        kind: "corporate_action",
        action: { ...action, type: "split", newShares, oldShares, cashInLieuPrice },
      };
    }
    case "dividend": {
      const { amountPerShare, payDate } = news;
      return {
        kind: "corporate_action",
        action: { ...action, type: "cash_dividend", amountPerShare, payAt: nyMidnight(payDate) },
      };
    }
    case "symbol_change":
      return { kind: "corporate_action", action: { ...action, type: "symbol_change", newSymbol: news.newSymbol } };
  }
}
