import type { Order } from "@trenddojo/brokers/domain";
import { fills, orders, type OrderRow } from "@trenddojo/db";
import { isUnwanted } from "../orders/foundAlive.ts";
import { bookFills, startsOfLacking } from "./bookFills.ts";
import { findTold, leadersFirst } from "./findTold.ts";
import { lookUpMissing } from "./lookUpMissing.ts";
import { HISTORY_DAYS, type ReconcileParts } from "./ReconcileParts.ts";
import { settleOver } from "./settleOver.ts";
import { takeOver } from "./takeOver.ts";

const DAY_MS = 86_400_000;

/**
 * Makes the desk's orders of one account agree with the broker's: executions first, then states, then the orders that
 * the broker does not know, then those that nobody here placed. Start-up, reconnect and schedule all come here. Run it
 * in the account's queue, after subscribing: updates that arrive meanwhile wait behind it and are applied after.
 * @param scope "recent" looks at closed orders too; "open" is enough on the schedule.
 */
export async function reconcileAccount(parts: ReconcileParts, scope: "recent" | "open"): Promise<void> {
  const { books } = parts;
  const open = await books.getOpenOrders();
  const recent = scope === "recent" ? await books.getOrderHistory(HISTORY_DAYS) : [];
  const told = new Map<string, Order>([...recent, ...open].map((order) => [order.orderId, order]));
  const all = leadersFirst([...told.values()]);
  // All at once: one by one, thousands would take minutes.
  const ids = all.map(({ orderId }) => orderId);
  const stored = await orders.listNamed(parts.db, parts.account.id, ids);
  const known = await findTold(parts, all, new Set(open.map(({ orderId }) => orderId)), stored);
  // An account may have years of executions that are no business of the desk's.
  const beginning = parts.clock.now() - HISTORY_DAYS * DAY_MS;
  const newest = (await fills.lastFilledAt(parts.db, parts.account.id)) ?? beginning;
  const since = Math.min(newest, ...(await startsOfLacking(parts, known, [...told.values()])));
  await bookFills(parts, known, told.values(), since);
  for (const order of told.values()) {
    const orderId = known.get(order.orderId);
    if (orderId !== undefined) await takeOver(parts, orderId, order, stored.get(order.orderId));
  }
  const seen = new Set(known.values());
  const ours = await orders.listOpen(parts.db, parts.account.id);
  await lookUpMissing(parts, ours, seen);
  const isAsked = ({ id, state }: OrderRow): boolean => state === "PENDING_CANCEL" || parts.inFlight.has(id);
  for (const row of ours) if (isUnwanted(row) && seen.has(row.id) && !isAsked(row)) parts.cancelFoundAlive(row);
  await settleOver(parts, seen);
}
