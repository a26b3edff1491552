import { GROUP_ROLES, isFinalOrderState } from "@trenddojo/brokers/domain";
import { fills, orderEvents, orders, type OrderRow, type StoredWhy } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { withTimeout } from "../../lib/withTimeout.ts";
import { fillView, orderView } from "../../orders/orderView.ts";
import { storedWhy } from "../../orders/whyEnded.ts";
import { orderEventView } from "../../streams/OrderEventLog.ts";
import type { orderDetail } from "../../wire/orders.ts";
import { ownAccount, ownOrder } from "../owned.ts";

/** A broker that does not explain an order within this does not hold up the reading of it. */
const EXPLAIN_MS = 2_000;

/** One order with its whole life, the others of its group, and why it is where it is. @throws DeskError NOT_FOUND */
export async function readOrder(desk: Desk, actor: Actor, id: string): Promise<z.infer<typeof orderDetail>> {
  const order = await ownOrder(desk, actor, id);
  const executions = await fills.listByOrder(desk.db, order.id);
  const events = await orderEvents.listByOrder(desk.db, order.id);
  return {
    order: orderView(order),
    fills: executions.map(fillView),
    events: events.map(orderEventView),
    group: (await othersOfGroup(desk, order)).map(orderView),
    explanation: await explain(desk, actor, order),
    triggeredBy: order.triggeredBy,
  };
}

/** Entry, profit, stop. */
async function othersOfGroup({ db }: Desk, { id, leaderId, orderClass }: OrderRow): Promise<OrderRow[]> {
  if (orderClass === null) return [];
  const group = await orders.listGroup(db, leaderId ?? id);
  return GROUP_ROLES.flatMap((role) => group.filter((row) => row.groupRole === role && row.id !== id));
}

/** What was stored when it ended; of an order that is open, or ended without a word, what its broker says now. */
async function explain(desk: Desk, actor: Actor, order: OrderRow): Promise<StoredWhy | null> {
  const stored = isFinalOrderState(order.state) ? storedWhy(order) : null;
  if (stored !== null && stored.rule !== "") return stored;
  // What was never sent its broker cannot explain.
  if (order.venueOrderId === null && isFinalOrderState(order.state)) return stored;
  return (await askBroker(desk, actor, order)) ?? stored;
}

/** The broker's own words, where it is there to ask; an explanation is no reason to fail. */
async function askBroker(desk: Desk, actor: Actor, order: OrderRow): Promise<StoredWhy | null> {
  const account = await ownAccount(desk, actor, order.accountId);
  const client = desk.connections.find(account.connectionId)?.readyClient() ?? null;
  if (client === null) return isFinalOrderState(order.state) ? null : sentence("Its broker is not connected.");
  try {
    const ask = (signal: AbortSignal) => client.getOrderByClientOrderId(order.clientOrderId, { signal });
    const told = await withTimeout(desk.clock, EXPLAIN_MS, ask);
    return told?.why ?? (typeof told?.reason === "string" ? sentence(told.reason) : null);
  } catch (err) {
    desk.log.debug({ err, orderId: order.id }, "a broker could not explain an order");
    return null;
  }
}

const sentence = (text: string): StoredWhy => ({ rule: "", text, params: {} });
