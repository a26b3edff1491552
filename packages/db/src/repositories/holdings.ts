import { money, quantity, type AccountId, type Money, type Quantity, type UserId } from "@trenddojo/brokers/domain";
import { and, desc, eq, gt, isNotNull, lt, max, ne, sql } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { fills, orders } from "../schema/orders.ts";

/** Shares that an account's orders bought less those they sold, by symbol; nothing where that is zero. */
export async function boughtShares(db: Executor, accountId: AccountId): Promise<ReadonlyMap<string, Quantity>> {
  const signed = sql`sum(case when ${orders.side} = 'buy' then ${orders.filledQuantity} else -${orders.filledQuantity} end)`;
  const rows = await db
    .select({ symbol: orders.symbol, shares: signed.mapWith(orders.filledQuantity) })
    .from(orders)
    .where(and(eq(orders.accountId, accountId), gt(orders.filledQuantity, quantity(0n))))
    .groupBy(orders.symbol)
    .having(ne(signed, 0));
  return new Map(rows.map(({ symbol, shares }) => [symbol, shares]));
}

/** Cash that an account's executions brought less what they cost, fees included. */
export async function earnedCash(db: Executor, accountId: AccountId): Promise<Money> {
  const flow = sql`case when ${fills.side} = 'buy' then -${fills.quantity} * ${fills.price} else ${fills.quantity} * ${fills.price} end`;
  const [row] = await db
    .select({ cash: sql`round(coalesce(sum(${flow} - ${fills.fees}), 0), 9)`.mapWith(fills.fees) })
    .from(fills)
    .where(eq(fills.accountId, accountId));
  return row?.cash ?? money(0n);
}

/** When anything was last heard of an account's orders before `before`; null where nothing was. Our clock. */
export async function lastHeardAt(db: Executor, accountId: AccountId, before: number): Promise<number | null> {
  const [row] = await db
    .select({ at: max(orders.updatedAt) })
    .from(orders)
    .where(and(eq(orders.accountId, accountId), lt(orders.updatedAt, before)));
  return row?.at ?? null;
}

/** Milliseconds from the wire to the answer, of an account's newest orders, newest first. */
export async function answerTimes(
  db: Executor,
  { id, userId }: { readonly id: AccountId; readonly userId: UserId },
  limit: number,
): Promise<number[]> {
  const rows = await db
    .select({ sentAt: orders.sentAt, acknowledgedAt: orders.acknowledgedAt })
    .from(orders)
    .where(
      and(
        eq(orders.userId, userId),
        eq(orders.accountId, id),
        eq(orders.origin, "desk"),
        isNotNull(orders.sentAt),
        isNotNull(orders.acknowledgedAt),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit);
  return rows.map(({ sentAt, acknowledgedAt }) => (acknowledgedAt ?? 0) - (sentAt ?? 0));
}
