import {
  quantity,
  type OrderId,
  type OrderState,
  type Price,
  type Quantity,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "../Db.ts";
import { orders, type OrderReason } from "../schema/orders.ts";
import { tradingStates } from "../schema/risk.ts";

export {
  find,
  findByClientOrderId,
  findByIdempotencyKey,
  findByVenueOrderId,
  listByState,
  listCreatedSince,
  listOpen,
  page,
} from "./orderQueries.ts";
export type { OrderPageQuery } from "./orderQueries.ts";

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
  | "referencePrice"
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

/** Locks the order until the transaction ends. */
export async function lock(tx: Tx, id: OrderId): Promise<OrderRow | null> {
  const [row] = await tx.select().from(orders).where(eq(orders.id, id)).for("update");
  return row ?? null;
}

function one(rows: readonly OrderRow[]): OrderRow {
  const [row] = rows;
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}
