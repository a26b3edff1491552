import type { Fixed } from "../domain/decimal.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";
import type { Reason } from "../domain/Reason.ts";
import type { TradingPhase } from "./SessionState.ts";

/** What a fill was made against. */
export interface FillSource {
  /**
   * `quote`: the far side · `print`: a print where the far side is not quoted · `through`: a print beyond a resting limit ·
   * `queue`: a print at a resting limit, behind whoever was there first · the auctions.
   */
  readonly kind: "quote" | "print" | "through" | "queue" | "opening" | "closing" | "reopening";
  /** The size that was shown or printed, shares; null where it was not told. */
  readonly shown: number | null;
  /** What our fills could still take of it before this one. */
  readonly left: Fixed;
  /** Shares that the print filled before the order's turn came. */
  readonly ahead?: Fixed;
}

/** How the matcher tells what it found. Each call has taken effect when it returns. */
export interface MatchSink {
  fill(order: PaperOrder, quantity: Fixed, price: Fixed, source: FillSource): void;
  trigger(order: PaperOrder, by: "print" | "quote", at: Fixed): void;
  trail(order: PaperOrder, watermark: Fixed, stopPrice: Fixed): void;
  close(order: PaperOrder, status: "canceled" | "expired", reason: Reason): void;
}

/** The instant at which orders meet the market. */
export interface MatchMoment {
  readonly now: number;
  readonly phase: TradingPhase;
  /** The next end of the regular session; null on a market that never closes. */
  readonly closesAt: number | null;
  readonly terms: Terms;
  /** A number drawn for the next event and a purpose of `CHANCE`. */
  readonly draw: (purpose: number) => number;
}

/** True where an order's limit lets it trade at `price`. */
export function accepts(order: PaperOrder, price: Fixed): boolean {
  const limit = order.terms.price;
  return limit === null || (order.side === "buy" ? price <= limit : price >= limit);
}

/** Outside the regular session only orders for extended hours trade (PX40). */
export function mayTrade(order: PaperOrder, phase: TradingPhase): boolean {
  return phase === "open" || (phase === "extended" && order.extendedHours);
}
