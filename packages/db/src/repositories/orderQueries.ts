import {
  FINAL_ORDER_STATES,
  isFinalOrderState,
  ORDER_STATES,
  type AccountId,
  type ClientOrderId,
  type GroupRole,
  type OrderId,
  type OrderState,
  type UserId,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { and, asc, count, desc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor } from "../Db.ts";
import { listParam, rowReader } from "../rows.ts";
import { orders } from "../schema/orders.ts";

type OrderRow = typeof orders.$inferSelect;

const readOrders = rowReader(orders);

/** Named one by one: `not in` the final ones would read every order that there ever was. */
const OPEN_ORDER_STATES = ORDER_STATES.filter((state) => !isFinalOrderState(state));
export const OPEN_ORDERS = sql.raw(OPEN_ORDER_STATES.map((state) => `'${state}'`).join(", "));

/** The user's own. */
export async function find(db: Executor, userId: UserId, id: OrderId): Promise<OrderRow | null> {
  const [row] = await readOrders(db, sql`select * from orders where id = ${id} and user_id = ${userId}`);
  return row ?? null;
}

export async function findByIdempotencyKey(db: Executor, userId: UserId, key: string): Promise<OrderRow | null> {
  const query = sql`select * from orders where user_id = ${userId} and idempotency_key = ${key}`;
  const [row] = await readOrders(db, query);
  return row ?? null;
}

export async function findByClientOrderId(
  db: Executor,
  accountId: AccountId,
  clientOrderId: ClientOrderId,
): Promise<OrderRow | null> {
  const query = sql`select * from orders where account_id = ${accountId} and client_order_id = ${clientOrderId}`;
  const [row] = await readOrders(db, query);
  return row ?? null;
}

export async function findByVenueOrderId(
  db: Executor,
  accountId: AccountId,
  venueOrderId: VenueOrderId,
): Promise<OrderRow | null> {
  const query = sql`select * from orders where account_id = ${accountId} and venue_order_id = ${venueOrderId}`;
  const [row] = await readOrders(db, query);
  return row ?? null;
}

/** Those of an account that its broker calls by one of these ids, by that id. */
export async function listNamed(
  db: Executor,
  accountId: AccountId,
  venueOrderIds: readonly VenueOrderId[],
): Promise<ReadonlyMap<VenueOrderId, OrderRow>> {
  if (venueOrderIds.length === 0) return new Map();
  const rows = await readOrders(
    db,
    sql`select * from orders where account_id = ${accountId}
      and venue_order_id in (select jsonb_array_elements_text(${listParam(venueOrderIds)}))`,
  );
  return new Map(rows.flatMap((row) => (row.venueOrderId === null ? [] : [[row.venueOrderId, row]])));
}

/** The order of that place in the group that `leaderId` leads, but for the leader itself. */
export async function findLeg(db: Executor, leaderId: OrderId, role: GroupRole): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.leaderId, leaderId), eq(orders.groupRole, role)));
  return row ?? null;
}

/** The leader of a linked group and its legs, in the order in which they were stored; nothing for a simple order. */
export function listGroup(db: Executor, leaderId: OrderId): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(and(or(eq(orders.id, leaderId), eq(orders.leaderId, leaderId)), isNotNull(orders.orderClass)))
    .orderBy(asc(orders.createdAt), asc(orders.id));
}

/** All of an account that may still fill or be sent, UNKNOWN ones too; oldest first. */
export function listOpen(db: Executor, accountId: AccountId): Promise<OrderRow[]> {
  return readOrders(
    db,
    sql`select * from orders where account_id = ${accountId} and state in (${OPEN_ORDERS}) order by created_at, id`,
  );
}

/** How many `listOpen` would answer. */
export async function countOpen(db: Executor, accountId: AccountId): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(orders)
    .where(and(eq(orders.accountId, accountId), inArray(orders.state, OPEN_ORDER_STATES)));
  return row?.count ?? 0;
}

/** Of all accounts, or of one; oldest first. */
export function listByState(db: Executor, states: readonly OrderState[], accountId?: AccountId): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(
      and(inArray(orders.state, [...states]), accountId === undefined ? undefined : eq(orders.accountId, accountId)),
    )
    .orderBy(asc(orders.createdAt), asc(orders.id));
}

/** All of an account created at or after `since`, whatever became of them, oldest first: for the rate and duplicate rules. */
export function listCreatedSince(db: Executor, accountId: AccountId, since: number): Promise<OrderRow[]> {
  const at = new Date(since).toISOString();
  return readOrders(
    db,
    // Their user is named for the sake of the index.
    sql`select * from orders where account_id = ${accountId} and created_at >= ${at}
      and user_id = (select user_id from accounts where id = ${accountId}) order by created_at, id`,
  );
}

export interface OrderPageQuery {
  readonly userId: UserId;
  readonly accountId?: AccountId | undefined;
  readonly filter: "open" | "closed" | "all";
  /** 1 or more. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Newest first. `nextCursor` is null on the last page. @throws DbError BAD_CURSOR */
export async function page(
  db: Executor,
  { userId, accountId, filter, limit, cursor }: OrderPageQuery,
): Promise<{ readonly orders: readonly OrderRow[]; readonly nextCursor: string | null }> {
  const end = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.userId, userId),
        accountId === undefined ? undefined : eq(orders.accountId, accountId),
        filter === "open" ? inArray(orders.state, OPEN_ORDER_STATES) : undefined,
        filter === "closed" ? inArray(orders.state, [...FINAL_ORDER_STATES]) : undefined,
        end === undefined
          ? undefined
          : or(
              sql`${orders.createdAt} < ${sql.param(end.at, orders.createdAt)}`,
              and(eq(orders.createdAt, end.at), sql`${orders.id} < ${end.id}`),
            ),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? formatCursor({ at: last.createdAt, sequence: 0, id: last.id }) : null;
  return { orders: shown, nextCursor };
}
