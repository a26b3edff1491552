import type { BrokerClient } from "@trenddojo/brokers";
import {
  orderId as toOrderId,
  parseFixed,
  quantity,
  type Clock,
  type Fill,
  type Order,
  type OrderId,
} from "@trenddojo/brokers/domain";
import { fills, orders, type AccountRow, type Db, type OrderRow } from "@trenddojo/db";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import { applyFill } from "../orders/applyFill.ts";
import { applySnapshot } from "../orders/applySnapshot.ts";
import { describeOrder } from "../orders/describeOrder.ts";
import type { InFlight } from "../orders/InFlight.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import type { UnknownOrders } from "../orders/UnknownOrders.ts";

const HISTORY_DAYS = 7;
/** Executions are asked for from this long before what is known: a broker's stamps may disagree a little. */
const FILL_OVERLAP_MS = 60_000;

/** What a broker can be asked of an account's orders. */
export type OrderBooks = Pick<
  BrokerClient,
  "getOpenOrders" | "getOrderHistory" | "getFills" | "getOrderByClientOrderId"
>;

export interface ReconcileParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly account: AccountRow;
  readonly books: OrderBooks;
  readonly unknown: UnknownOrders;
  readonly inFlight: InFlight;
}

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
  const known = new Map<string, OrderId>();
  for (const order of told.values()) {
    const row = await findRow(parts, order);
    if (row !== null) known.set(order.orderId, row.id);
    else if (open.some(({ orderId }) => orderId === order.orderId)) known.set(order.orderId, await adopt(parts, order));
  }
  const newest = (await fills.lastFilledAt(parts.db, parts.account.id)) ?? 0;
  await bookFills(parts, known, Math.min(newest, ...(await startsOfLacking(parts, known, [...told.values()]))));
  for (const order of told.values()) {
    const orderId = known.get(order.orderId);
    if (orderId !== undefined) await takeOver(parts, orderId, order);
  }
  await lookUpMissing(parts, new Set(known.values()));
}

/** Asks the broker for one order and takes over what it says. Null where the broker does not know it. */
export async function refreshOrder(parts: ReconcileParts, row: OrderRow): Promise<OrderRow | null> {
  const order = await parts.books.getOrderByClientOrderId(row.clientOrderId);
  if (order === null) return null;
  const known = new Map([[order.orderId, row.id]]);
  const starts = await startsOfLacking(parts, known, [order]);
  if (starts.length > 0) await bookFills(parts, known, Math.min(...starts));
  return takeOver(parts, row.id, order);
}

/**
 * Where the orders began that the broker counts more filled of than the desk has executions of; on the broker's clock, as
 * executions are. How new another order's executions are says nothing of theirs.
 */
async function startsOfLacking(
  { db }: ReconcileParts,
  known: ReadonlyMap<string, OrderId>,
  told: readonly Order[],
): Promise<number[]> {
  const starts: number[] = [];
  for (const order of told) {
    const orderId = known.get(order.orderId);
    const filled = parseFixed(order.filledQuantity);
    if (orderId === undefined || filled === 0n) continue;
    const stored = await fills.totals(db, orderId);
    if (parseFixed(stored.quantity) < filled) starts.push(order.submittedAt);
  }
  return starts;
}

/** Books what the broker tells of executions since then, a little overlapping. */
async function bookFills(parts: ReconcileParts, known: ReadonlyMap<string, OrderId>, since: number): Promise<void> {
  for (const fill of await parts.books.getFills(Math.max(0, since - FILL_OVERLAP_MS))) {
    const orderId = known.get(fill.orderId) ?? (await findRow(parts, fill))?.id;
    if (orderId === undefined) continue;
    await applyFill(orderId, fill, { journal: parts.journal, id: parts.ids.uuid(), now: parts.clock.now() });
  }
}

async function takeOver(parts: ReconcileParts, orderId: OrderId, order: Order): Promise<OrderRow | null> {
  const { journal, clock, unknown, inFlight } = parts;
  unknown.found(orderId);
  const endsPending = !inFlight.has(orderId);
  const row = await applySnapshot(journal, orderId, order, { endsPending, now: clock.now() });
  if (row === null || parseFixed(row.filledQuantity) >= parseFixed(order.filledQuantity)) return row;
  // The broker counts more than it can tell the executions of: its total is evidence too.
  return journal.record(orderId, (current) =>
    parseFixed(current.filledQuantity) >= parseFixed(order.filledQuantity)
      ? null
      : {
          event: order.status === "filled" ? "fill" : "partial_fill",
          message: `The broker counts ${order.filledQuantity} filled; the executions of ${current.filledQuantity} are known`,
          action: "order.executions_missing",
          userId: null,
          changes: { filledQuantity: order.filledQuantity, averageFillPrice: order.averageFillPrice },
        },
  );
}

