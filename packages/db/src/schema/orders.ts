import {
  GROUP_ROLES,
  ORDER_CLASSES,
  ORDER_SIDES,
  ORDER_STATES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  TRAIL_KINDS,
  type AccountId,
  type ClientOrderId,
  type ExecutionId,
  type OrderId,
  type UserId,
  type VenueOrderId,
} from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { z } from "zod";
import { accounts } from "./accounts.ts";
import { counter, document, instant, isMode, mode, money, oneOf, price, quantity, word } from "./columns.ts";

/** `desk`: placed here. `external`: found at the broker, placed by nobody here. */
export const ORDER_ORIGINS = ["desk", "external"] as const;
export type OrderOrigin = (typeof ORDER_ORIGINS)[number];

const reason = z.object({
  /** A closed code of the desk or the broker; null where there is only a sentence. */
  code: z.string().nullable(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** Why an order is in its state. */
export type OrderReason = z.infer<typeof reason>;

const why = z.object({
  rule: z.string(),
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** Why something happened, in the words of the rule that decided it. */
export type StoredWhy = z.infer<typeof why>;

/**
 * Every order of the desk, from the intent on. A trigger holds what must never change: identity, mode and terms of
 * identity stay; the filled quantity never falls; nothing returns to INTENT. Another counts the revision.
 *
 * The filled quantity may exceed the ordered one: a broker that over-fills is a fact to be stored and alarmed, and
 * refusing the row would lose it.
 *
 * The orders of a linked group are one row each. The one that was placed leads the others, its legs: they are stored,
 * claimed and sent with it, so they have no key of their own.
 */
export const orders = pgTable(
  "orders",
  {
    id: text("id").$type<OrderId>().primaryKey(),
    /** Grows by one with each update of the row: a trigger counts, whatever the update says. */
    revision: integer("revision").notNull().default(0),
    userId: text("user_id").$type<UserId>().notNull(),
    accountId: text("account_id").$type<AccountId>().notNull(),
    mode: mode(),
    origin: word("origin", ORDER_ORIGINS).notNull().default("desk"),
    /** Made by the ticket when it opens; null for external orders and legs only. */
    idempotencyKey: text("idempotency_key"),
    /** Hash of the request that came with the key: the same key with another order is refused. */
    requestHash: text("request_hash"),
    clientOrderId: text("client_order_id").$type<ClientOrderId>().notNull(),
    /** Null until the broker has answered. */
    venueOrderId: text("venue_order_id").$type<VenueOrderId>(),
    symbol: text("symbol").notNull(),
    side: word("side", ORDER_SIDES).notNull(),
    type: word("type", ORDER_TYPES).notNull(),
    timeInForce: word("time_in_force", TIMES_IN_FORCE).notNull(),
    extendedHours: boolean("extended_hours").notNull(),
    /** Reduces the account's risk, so it may go while trading is REDUCING. Reckoned under the account's lock. */
    reducesRisk: boolean("reduces_risk").notNull().default(false),
    /** Of an order for an amount of money an estimate until the broker has taken it; zero where no price was known. */
    quantity: quantity("quantity").notNull(),
    price: price("price"),
    /** Of a trailing stop where it stands; null until the broker has said it. */
    stopPrice: price("stop_price"),
    trailBy: word("trail_by", TRAIL_KINDS),
    /** Dollars a share, or percent. */
    trailValue: price("trail_value"),
    /** Dollars of a market order that named no quantity. */
    notional: money("notional"),
    /** When a gtc order ends, on the broker's clock. */
    expiresAt: instant("expires_at"),
    orderClass: word("order_class", ORDER_CLASSES),
    groupRole: word("group_role", GROUP_ROLES),
    /** The order that this one was placed with; null on that order itself. */
    leaderId: text("leader_id").$type<OrderId>(),
    /** An exit that the broker holds back until its entry is filled. */
    isHeld: boolean("is_held").notNull().default(false),
    /** The market's price when it was judged: what an order without a price of its own reserves. Null for external orders. */
    referencePrice: price("reference_price"),
    state: word("state", ORDER_STATES).notNull(),
    reason: document("reason", reason),
    /** The rule and the numbers behind `reason` or the last fill, where they are known. */
    why: document("why", why),
    /** What set a stop off; null before, and where the broker does not say. */
    triggeredBy: document("triggered_by", why),
    filledQuantity: quantity("filled_quantity").notNull(),
    averageFillPrice: price("average_fill_price"),
    /** How often it was written to the wire, under the same client order id. */
    attempt: integer("attempt").notNull().default(0),
    /** An intent that was not claimed before this instant is never sent. */
    validUntil: instant("valid_until").notNull(),
    /** The lease epoch of the owner that claimed it. */
    ownerEpoch: counter("owner_epoch"),
    createdAt: instant("created_at").notNull(),
    claimedAt: instant("claimed_at"),
    sentAt: instant("sent_at"),
    acknowledgedAt: instant("acknowledged_at"),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    foreignKey({
      name: "orders_account_fk",
      columns: [table.accountId, table.userId, table.mode],
      foreignColumns: [accounts.id, accounts.userId, accounts.mode],
    }),
    unique("orders_identity_unique").on(table.id, table.accountId, table.userId, table.mode),
    foreignKey({
      name: "orders_leader_fk",
      columns: [table.leaderId, table.accountId, table.userId, table.mode],
      foreignColumns: [table.id, table.accountId, table.userId, table.mode],
    }),
    uniqueIndex("orders_leg_unique")
      .on(table.leaderId, table.groupRole)
      .where(sql`${table.leaderId} is not null`),
    unique("orders_idempotency_key_unique").on(table.userId, table.idempotencyKey),
    unique("orders_client_order_id_unique").on(table.accountId, table.clientOrderId),
    uniqueIndex("orders_venue_order_id_unique")
      .on(table.accountId, table.venueOrderId)
      .where(sql`${table.venueOrderId} is not null`),
    index("orders_account_index").on(table.accountId, table.userId, table.mode),
    index("orders_user_created_index").on(table.userId, table.createdAt, table.id),
    index("orders_state_index").on(table.state, table.accountId),
    check("orders_mode_check", isMode(table.mode)),
    check("orders_origin_check", oneOf(table.origin, ORDER_ORIGINS)),
    check("orders_side_check", oneOf(table.side, ORDER_SIDES)),
    check("orders_type_check", oneOf(table.type, ORDER_TYPES)),
    check("orders_time_in_force_check", oneOf(table.timeInForce, TIMES_IN_FORCE)),
    check("orders_state_check", oneOf(table.state, ORDER_STATES)),
    check("orders_trail_check", oneOf(table.trailBy, TRAIL_KINDS)),
    check("orders_order_class_check", oneOf(table.orderClass, ORDER_CLASSES)),
    check("orders_group_role_check", oneOf(table.groupRole, GROUP_ROLES)),
    check(
      "orders_group_check",
      sql`(${table.orderClass} is null) = (${table.groupRole} is null) and (${table.leaderId} is null or ${table.orderClass} is not null) and (not ${table.isHeld} or ${table.orderClass} is not null)`,
    ),
    check(
      "orders_trailing_check",
      sql`(${table.trailBy} is null) = (${table.trailValue} is null) and (${table.trailBy} is null or (${table.type} = 'stop' and ${table.trailValue} > 0))`,
    ),
    check(
      "orders_notional_check",
      sql`${table.notional} is null or (${table.type} = 'market' and ${table.notional} > 0)`,
    ),
    check("orders_expires_at_check", sql`${table.expiresAt} is null or ${table.timeInForce} = 'gtc'`),
    check(
      "orders_quantity_check",
      sql`${table.quantity} > 0 or (${table.quantity} = 0 and ${table.notional} is not null)`,
    ),
    check("orders_filled_quantity_check", sql`${table.filledQuantity} >= 0`),
    check("orders_attempt_check", sql`${table.attempt} >= 0`),
    check(
      "orders_origin_identity_check",
      sql`${table.origin} = 'external' or ((${table.idempotencyKey} is not null) = (${table.leaderId} is null) and (${table.requestHash} is not null) = (${table.leaderId} is null))`,
    ),
    // The prefix tells the mode to whoever reads it at the broker; a live id on a paper row is refused here.
    check(
      "orders_client_order_id_check",
      sql`${table.origin} = 'external' or ${table.clientOrderId} like (case ${table.mode} when 'mock' then 'tdM-' when 'paper' then 'tdP-' else 'tdL-' end) || '%'`,
    ),
    check(
      "orders_price_check",
      sql`(${table.price} is not null) = (${table.type} in ('limit', 'stop_limit')) and ((${table.stopPrice} is not null) = (${table.type} in ('stop', 'stop_limit')) or (${table.stopPrice} is null and ${table.trailBy} is not null))`,
    ),
    // What was never claimed was never sent, and what is past the claim says who claimed it.
    check(
      "orders_claim_check",
      sql`${table.origin} = 'external' or (${table.state} in ('INTENT', 'DENIED', 'EXPIRED_UNSENT')) = (${table.claimedAt} is null)`,
    ),
  ],
);

/** Executions, once each. Rows are never changed or deleted (a trigger refuses). */
export const fills = pgTable(
  "fills",
  {
    id: text("id").primaryKey(),
    userId: text("user_id").$type<UserId>().notNull(),
    accountId: text("account_id").$type<AccountId>().notNull(),
    mode: mode(),
    orderId: text("order_id").$type<OrderId>().notNull(),
    /** The broker's; unique within the account. */
    executionId: text("execution_id").$type<ExecutionId>().notNull(),
    symbol: text("symbol").notNull(),
    side: word("side", ORDER_SIDES).notNull(),
    quantity: quantity("quantity").notNull(),
    price: price("price").notNull(),
    fees: money("fees").notNull(),
    /** The broker's clock. */
    filledAt: instant("filled_at").notNull(),
    /** Our clock. */
    recordedAt: instant("recorded_at").notNull(),
    reason: text("reason"),
    why: document("why", why),
  },
  (table) => [
    foreignKey({
      name: "fills_order_fk",
      columns: [table.orderId, table.accountId, table.userId, table.mode],
      foreignColumns: [orders.id, orders.accountId, orders.userId, orders.mode],
    }),
    unique("fills_execution_id_unique").on(table.accountId, table.executionId),
    index("fills_order_index").on(table.orderId, table.accountId, table.userId, table.mode),
    index("fills_user_filled_at_index").on(table.userId, table.filledAt, table.id),
    check("fills_mode_check", isMode(table.mode)),
    check("fills_side_check", oneOf(table.side, ORDER_SIDES)),
    check("fills_quantity_check", sql`${table.quantity} > 0`),
    check("fills_price_check", sql`${table.price} >= 0`),
  ],
);
