import type { TimeInForce } from "../domain/order.ts";
import { tradingPhase, type SessionState } from "./SessionState.ts";

/**
 * When an order given at `at` expires (PX41): a day order at the end of the market day in which it can first trade;
 * null for every other.
 */
export function expiryOf(
  timeInForce: TimeInForce,
  extendedHours: boolean,
  at: number,
  sessionAt: (at: number) => SessionState,
): number | null {
  if (timeInForce !== "day") return null;
  const session = sessionAt(at);
  const phase = tradingPhase(session);
  const canTradeToday =
    phase === "open" ||
    (phase === "extended" && extendedHours) ||
    session.nextOpenAt === null ||
    session.nextOpenAt < session.dayEndsAt;
  return canTradeToday || session.nextOpenAt === null ? session.dayEndsAt : sessionAt(session.nextOpenAt).dayEndsAt;
}