/** The desk believes these open, and the broker did not name them. */
async function lookUpMissing(parts: ReconcileParts, seen: ReadonlySet<OrderId>): Promise<void> {
  const { db, account, journal, unknown, inFlight } = parts;
  for (const row of await orders.listOpen(db, account.id)) {
    if (row.state === "INTENT" || seen.has(row.id) || inFlight.has(row.id)) continue;
    if ((await refreshOrder(parts, row)) !== null) continue;
    if (row.state === "SENDING" || row.state === "UNKNOWN") {
      if (row.state === "SENDING") await lose(journal, row.id);
      if (unknown.missed(row.id)) await notPlaced(journal, row.id);
      continue;
    }
    if (row.mode === "mock") await forgetMock(journal, row.id);
    else if (unknown.vanished(row.id)) await alarmVanished(parts, row);
  }
}

/** A mock keeps its orders in memory only: after a restart they are gone, and that is no mystery. */
function forgetMock(journal: OrderJournal, orderId: OrderId): Promise<unknown> {
  const message = "Gone with the mock's memory when the desk was started anew";
  const reason = { code: null, message, params: {} };
  return journal.record(orderId, () => ({
    event: "expire",
    message,
    action: "order.expired",
    userId: null,
    changes: { reason },
  }));
}

function alarmVanished({ db, audit, account }: ReconcileParts, row: OrderRow): Promise<void> {
  return db.transaction((tx) =>
    audit.append(tx, {
      chain: chains.account(account.id),
      userId: null,
      action: "order.missing",
      subject: row.id,
      mode: row.mode,
      message: `${describeOrder(row)} is ${row.state} here, and the broker does not know it`,
      details: { state: row.state, clientOrderId: row.clientOrderId, venueOrderId: row.venueOrderId },
    }),
  );
}

function lose(journal: OrderJournal, orderId: OrderId): Promise<unknown> {
  const message = "The desk stopped while it was being sent. Looking for it at the broker";
  return journal.record(orderId, (row) =>
    row.state === "SENDING"
      ? {
          event: "lose",
          message,
          action: "order.unknown",
          userId: null,
          changes: { reason: { code: "OUTCOME_UNKNOWN", message, params: {} } },
        }
      : null,
  );
}

function notPlaced(journal: OrderJournal, orderId: OrderId): Promise<unknown> {
  const message = "Never placed: the broker was asked and does not know it";
  return journal.record(orderId, (row) =>
    row.state === "UNKNOWN"
      ? {
          event: "not_found",
          message,
          action: "order.not_placed",
          userId: null,
          changes: { reason: { code: null, message, params: {} } },
        }
      : null,
  );
}

async function findRow({ db, account }: ReconcileParts, told: Order | Fill): Promise<OrderRow | null> {
  return (
    (await orders.findByVenueOrderId(db, account.id, told.orderId)) ??
    (await orders.findByClientOrderId(db, account.id, told.clientOrderId))
  );
}

/** An open order that nobody here placed: it counts in every limit and can be canceled like the desk's own. */
async function adopt({ db, account, clock, ids, journal }: ReconcileParts, order: Order): Promise<OrderId> {
  const id = toOrderId(ids.uuid());
  const row = await db.transaction(async (tx) => {
    const inserted = await orders.insertExternal(tx, {
      id,
      userId: account.userId,
      accountId: account.id,
      mode: account.mode,
      clientOrderId: order.clientOrderId,
      venueOrderId: order.orderId,
      symbol: order.symbol,
      side: order.side,
      type: order.type,
      timeInForce: order.timeInForce,
      extendedHours: order.extendedHours,
      quantity: order.quantity,
      price: order.price,
      stopPrice: order.stopPrice,
      state: "WORKING",
      filledQuantity: quantity("0"),
      averageFillPrice: null,
      createdAt: clock.now(),
      at: clock.now(),
    });
    await journal.tell(tx, inserted, {
      type: "created",
      message: "Found at the broker; nobody here placed it",
      action: "order.external",
      userId: null,
    });
    return inserted;
  });
  journal.announce(row.userId);
  return row.id;
}
