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
import { listParam, rowReader, rowSets, textsParam } from "../rows.ts";
import { together } from "../together.ts";
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
  listIntents,
  listNamed,
  listOpen,
  page,
  paceSince,
} from "./orderQueries.ts";
export type { Intent, OrderPace, OrderPageQuery } from "./orderQueries.ts";

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
export function insertIntent(tx: Tx, intent: NewIntent): Promise<OrderRow> {
  return insert(tx, { ...intent, filledQuantity: ZERO, updatedAt: intent.createdAt });
}

/** @throws a unique violation of `orders_client_order_id_unique` or `orders_venue_order_id_unique`: it is known. */
export function insertExternal(tx: Tx, { at, ...order }: NewExternalOrder): Promise<OrderRow> {
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
export const claimForSending = together((tx: Tx, asked: readonly SendingClaim[]) =>
  claim(tx, asked, sql`orders.state = 'INTENT'`),
);

/**
 * UNKNOWN → SENDING of what was sent fewer than `sends` times, and not by an owner with a later lease, under the conditions of
 * `claimForSending`.
 */
export async function claimForResending(
  tx: Tx,
  { sends, ...asked }: SendingClaim & { readonly sends: number },
): Promise<ClaimedOrder | null> {
  const isLost = sql`orders.state = 'UNKNOWN' and venue_order_id is null and attempt < ${sends}
    and coalesce(orders.owner_epoch <= claims.epoch, true)`;
  const [claimed = null] = await claim(tx, [asked], isLost);
  return claimed;
}

async function claim(
  tx: Tx,
  asked: readonly SendingClaim[],
  isClaimable: SQL,
): Promise<readonly (ClaimedOrder | null)[]> {
  const claims = listParam(
    asked.map(({ orderId: id, epoch, now }) => ({ id, epoch, at: new Date(now).toISOString() })),
  );
  const ids = textsParam(asked.map(({ orderId }) => orderId));
  const claimed = sql`with claims as (
      select * from jsonb_to_recordset(${claims}) as claims (id text, epoch bigint, at timestamptz)
    )`;
  const sending = sql`state = 'SENDING', attempt = orders.attempt + 1, owner_epoch = claims.epoch, claimed_at = claims.at,
    updated_at = claims.at`;
  // Whoever changes the state holds its lock: this reads it once they are done.
  const rows = await readOrders(
    tx,
    sql`${claimed}, trading as (
        select states.user_id, states.state from trading_states as states
        where states.user_id in (select user_id from orders where id = any(${ids}))
        order by states.user_id for share
      )
      update orders set ${sending} from claims, trading
      where orders.id = any(${ids}) and orders.id = claims.id and orders.user_id = trading.user_id
        and leader_id is null and ${isClaimable} and valid_until > claims.at
        and (trading.state = 'ACTIVE' or (trading.state = 'REDUCING' and reduces_risk))
      returning orders.*`,
  );
  const leaders = rows.filter(({ orderClass }) => orderClass !== null).map(({ id }) => id);
  const legs = await (leaders.length === 0
    ? []
    : readOrders(
        tx,
        sql`${claimed} update orders set ${sending} from claims
          where leader_id = any(${textsParam(leaders)}) and leader_id = claims.id and ${isClaimable} returning orders.*`,
      ));
  const orderById = byId(rows);
  return asked.map(({ orderId }) => {
    const order = orderById.get(orderId);
    return order === undefined ? null : { order, legs: legs.filter(({ leaderId }) => leaderId === orderId) };
  });
}

/** One move of an order; whether it is legal is `nextOrderState`'s to say. */
export interface Transition {
  readonly orderId: OrderId;
  /** May be equal to `to`. */
  readonly from: OrderState;
  readonly to: OrderState;
  readonly now: number;
  readonly changes?: OrderChanges;
}

/**
 * Moves an order from `from` to `to` with `changes`. Null, and nothing changed, where the order is no longer in `from`:
 * read it again and decide anew.
 * @throws a `guard` failure: `orders_filled_quantity_grows` or `orders_never_back_to_intent`.
 */
export const applyTransition = together(async (tx: Tx, moves: readonly Transition[]) => {
  const ids = moves.map(({ orderId }) => orderId);
  if (new Set(ids).size < ids.length) throw new Error("an order is moved twice at once");
  const from = listParam(moves.map((move) => ({ id: move.orderId, state: move.from })));
  const values = moves.map(({ orderId: id, to, now, changes = {} }) => ({ ...changes, id, state: to, updatedAt: now }));
  const sets = rowSets(orders, values).map(({ names, rows }) => {
    const moved = sql.raw(names.map((name) => `${name} = moved.${name}`).join(", "));
    return readOrders(
      tx,
      sql`update orders set ${moved} from ${rows} as moved, jsonb_to_recordset(${from}) as stood (id text, state text)
        where orders.id = any(${textsParam(ids)}) and orders.id = moved.id and orders.id = stood.id
          and orders.state = stood.state
        returning orders.*`,
    );
  });
  return inOrder(ids, (await Promise.all(sets)).flat());
});

/** Locks the legs of an order until the transaction ends; those that were stored first come first. */
export function lockLegs(tx: Tx, leaderId: OrderId): Promise<OrderRow[]> {
  return readOrders(tx, sql`select * from orders where leader_id = ${leaderId} order by created_at, id for update`);
}

/** Locks the order until the transaction ends. */
export const lock = together(async (tx: Tx, ids: readonly OrderId[]) =>
  inOrder(
    ids,
    await readOrders(tx, sql`select * from orders where id = any(${textsParam(ids)}) order by id for update`),
  ),
);

const insert = together(async (tx: Tx, values: readonly (Partial<OrderRow> & Pick<OrderRow, "id">)[]) => {
  const sets = rowSets(orders, values).map(({ names, rows }) => {
    const list = sql.raw(names.join(", "));
    return readOrders(tx, sql`insert into orders (${list}) select ${list} from ${rows} returning *`);
  });
  const stored = byId((await Promise.all(sets)).flat());
  return values.map(({ id }) => {
    const row = stored.get(id);
    if (row === undefined) throw new Error("an insert returned no row");
    return row;
  });
});

function byId(rows: readonly OrderRow[]): ReadonlyMap<OrderId, OrderRow> {
  return new Map(rows.map((row) => [row.id, row]));
}

function inOrder(ids: readonly OrderId[], rows: readonly OrderRow[]): readonly (OrderRow | null)[] {
  const found = byId(rows);
  return ids.map((id) => found.get(id) ?? null);
}
