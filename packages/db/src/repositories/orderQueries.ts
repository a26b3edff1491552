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
import { z } from "zod";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor } from "../Db.ts";
import { listParam, rowReader, textsParam } from "../rows.ts";
import { orders } from "../schema/orders.ts";
import { together } from "../together.ts";

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

/** The one that a user's key stands for. */
export function findByIdempotencyKey(db: Executor, userId: UserId, key: string): Promise<OrderRow | null> {
  return findByKeys(db, { userId, key });
}

const findByKeys = together(
  async (db: Executor, asked: readonly { readonly userId: UserId; readonly key: string }[]) => {
    const users = textsParam(asked.map(({ userId }) => userId));
    const keys = textsParam(asked.map(({ key }) => key));
    const query = sql`select * from orders where user_id = any(${users}) and idempotency_key = any(${keys})`;
    const rows = await readOrders(db, query);
    return asked.map(
      ({ userId, key }) => rows.find((row) => row.userId === userId && row.idempotencyKey === key) ?? null,
    );
  },
);

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

/** What waits to be claimed: of a group its leader. */
export type Intent = Pick<OrderRow, "id" | "accountId" | "validUntil">;

/** Those created at or before `createdBy`, of all accounts or of one; oldest first. */
export async function listIntents(db: Executor, createdBy: number, accountId?: AccountId): Promise<readonly Intent[]> {
  const isOf = accountId === undefined ? sql`true` : sql`account_id = ${accountId}`;
  const createdAt = new Date(createdBy).toISOString();
  return readOrders(
    db,
    sql`select * from orders where state = 'INTENT' and ${isOf} and leader_id is null and created_at <= ${createdAt}
      order by created_at, id`,
  );
}

/** How many orders an account has placed in a time, and since when. */
export interface OrderPace {
  readonly count: number;
  /** Epoch milliseconds of the first of them; null without any. */
  readonly oldestAt: number | null;
}

/** Whose, and from what instant on: epoch milliseconds. A leg is part of its leader's request. */
export interface RecentQuery {
  readonly userId: UserId;
  readonly accountId: AccountId;
  readonly since: number;
  /** Those that came to one of these ends do not count. */
  readonly without: readonly OrderState[];
}

const pace = z.object({ n: z.coerce.number(), count: z.coerce.number(), oldest: z.coerce.number() });

/** The pace of one account, for the rule on it. */
export const paceSince = together(
  async (db: Executor, asked: readonly RecentQuery[]): Promise<readonly OrderPace[]> => {
    const accounts = textsParam(asked.map(({ accountId }) => accountId));
    const since = textsParam(asked.map(({ since: at }) => new Date(at).toISOString()));
    const without = textsParam(asked.map(({ without: states }) => states.join()));
    // Their user is named for the sake of the index.
    const users = textsParam(asked.map(({ userId }) => userId));
    const rows = await db.execute(sql`
    select n, count(*) as count, extract(epoch from min(orders.created_at)) * 1000 as oldest
    from unnest(${users}, ${accounts}, ${since}, ${without}) with ordinality as asked (user_id, account_id, since, without, n)
    join orders on orders.user_id = asked.user_id and orders.account_id = asked.account_id
      and orders.created_at >= asked.since::timestamptz and orders.leader_id is null
      and orders.state <> all(string_to_array(asked.without, ','))
    group by n`);
    const paces = new Map(
      z
        .array(pace)
        .parse([...rows])
        .map((row) => [row.n, row]),
    );
    return asked.map((_, index) => {
      const found = paces.get(index + 1);
      return found === undefined ? { count: 0, oldestAt: null } : { count: found.count, oldestAt: found.oldest };
    });
  },
);

/** An account's orders in one symbol, with their legs, whatever became of them, oldest first: for the rule on repetition. */
export const listCreatedSince = together(
  async (
    db: Executor,
    asked: readonly (Omit<RecentQuery, "without"> & { readonly symbol: string })[],
  ): Promise<readonly (readonly OrderRow[])[]> => {
    const from = new Date(Math.min(...asked.map(({ since }) => since))).toISOString();
    const rows = await readOrders(
      db,
      sql`select * from orders
        where user_id = any(${textsParam(asked.map(({ userId }) => userId))})
          and account_id = any(${textsParam(asked.map(({ accountId }) => accountId))})
          and symbol = any(${textsParam(asked.map(({ symbol }) => symbol))}) and created_at >= ${from}
        order by created_at, id`,
    );
    return asked.map(({ accountId, symbol, since }) =>
      rows.filter((row) => row.accountId === accountId && row.symbol === symbol && row.createdAt >= since),
    );
  },
);

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
