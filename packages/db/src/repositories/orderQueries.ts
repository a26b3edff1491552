import {
  FINAL_ORDER_STATES,
  type AccountId,
  type ClientOrderId,
  type OrderId,
  type OrderState,
  type UserId,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { and, asc, desc, eq, gte, inArray, notInArray, or, sql } from "drizzle-orm";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor } from "../Db.ts";
import { orders } from "../schema/orders.ts";

type OrderRow = typeof orders.$inferSelect;

/** The user's own. */
export async function find(db: Executor, userId: UserId, id: OrderId): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.id, id), eq(orders.userId, userId)));
  return row ?? null;
}

export async function findByIdempotencyKey(db: Executor, userId: UserId, key: string): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.userId, userId), eq(orders.idempotencyKey, key)));
  return row ?? null;
}

export async function findByClientOrderId(
  db: Executor,
  accountId: AccountId,
  clientOrderId: ClientOrderId,
): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), eq(orders.clientOrderId, clientOrderId)));
  return row ?? null;
}

export async function findByVenueOrderId(
  db: Executor,
  accountId: AccountId,
  venueOrderId: VenueOrderId,
): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), eq(orders.venueOrderId, venueOrderId)));
  return row ?? null;
}

/** All of an account that may still fill or be sent, UNKNOWN ones too; oldest first. */
export function listOpen(db: Executor, accountId: AccountId): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), notInArray(orders.state, [...FINAL_ORDER_STATES])))
    .orderBy(asc(orders.createdAt), asc(orders.id));
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
  return db
    .select()
    .from(orders)
    .where(and(eq(orders.accountId, accountId), gte(orders.createdAt, since)))
    .orderBy(asc(orders.createdAt), asc(orders.id));
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
        filter === "open" ? notInArray(orders.state, [...FINAL_ORDER_STATES]) : undefined,
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
