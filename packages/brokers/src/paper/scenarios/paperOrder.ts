import { parseFixed } from "../../domain/decimal.ts";
import { clientOrderId, venueOrderId } from "../../domain/ids.ts";
import type { OrderSide, TimeInForce } from "../../domain/order.ts";
import { PaperOrder } from "../PaperOrder.ts";

export interface PaperOrderParts {
  /** The place in time; also makes its ids. */
  readonly priority: number;
  readonly side?: OrderSide;
  readonly quantity?: string;
  /** The limit; absent for a market order. */
  readonly price?: string | null;
  readonly timeInForce?: TimeInForce;
  readonly extendedHours?: boolean;
}

/** An order inside the engine, that no account knows of: a buy of 100 SPY for the day, but for what `parts` says. */
export function paperOrder({ priority, price = null, ...parts }: PaperOrderParts): PaperOrder {
  const { side = "buy", quantity = "100", timeInForce = "day", extendedHours = false } = parts;
  return new PaperOrder(
    {
      orderId: venueOrderId(`P${priority}`),
      clientOrderId: clientOrderId(`c${priority}`),
      symbol: "SPY",
      side,
      orderType: price === null ? "market" : "limit",
      extendedHours,
      trail: null,
      group: null,
      notional: null,
    },
    {
      timeInForce,
      quantity: parseFixed(quantity),
      price: price === null ? null : parseFixed(price),
      stopPrice: null,
      referencePrice: parseFixed("1"),
      expiresAt: null,
      priority,
    },
    0,
  );
}
