import type { AccountId, OrderId, Price, Quantity, UserId } from "@trenddojo/brokers/domain";
import { and, asc, desc, eq, max, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { fills } from "../schema/orders.ts";

export type FillRow = typeof fills.$inferSelect;

/** False, and nothing stored, where the account has that execution already: brokers repeat themselves after a reconnect. */
export async function insert(tx: Tx, fill: FillRow): Promise<boolean> {
  const rows = await tx
    .insert(fills)
    .values(fill)
    .onConflictDoNothing({ target: [fills.accountId, fills.executionId] })
    .returning({ id: fills.id });
  return rows.length > 0;
}

/** Oldest first. */
export function listByOrder(db: Executor, orderId: OrderId): Promise<FillRow[]> {
  return db
    .select()
    .from(fills)
    .where(eq(fills.orderId, orderId))
    .orderBy(asc(fills.filledAt), asc(fills.recordedAt), asc(fills.id));
}

/** Newest first, at most `limit`. */
export function listByUser(
  db: Executor,
  {
    userId,
    accountId,
    limit,
  }: { readonly userId: UserId; readonly accountId?: AccountId | undefined; readonly limit: number },
): Promise<FillRow[]> {
  return db
    .select()
    .from(fills)
    .where(and(eq(fills.userId, userId), accountId === undefined ? undefined : eq(fills.accountId, accountId)))
    .orderBy(desc(fills.filledAt), desc(fills.id))
    .limit(limit);
}

/** The broker's clock at the newest stored fill of an account, from which a reconnect asks; null without any. */
export async function lastFilledAt(db: Executor, accountId: AccountId): Promise<number | null> {
  const [row] = await db
    .select({ at: max(fills.filledAt) })
    .from(fills)
    .where(eq(fills.accountId, accountId));
  return row?.at ?? null;
}

/** What the stored executions of one order come to. */
export interface FillTotals {
  readonly quantity: Quantity;
  /** Their prices weighted by quantity, rounded once, to nine decimals; null where none is stored. */
  readonly averagePrice: Price | null;
}

/** Zero without an average where none is stored. */
export async function totals(db: Executor, orderId: OrderId): Promise<FillTotals> {
  const [row] = await db
    .select({
      quantity: sql`coalesce(sum(${fills.quantity}), 0)`.mapWith(fills.quantity),
      averagePrice: sql`round(sum(${fills.quantity} * ${fills.price}) / sum(${fills.quantity}), 9)`.mapWith(
        fills.price,
      ),
    })
    .from(fills)
    .where(eq(fills.orderId, orderId));
  if (row === undefined) throw new Error("an aggregate returned no row");
  return row;
}
