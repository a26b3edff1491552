import {
  quantity,
  type OrderId,
  type OrderState,
  type Price,
  type Quantity,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "../Db.ts";
import { assignment, insertion, rowReader } from "../rows.ts";
import { orders, type OrderReason, type StoredWhy } from "../schema/orders.ts";

export {
  countOpen,
  find,
  findByClientOrderId,
  findByIdempotencyKey,
  findByVenueOrderId,
  findLeg,
  listByState,
  listCreatedSince,
  listGroup,
  listNamed,
  listOpen,
  page,
} from "./orderQueries.ts";
export type { OrderPageQuery } from "./orderQueries.ts";

export type OrderRow = typeof orders.$inferSelect;

/** What only orders of some kinds have; an absent one is null, or false. */
type SpecialTerms = Pick<
  OrderRow,
  "trailBy" | "trailValue" | "notional" | "expiresAt" | "orderClass" | "groupRole" | "leaderId" | "isHeld"
>;

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
> &
  Partial<SpecialTerms> & {
    /** Null, with the hash, for a leg only. */
    readonly idempotencyKey: string | null;
    readonly requestHash: string | null;
    /** DENIED is final: a rule refused it, `reason` says which. */
    readonly state: "INTENT" | "DENIED";
    readonly reason: OrderReason | null;
    readonly why?: StoredWhy | null;
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
> &
  Partial<SpecialTerms> & { readonly venueOrderId: VenueOrderId; readonly at: number };

/** The columns that a transition may change; absent ones stay. */
export interface OrderChanges {
  readonly reason?: OrderReason | null;
  readonly why?: StoredWhy | null;
  readonly triggeredBy?: StoredWhy;
  readonly venueOrderId?: VenueOrderId;
  /** Never below the stored one: the database refuses it. */
  readonly filledQuantity?: Quantity;
  readonly averageFillPrice?: Price | null;
  readonly quantity?: Quantity;
  readonly price?: Price | null;
  readonly stopPrice?: Price | null;
  readonly trailValue?: Price | null;
  readonly expiresAt?: number | null;
  readonly isHeld?: boolean;
  readonly sentAt?: number;
  readonly acknowledgedAt?: number;
  /** Never later than it was: an order that is taken back is not sent again. */
  readonly validUntil?: number;
}

const ZERO = quantity(0n);
const readOrders = rowReader(orders);

/**
 * Stores what is about to be sent, or was denied. Nothing is sent before this is committed.
 * @throws a unique violation of `orders_idempotency_key_unique` (the key was used: read that order and compare the
 * request hash) or `orders_client_order_id_unique`.
 */
export async function insertIntent(tx: Tx, intent: NewIntent): Promise<OrderRow> {
  return insert(tx, { ...intent, filledQuantity: ZERO, updatedAt: intent.createdAt });
}

/** @throws a unique violation of `orders_client_order_id_unique` or `orders_venue_order_id_unique`: it is known. */
export async function insertExternal(tx: Tx, { at, ...order }: NewExternalOrder): Promise<OrderRow> {
  const { createdAt: validUntil } = order;
  return insert(tx, { ...order, origin: "external", validUntil, acknowledgedAt: at, updatedAt: at });
}

/** An order that was claimed, and the legs that go with it. */
export interface ClaimedOrder {
  readonly order: OrderRow;
  readonly legs: readonly OrderRow[];
}

export interface SendingClaim {
  readonly orderId: OrderId;
  readonly now: number;
  readonly epoch: number;
}

/**
 * INTENT → SENDING, once, of an order with its legs, and only while it is valid and its user's trading state lets it go.
 * Null: do nothing; so it is for a leg, which never goes by itself. The user's trading state stays locked until the
 * transaction ends, so that after a halt has committed no order of the user becomes SENDING.
 */
export function claimForSending(tx: Tx, asked: SendingClaim): Promise<ClaimedOrder | null> {
  return claim(tx, asked, sql`orders.state = 'INTENT'`);
}

/** UNKNOWN → SENDING of what was sent fewer than `sends` times, under the conditions of `claimForSending`. */
export function claimForResending(
  tx: Tx,
  { sends, ...asked }: SendingClaim & { readonly sends: number },
): Promise<ClaimedOrder | null> {
  return claim(tx, asked, sql`orders.state = 'UNKNOWN' and venue_order_id is null and attempt < ${sends}`);
}

async function claim(tx: Tx, { orderId, now, epoch }: SendingClaim, isClaimable: SQL): Promise<ClaimedOrder | null> {
  const at = new Date(now).toISOString();
  const sending = sql`state = 'SENDING', attempt = attempt + 1, owner_epoch = ${epoch}, claimed_at = ${at}, updated_at = ${at}`;
  // Whoever changes the state holds its lock: this reads it once they are done.
  const [order] = await readOrders(
    tx,
    sql`with trading as (
        select states.user_id, states.state from trading_states as states
        where states.user_id = (select user_id from orders where id = ${orderId})
        for share
      )
      update orders set ${sending} from trading
      where orders.id = ${orderId} and leader_id is null and ${isClaimable} and valid_until > ${at}
        and (trading.state = 'ACTIVE' or (trading.state = 'REDUCING' and reduces_risk))
      returning orders.*`,
  );
  if (order === undefined) return null;
  if (order.orderClass === null) return { order, legs: [] };
  const legs = sql`update orders set ${sending} where leader_id = ${orderId} and ${isClaimable} returning *`;
  return { order, legs: await readOrders(tx, legs) };
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
  const moved = assignment(orders, { ...changes, state: to, updatedAt: now });
  const query = sql`update orders set ${moved} where id = ${orderId} and state = ${from} returning *`;
  const [row] = await readOrders(tx, query);
  return row ?? null;
}

/** Locks the legs of an order until the transaction ends; those that were stored first come first. */
export function lockLegs(tx: Tx, leaderId: OrderId): Promise<OrderRow[]> {
  return readOrders(tx, sql`select * from orders where leader_id = ${leaderId} order by created_at, id for update`);
}

/** Locks the order until the transaction ends. */
export async function lock(tx: Tx, id: OrderId): Promise<OrderRow | null> {
  const [row] = await readOrders(tx, sql`select * from orders where id = ${id} for update`);
  return row ?? null;
}

async function insert(tx: Tx, values: Partial<OrderRow>): Promise<OrderRow> {
  const [row] = await readOrders(tx, sql`insert into orders ${insertion(orders, values)} returning *`);
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}
