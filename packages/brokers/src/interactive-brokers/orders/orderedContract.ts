import type { IBContract } from "../session/vendorTypes.ts";

/**
 * A stock's contract as an order names it. What the gateway tells of it has more, filled in by the vendor's library (a
 * multiplier and a strike of 0), which is not to be sent back with a change.
 */
export function orderedContract(told: IBContract): IBContract {
  const { conId = 0, symbol = "", secType = "STK", exchange = "SMART", currency = "USD" } = told;
  return { conId, symbol, secType, exchange, currency };
}
