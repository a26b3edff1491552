import type { TimeInForce } from "../domain/order.ts";
import type { SessionState } from "./SessionState.ts";

/** How long after the close an order for the closing waits for the price that the exchange names (PX95). */
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
 * When an order given at `at` expires: a day order at the end of the regular session, or where it is for extended hours
 * of the market day, in which it can first trade (PX41); an order for an auction with the session of that auction (PX92,
 * PX93), a gtc order when it was told to (PX83).
 */
export function expiryOf(terms: ExpiringTerms, at: number, { sessionAt, auctionPrices }: ExpiryRules): number | null {
  const { nextOpenAt, nextCloseAt, dayEndsAt } = sessionAt(at);
  switch (terms.timeInForce) {
    case "day":
      return terms.extendedHours ? dayEndsAt : (nextCloseAt ?? dayEndsAt);
    case "opg":
      return nextOpenAt === null ? null : sessionAt(nextOpenAt).nextCloseAt;
    case "cls":
      if (nextCloseAt === null) return null;
      return nextCloseAt + (auctionPrices === "official" ? OFFICIAL_CLOSE_WAIT_MS : 0);
    case "gtc":
      return terms.expiresAt ?? null;
    case "ioc":
    case "fok":
      return null;
  }
}
