import { abs, divide, min, multiply, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";

/** What is held of one symbol. Immutable. */
export interface Holding {
  /** Shares; negative when short. */
  readonly quantity: Fixed;
  /** What the open part cost; negative when short. Fees are not in it. */
  readonly cost: Fixed;
  /** Since the account was opened, fees not taken off. */
  readonly realized: Fixed;
}

export const NO_HOLDING: Holding = { quantity: 0n, cost: 0n, realized: 0n };

/**
 * One fill on a holding: what closes comes first, at average cost (PX61), and what is left opens the other side
 * (PX62). `notional` is quantity × price as it was booked to cash, so that nothing is lost to rounding (PX63).
 */
export function applyFill(holding: Holding, side: OrderSide, quantity: Fixed, price: Fixed, notional: Fixed): Holding {
  const sign = side === "buy" ? 1n : -1n;
  const isOpposite = side === "buy" ? holding.quantity < 0n : holding.quantity > 0n;
  if (!isOpposite) {
    return {
      quantity: holding.quantity + sign * quantity,
      cost: holding.cost + sign * notional,
      realized: holding.realized,
    };
  }
  const held = abs(holding.quantity);
  const closing = min(quantity, held);
  const closingNotional = closing === quantity ? notional : multiply(closing, price, "half_even");
  // Cut toward zero; what is cut stays in the cost of the rest.
  const released = (holding.cost * closing) / held;
  return {
    quantity: holding.quantity + sign * quantity,
    cost: holding.cost - released + sign * (notional - closingNotional),
    // Closing a long takes in the notional and gives up the cost; closing a short does the reverse, with both negative.
    realized: holding.realized - sign * closingNotional - released,
  };
}

/** Average entry price; zero without a position. */
export function averagePrice(holding: Holding): Fixed {
  return holding.quantity === 0n ? 0n : divide(holding.cost, holding.quantity, "half_even");
}
