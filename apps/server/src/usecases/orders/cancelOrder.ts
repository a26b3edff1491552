import { BrokerError } from "@trenddojo/brokers";
import { isFinalOrderState, parseFixed, releasedEvent } from "@trenddojo/brokers/domain";
import { accounts, orders, type OrderRow } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { OrderHost } from "../../connections/OrderHost.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { CANCEL_WANTED } from "../../orders/foundAlive.ts";
import { withdrawIntent } from "../../orders/expireIntent.ts";
import { orderView } from "../../orders/orderView.ts";
import { sendNoMore } from "../../orders/sendNoMore.ts";
import { waitForOrder } from "../../orders/waitForOrder.ts";
import type { OrderView } from "../../wire/orders.ts";
import { hostOfAccount, ownOrder } from "../owned.ts";
import type { OrderDesk } from "./OrderDesk.ts";

/**
 * Asks the broker to cancel; answers the order as it stands once that is settled, at most 2 s later. An order that was
 * not sent yet is taken back here and never sent. What the broker ends of its group besides, its updates tell. No limit and no halt holds a cancel back.
 * @throws DeskError NOT_FOUND, ORDER_CLOSED, NOT_CONNECTED, OUTCOME_UNKNOWN; BrokerError where the broker refuses
 */
export async function cancelOrder(desk: OrderDesk, actor: Actor, id: string): Promise<OrderView> {
  const found = await ownOrder(desk, actor, id);
  const order = await settleSending(desk, actor, found);
  const isTakenBack = order.state === "EXPIRED_UNSENT" || order.state === "CANCELED";
  if (isTakenBack && (found.state === "INTENT" || found.state === "SENDING")) return orderView(order);
  if (isFinalOrderState(order.state)) throw closed(order);
  const account = await accounts.find(desk.db, actor.user.id, order.accountId);
  if (account === null) throw notFound("account");
  const host = await hostOfAccount(desk, actor, account);
  desk.failPoint("C1");
  const client = host.requireConnected();
  const pending = await requestCancel(desk, actor, order);
  desk.failPoint("C3");
  const { venueOrderId } = pending;
  if (venueOrderId === null) throw lost(order);
  try {
    await host.request(order.id, (options) => client.cancelOrder(venueOrderId, options));
  } catch (error) {
    await giveUp(desk, order, error);
    throw error;
  }
  desk.failPoint("C10");
  const row = await settled(desk, actor, host, order);
  desk.failPoint("C11");
  const view = orderView(row);
  desk.failPoint("C4");
  return view;
}

/**
 * An intent is withdrawn, with its group, and so is an order that its client still holds back; one on the wire is waited
 * for, since it has no id to cancel by yet. What was lost does not go again, and is canceled where it is found.
 */
async function settleSending(desk: OrderDesk, actor: Actor, found: OrderRow): Promise<OrderRow> {
  if (found.state === "INTENT") await withdrawIntent(desk.journal, found, actor.user.id);
  const order = found.state === "INTENT" ? await ownOrder(desk, actor, found.id) : found;
  if (order.state !== "SENDING" && order.state !== "UNKNOWN") return order;
  await sendNoMore(desk, order);
  const current = await ownOrder(desk, actor, order.id);
  if (current.state !== "SENDING") return current;
  await withdrawUnsent(desk, actor, order);
  const row = await waitForOrder(desk, {
    userId: actor.user.id,
    orderId: order.id,
    isOver: ({ state }) => state !== "SENDING",
  });
  if (row.state === "SENDING") {
    throw new DeskError(
      "TIMEOUT",
      "The broker has not answered the order yet, so there is nothing to cancel so far; try again.",
      {
        retryAfterSeconds: 1,
      },
    );
  }
  return row;
}

/** The cancel overtakes its own order, or the group that it belongs to, where its client still holds it back. */
async function withdrawUnsent(desk: OrderDesk, actor: Actor, order: OrderRow): Promise<void> {
  const account = await accounts.find(desk.db, actor.user.id, order.accountId);
  const sent = order.leaderId === null ? order : await orders.find(desk.db, actor.user.id, order.leaderId);
  if (account === null || sent === null) return;
  desk.connections.find(account.connectionId)?.readyClient()?.withdrawOrder?.(sent.clientOrderId);
}

async function requestCancel(desk: OrderDesk, actor: Actor, order: OrderRow): Promise<OrderRow> {
  const pending = await desk.journal.record(order.id, (row) => {
    if (isFinalOrderState(row.state)) throw closed(row);
    desk.failPoint("C2");
    const isLost = row.state === "UNKNOWN" && row.venueOrderId === null;
    return {
      event: "request_cancel",
      message: isLost ? CANCEL_WANTED.text : "Cancel requested",
      action: "order.cancel_requested",
      userId: actor.user.id,
      ...(isLost ? { changes: { why: CANCEL_WANTED } } : {}),
    };
  });
  if (pending === null) throw notFound("order");
  return pending;
}

/** The broker refused: it works on. An outcome that is unknown stays pending until evidence comes. */
async function giveUp(desk: OrderDesk, order: OrderRow, error: unknown): Promise<void> {
  if (!(error instanceof BrokerError) || error.outcome === "unknown") return;
  await desk.journal.record(order.id, (row) =>
    row.state === "PENDING_CANCEL"
      ? {
          event: releasedEvent(parseFixed(row.filledQuantity)),
          message: `The broker refused the cancel: ${error.message}`,
          action: "order.cancel_refused",
          userId: null,
          details: { code: error.code, ...error.details },
        }
      : null,
  );
}

async function settled(desk: OrderDesk, actor: Actor, host: OrderHost, order: OrderRow): Promise<OrderRow> {
  // The broker took it; if its update is still on the way, its books say what became of it.
  const refreshed = await host.refresh(order.id);
  if (refreshed !== null && refreshed.state !== "PENDING_CANCEL") return refreshed;
  const isOver = ({ state }: OrderRow) => state !== "PENDING_CANCEL";
  return waitForOrder(desk, { userId: actor.user.id, orderId: order.id, isOver });
}

function closed(order: OrderRow): DeskError {
  return new DeskError(
    "ORDER_CLOSED",
    `The order is ${order.state} already: filled ${order.filledQuantity} of ${order.quantity}.`,
  );
}

function lost(order: OrderRow): DeskError {
  const message = `Whether the broker has the order is not known yet (${order.clientOrderId}); the desk looks for it, and cancels it when it is found.`;
  return new DeskError("OUTCOME_UNKNOWN", message, { outcome: "unknown", retryAfterSeconds: 5 });
}
