import type { TimeInForce } from "../domain/order.ts";
import { tradingPhase, type SessionState } from "./SessionState.ts";

/** How long after the close an order for the closing waits for a price that the exchange names official (PX95). */
export const OFFICIAL_CLOSE_WAIT_MS = 600_000;

/** What of an order says when it expires. */
export interface ExpiringTerms {
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  /** The end that a gtc order was given, epoch milliseconds. */
  readonly expiresAt?: number | undefined;
}

/** The exchange's calendar, and what closes a session. */
export interface ExpiryRules {
  readonly sessionAt: (at: number) => SessionState;
  readonly auctionPrices: "tape" | "official";
}

/**
 * When an order given at `at` expires: a day order at the end of the market day in which it can first trade (PX41), an
 * order for an auction with the session of that auction (PX92, PX93), a gtc order when it was told to (PX83).
 */
export function expiryOf(terms: ExpiringTerms, at: number, { sessionAt, auctionPrices }: ExpiryRules): number | null {
  const session = sessionAt(at);
  switch (terms.timeInForce) {
    case "day":
      return endOfDay(terms.extendedHours, session, sessionAt);
    case "opg":
      return session.nextOpenAt === null ? null : sessionAt(session.nextOpenAt).nextCloseAt;
    case "cls":
      if (session.nextCloseAt === null) return null;
      return session.nextCloseAt + (auctionPrices === "official" ? OFFICIAL_CLOSE_WAIT_MS : 0);
    case "gtc":
      return terms.expiresAt ?? null;
    case "ioc":
    case "fok":
      return null;
  }
}

function endOfDay(extendedHours: boolean, session: SessionState, sessionAt: (at: number) => SessionState): number {
  const phase = tradingPhase(session);
  const canTradeToday =
    phase === "open" ||
    (phase === "extended" && extendedHours) ||
    session.nextOpenAt === null ||
    session.nextOpenAt < session.dayEndsAt;
  return canTradeToday || session.nextOpenAt === null ? session.dayEndsAt : sessionAt(session.nextOpenAt).dayEndsAt;
}
