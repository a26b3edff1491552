import {
  FINAL_ORDER_STATES,
  quantity,
  type AccountId,
  type ClientOrderId,
  type OrderId,
  type OrderState,
  type Price,
  type Quantity,
  type UserId,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { and, asc, desc, eq, gt, gte, inArray, lte, notInArray, or, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { formatCursor, parseCursor } from "../cursor.ts";
import { orders, type OrderReason } from "../schema/orders.ts";
import { tradingStates } from "../schema/risk.ts";

export type OrderRow = typeof orders.$inferSelect;

/** What is known of an order before anything is sent. */
export type NewIntent = Pick<
  OrderRow,
  | "id"
  | "userId"
  | "accountId"
  | "mode"
  | "clientOrderId"
  | "symbol"
  | "side"
  | "type"
  | "timeInForce"
  | "extendedHours"
  | "reducesRisk"
  | "quantity"
  | "price"
  | "stopPrice"
  | "validUntil"
  | "createdAt"
> & {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** DENIED is final: a rule refused it, `reason` says which. */
  readonly state: "INTENT" | "DENIED";
  readonly reason: OrderReason | null;
};

/** An order found at the broker that nobody here placed. */
export type NewExternalOrder = Pick<
  OrderRow,
  | "id"
  | "userId"
  | "accountId"
  | "mode"
  | "clientOrderId"
  | "symbol"
  | "side"
  | "type"
  | "timeInForce"
  | "extendedHours"
  | "quantity"
  | "price"
  | "stopPrice"
  | "state"
  | "filledQuantity"
  | "averageFillPrice"
  | "createdAt"
> & { readonly venueOrderId: VenueOrderId; readonly at: number };

/** The columns that a transition may change; absent ones stay. */
export interface OrderChanges {
  readonly reason?: OrderReason | null;
  readonly venueOrderId?: VenueOrderId;
  /** Never below the stored one: the database refuses it. */
  readonly filledQuantity?: Quantity;
  readonly averageFillPrice?: Price | null;
  readonly quantity?: Quantity;
  readonly price?: Price | null;
  readonly stopPrice?: Price | null;
  readonly sentAt?: number;
  readonly acknowledgedAt?: number;
}

const ZERO = quantity(0n);

/**
 * Stores what is about to be sent, or was denied. Nothing is sent before this is committed.
 * @throws a unique violation of `orders_idempotency_key_unique` (the key was used: read that order and compare the
 * request hash) or `orders_client_order_id_unique`.
 */
export async function insertIntent(tx: Tx, intent: NewIntent): Promise<OrderRow> {
  return one(
    await tx
      .insert(orders)
      .values({ ...intent, filledQuantity: ZERO, updatedAt: intent.createdAt })
      .returning(),
  );
}

/** @throws a unique violation of `orders_client_order_id_unique` or `orders_venue_order_id_unique`: it is known. */
export async function insertExternal(tx: Tx, { at, ...order }: NewExternalOrder): Promise<OrderRow> {
  return one(
    await tx
      .insert(orders)
      .values({ ...order, origin: "external", validUntil: order.createdAt, acknowledgedAt: at, updatedAt: at })
      .returning(),
  );
}

/**
 * INTENT → SENDING, once, and only while the order is valid and its user's trading state lets it go. Null: do nothing.
 * The user's trading state stays locked until the transaction ends, so that after a halt has committed no order of the
 * user becomes SENDING.
 */
export async function claimForSending(
  tx: Tx,
  { orderId, now, epoch }: { readonly orderId: OrderId; readonly now: number; readonly epoch: number },
): Promise<OrderRow | null> {
  const [trading] = await tx
    .select({ state: tradingStates.state })
    .from(tradingStates)
    .innerJoin(orders, eq(orders.userId, tradingStates.userId))
    .where(eq(orders.id, orderId))
    .for("share", { of: tradingStates });
  if (trading === undefined || trading.state === "HALTED") return null;
  const [row] = await tx
    .update(orders)
    .set({
      state: "SENDING",
      attempt: sql`${orders.attempt} + 1`,
      ownerEpoch: epoch,
      claimedAt: now,
      updatedAt: now,
    })
    .where(
      and(
        eq(orders.id, orderId),
        eq(orders.state, "INTENT"),
        gt(orders.validUntil, now),
        trading.state === "REDUCING" ? eq(orders.reducesRisk, true) : undefined,
      ),
    )
    .returning();
  return row ?? null;
}

/** INTENT → EXPIRED_UNSENT for all that are past their validity; answers them. */
export function expireUnsent(
  tx: Tx,
  { now, reason }: { readonly now: number; readonly reason: OrderReason },
): Promise<OrderRow[]> {
  return tx
    .update(orders)
    .set({ state: "EXPIRED_UNSENT", reason, updatedAt: now })
    .where(and(eq(orders.state, "INTENT"), lte(orders.validUntil, now)))
    .returning();
}

/**
 * Moves an order from `from` to `to` (they may be equal) with `changes`. Null, and nothing changed, where the order is
 * no longer in `from`: read it again and decide anew. Whether the move is legal is `nextOrderState`'s to say.
 * @throws a `guard` failure: `orders_filled_quantity_grows` or `orders_never_back_to_intent`.
 */
export async function applyTransition(
  tx: Tx,
  {
    orderId,
    from,
    to,
    now,
    changes = {},
  }: {
    readonly orderId: OrderId;
    readonly from: OrderState;
    readonly to: OrderState;
    readonly now: number;
    readonly changes?: OrderChanges;
  },
): Promise<OrderRow | null> {
  const [row] = await tx
    .update(orders)
    .set({ ...changes, state: to, updatedAt: now })
    .where(and(eq(orders.id, orderId), eq(orders.state, from)))
    .returning();
  return row ?? null;
}

/** The user's own. */
export async function find(db: Executor, userId: UserId, id: OrderId): Promise<OrderRow | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.id, id), eq(orders.userId, userId)));
  return row ?? null;
}

/** Locks the order until the transaction ends. */
export async function lock(tx: Tx, id: OrderId): Promise<OrderRow | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, id)).for("update");
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
export function listByState(
  db: Executor,
  states: readonly OrderState[],
  accountId?: AccountId,
): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(
      and(
        inArray(orders.state, [...states]),
        accountId === undefined ? undefined : eq(orders.accountId, accountId),
      ),
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
  const nextCursor = rows.length > limit && last !== undefined ? formatCursor({ at: last.createdAt, sequence: 0, id: last.id }) : null;
  return { orders: shown, nextCursor };
}

function one(rows: readonly OrderRow[]): OrderRow {
  const [row] = rows;
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}
