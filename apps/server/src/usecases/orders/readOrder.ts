import { isFinalOrderState } from "@trenddojo/brokers/domain";
import { fills, orderEvents, type OrderRow } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { fillView, orderView } from "../../orders/orderView.ts";
import { orderEventView } from "../../streams/OrderEventLog.ts";
import type { orderDetail } from "../../wire/orders.ts";
import { ownAccount, ownOrder } from "../owned.ts";

/** One order with its whole life, and why it has not filled (further). @throws DeskError NOT_FOUND */
export async function readOrder(desk: Desk, actor: Actor, id: string): Promise<z.infer<typeof orderDetail>> {
  const order = await ownOrder(desk, actor, id);
  const executions = await fills.listByOrder(desk.db, order.id);
  const events = await orderEvents.listByOrder(desk.db, order.id);
  return {
    order: orderView(order),
    fills: executions.map(fillView),
    events: events.map(orderEventView),
    explanation: isFinalOrderState(order.state) ? (order.reason?.message ?? null) : await explain(desk, actor, order),
  };
}

/** The broker's own words, where it is there to ask; an explanation is no reason to fail. */
async function explain(desk: Desk, actor: Actor, order: OrderRow): Promise<string | null> {
  const account = await ownAccount(desk, actor, order.accountId);
  const client = desk.connections.find(account.connectionId)?.readyClient() ?? null;
  if (client === null) return "Its broker is not connected.";
  try {
    return (await client.getOrderByClientOrderId(order.clientOrderId))?.reason ?? null;
  } catch (err) {
    desk.log.debug({ err, orderId: order.id }, "a broker could not explain an order");
    return null;
  }
}
