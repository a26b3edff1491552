import type { MarketSession } from "../domain/marketData.ts";

/** What the exchange's calendar says about one instant. Instants are epoch milliseconds. */
export interface SessionState {
  /** Every order may trade: the regular session or, on a market that never closes, always. */
  readonly isOpen: boolean;
  /** The session of the real market, also where `isOpen` is always true. */
  readonly session: MarketSession;
  /** The next start of the regular session; null on a market that never closes. */
  readonly nextOpenAt: number | null;
  readonly nextCloseAt: number | null;
  /** The end of the market day: day orders expire, and the next day's P&L begins. Later than the instant asked about. */
  readonly dayEndsAt: number;
}

/** Who may trade now: everyone, orders for extended hours, or nobody. */
export type TradingPhase = "open" | "extended" | "closed";

export function tradingPhase(session: SessionState): TradingPhase {
  if (session.isOpen) return "open";
  return session.session === "pre" || session.session === "post" ? "extended" : "closed";
}
