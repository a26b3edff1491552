import type { Mode } from "../../domain/Mode.ts";
import type { Order, OrderLeg, OrderResponse } from "../../domain/order.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";
import { throwRefused } from "./refusals.ts";

/** What the order waits for, or how it ended. */
export function explained(order: Order, exchange: PaperExchange): Order {
  const why = exchange.explain(order.orderId);
  return why === undefined ? order : { ...order, reason: why.text, why };
}

/** The exits that were taken in with an order of a linked group. */
function legsOf(placed: Order, events: readonly PaperEvent[]): readonly OrderLeg[] {
  return events.flatMap((event) => {
    if (event.type !== "order_accepted" || event.group?.id !== placed.orderId) return [];
    const { orderId, clientOrderId, group } = event;
    return orderId === placed.orderId ? [] : { role: group.role, orderId, clientOrderId };
  });
}

/**
 * What is answered to an order that was taken, as it stood when it was placed.
 * @throws BrokerError for what the exchange refused.
 */
export function toOrderResponse(
  broker: { readonly name: string; readonly mode: Mode },
  placed: Order | undefined,
  events: readonly PaperEvent[],
): OrderResponse {
  throwRefused(broker.name, events);
  if (placed === undefined) throw new Error("the exchange took an order and does not know it");
  const { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt } = placed;
  const legs = legsOf(placed, events);
  return {
    orderId,
    clientOrderId,
    symbol,
    quantity,
    side,
    type,
    status,
    submittedAt,
    message: `Order taken by ${broker.name} (${broker.mode})`,
    mode: broker.mode,
    ...(legs.length === 0 ? {} : { legs }),
  };
}
