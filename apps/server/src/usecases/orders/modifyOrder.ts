import { BrokerError, unsent, unsentReason } from "@trenddojo/brokers";
import { isFinalOrderState, parseFixed, releasedEvent } from "@trenddojo/brokers/domain";
import { parseOrder, type ParsedOrder } from "@trenddojo/brokers/rules";
import { accounts, type AccountRow, type OrderRow } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { WorkingOrderClient } from "../../connections/OrderHost.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { assertChangeable } from "../../orders/assertChangeable.ts";
import { judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { orderRefusal } from "../../orders/orderRefusal.ts";
import { orderView } from "../../orders/orderView.ts";
import { termsText } from "../../orders/termsText.ts";
import { waitForOrder } from "../../orders/waitForOrder.ts";
import type { modifyOrderInput, OrderView } from "../../wire/orders.ts";
import { hostOfAccount, ownOrder } from "../owned.ts";
import type { OrderDesk } from "./OrderDesk.ts";

type Input = z.infer<typeof modifyOrderInput>;

/**
 * Asks the broker to change a working order; the changed order passes the same rules as a new one, and what the broker
 * changes of its group with it, its updates tell. Answers the order as
 * it stands once that is settled, at most 2 s later.
 * @throws DeskError NOT_FOUND, ORDER_CLOSED, NOT_CONNECTED, NOT_SUPPORTED, INVALID_ORDER and the code of any rule;
 * BrokerError where the broker refuses
 */
export async function modifyOrder(desk: OrderDesk, actor: Actor, { orderId, changes }: Input): Promise<OrderView> {
  const askedAt = desk.clock.monotonic();
  const order = await ownOrder(desk, actor, orderId);
  assertWorking(order);
  assertChangeable(order, changes);
  const account = await accounts.find(desk.db, actor.user.id, order.accountId);
  if (account === null) throw notFound("account");
  const host = await hostOfAccount(desk, actor, account);
  const client = host.requireReady();
  const { modifyOrder: capability } = client.capabilities;
  if (!capability.supported)
    throw new DeskError("NOT_SUPPORTED", capability.reason ?? "This broker cannot change an order.");
  desk.failPoint("C1");
  const changed = parseChanged(order, changes);
  const pending = await host.updates.run(() =>
    requestReplace(desk, actor, { account, client, order, changed, changes }),
  );
  desk.failPoint("C3");
  const { venueOrderId } = pending;
  if (venueOrderId === null)
    throw new DeskError("OUTCOME_UNKNOWN", "Whether the broker has the order is not known yet.");
  try {
    await host.request(order.id, (options) => {
      const refusal = () => heldBack(desk, account, askedAt);
      const barred = refusal();
      if (barred !== null) throw barred;
      // Asked again in the instant in which it would go, where the client keeps it until its turn.
      return client.modifyOrder(venueOrderId, definedChanges(changes), { ...options, refusal });
    });
  } catch (error) {
    await giveUp(desk, order, error);
    throw error;
  }
  desk.failPoint("C10");
  const refreshed = await host.refresh(order.id);
  const isOver = ({ state }: OrderRow) => state !== "PENDING_REPLACE";
  const row =
    refreshed !== null && isOver(refreshed)
      ? refreshed
      : await waitForOrder(desk, { userId: actor.user.id, orderId: order.id, isOver });
  desk.failPoint("C11");
  const view = orderView(row);
  desk.failPoint("C4");
  return view;
}

/**
 * The order as it would be; when it ends stays as it is, and may be a date that the broker set and nobody could ask for.
 * @throws DeskError INVALID_ORDER, also for a quantity that is filled already
 */
function parseChanged(order: OrderRow, changes: Input["changes"]): ParsedOrder {
  const { symbol, side, type, timeInForce, extendedHours, trailBy, trailValue } = order;
  const isTrailing = trailBy !== null;
  const { quantity = order.quantity, price = order.price, stopPrice = isTrailing ? null : order.stopPrice } = changes;
  const parsed = parseOrder({
    symbol,
    side,
    type,
    timeInForce,
    extendedHours,
    quantity,
    price,
    stopPrice,
    trail: isTrailing ? { by: trailBy, value: trailValue } : null,
  });
  if (!parsed.ok) throw orderRefusal(parsed.issues);
  const filled = parseFixed(order.filledQuantity);
  // An exit's id, and that of an order placed elsewhere, may be longer than those that a request can bring.
  if (parsed.order.quantity > filled) return { ...parsed.order, clientOrderId: order.clientOrderId };
  const message = `${order.filledQuantity} shares are filled already; the new quantity must be above that.`;
  const params = { filled: order.filledQuantity, quantity };
  throw new DeskError("INVALID_ORDER", message, {
    issues: [{ code: "INVALID_ORDER", field: "quantity", message, params }],
  });
}

interface Replacing {
  readonly account: AccountRow;
  readonly client: WorkingOrderClient;
  readonly order: OrderRow;
  readonly changed: ParsedOrder;
  readonly changes: Input["changes"];
}

async function requestReplace(
  desk: OrderDesk,
  actor: Actor,
  { account, client, order, changed, changes }: Replacing,
): Promise<OrderRow> {
  const facts = await readBrokerFacts(desk.clock, client, order.symbol);
  const remaining = { ...changed, quantity: changed.quantity - parseFixed(order.filledQuantity) };
  const pending = await desk.journal.record(order.id, async (row, tx) => {
    assertWorking(row);
    await accounts.lock(tx, account.id);
    const now = desk.clock.now();
    const judged = await judgeOrder(tx, account, remaining, client, facts, { now, replaces: order.id });
    const issues = [...desk.live.issuesOf(actor, account), ...judged.issues];
    if (issues.length > 0) throw orderRefusal(issues);
    desk.live.touch(account);
    desk.failPoint("C2");
    return {
      event: "request_replace",
      message: `Change requested: ${termsText(changes)}`,
      action: "order.replace_requested",
      userId: actor.user.id,
      details: { changes },
    };
  });
  if (pending === null) throw notFound("order");
  return pending;
}

/** What happened since the change was asked for that holds it back. */
function heldBack(desk: OrderDesk, account: AccountRow, askedAt: number): BrokerError | null {
  if (desk.lastHalts.holdsBack(account.userId, askedAt)) return unsent("the desk", "held_back", "trading was halted");
  if (desk.live.mayTrade(account)) return null;
  return new BrokerError("live trading was disarmed before it was sent", "NOT_SUPPORTED", "desk");
}

async function giveUp(desk: OrderDesk, order: OrderRow, error: unknown): Promise<void> {
  if (!(error instanceof BrokerError) || error.outcome === "unknown") return;
  await desk.journal.record(order.id, (row) =>
    row.state === "PENDING_REPLACE"
      ? {
          event: releasedEvent(parseFixed(row.filledQuantity)),
          message: `${unsentReason(error) === null ? "The broker refused the change" : "The change was not sent"}: ${error.message}`,
          action: "order.replace_refused",
          userId: null,
          details: { code: error.code, ...error.details },
        }
      : null,
  );
}

function definedChanges({ quantity, price, stopPrice }: Input["changes"]) {
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
  };
}

/** @throws DeskError */
function assertWorking(order: OrderRow): void {
  if (order.state === "WORKING" || order.state === "PARTIALLY_FILLED") return;
  if (isFinalOrderState(order.state)) {
    throw new DeskError(
      "ORDER_CLOSED",
      `The order is ${order.state} already: filled ${order.filledQuantity} of ${order.quantity}.`,
    );
  }
  throw new DeskError("ORDER_REJECTED", `The order is ${order.state}; it can be changed once it works at the broker.`, {
    retryAfterSeconds: 1,
  });
}
