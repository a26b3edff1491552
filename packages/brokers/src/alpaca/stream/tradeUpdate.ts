import { z } from "zod";
import { exact, instant, optional } from "../rest/wireFields.ts";
import { wireOrder } from "../rest/wireOrder.ts";

/**
 * What the trading stream tells of one order, https://docs.alpaca.markets/docs/websocket-streaming. Price and quantity
 * are of this execution. `order` is the order as it was then.
 */
export const tradeUpdate = z.object({
  event: z.string(),
  order: wireOrder,
  timestamp: optional(instant),
  execution_id: z.string().nullish(),
  price: optional(exact),
  qty: optional(exact),
});
export type TradeUpdate = z.infer<typeof tradeUpdate>;

/** The events that are known; any other is a reason to read the order again. */
export const KNOWN_EVENTS: ReadonlySet<string> = new Set([
  "new",
  "fill",
  "partial_fill",
  "canceled",
  "expired",
  "done_for_day",
  "replaced",
  "accepted",
  "rejected",
  "pending_new",
  "stopped",
  "pending_cancel",
  "pending_replace",
  "calculated",
  "suspended",
  "order_replace_rejected",
  "order_cancel_rejected",
]);
