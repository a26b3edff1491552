import type { AccountId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { instant, money, oneOf, quantity, word } from "./columns.ts";
import { users } from "./users.ts";

export const TRADING_STATES = ["ACTIVE", "REDUCING", "HALTED"] as const;
export type TradingState = (typeof TRADING_STATES)[number];

/** The limits a person set for an account; without a row the defaults of the rules hold. */
export const riskLimits = pgTable(
  "risk_limits",
  {
    accountId: text("account_id")
      .$type<AccountId>()
      .primaryKey()
      .references(() => accounts.id),
    maxOrderValue: money("max_order_value").notNull(),
    maxOrderQuantity: quantity("max_order_quantity").notNull(),
    /** Ratios, not money: plain fractions. */
    maxPositionFraction: doublePrecision("max_position_fraction").notNull(),
    maxExposureFraction: doublePrecision("max_exposure_fraction").notNull(),
    maxDailyLossFraction: doublePrecision("max_daily_loss_fraction").notNull(),
    priceCollarFraction: doublePrecision("price_collar_fraction").notNull(),
    maxOrdersPerMinute: integer("max_orders_per_minute").notNull(),
    updatedAt: instant("updated_at").notNull(),
    updatedBy: text("updated_by")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    index("risk_limits_updated_by_index").on(table.updatedBy),
    check("risk_limits_max_order_value_check", sql`${table.maxOrderValue} > 0`),
    check("risk_limits_max_order_quantity_check", sql`${table.maxOrderQuantity} > 0`),
    check(
      "risk_limits_fractions_check",
      // NaN sorts above every number in Postgres, so the upper bounds refuse it too.
      sql`${table.maxPositionFraction} > 0 and ${table.maxPositionFraction} <= 10 and ${table.maxExposureFraction} > 0 and ${table.maxExposureFraction} <= 10 and ${table.maxDailyLossFraction} > 0 and ${table.maxDailyLossFraction} <= 1 and ${table.priceCollarFraction} > 0 and ${table.priceCollarFraction} <= 1`,
    ),
    check("risk_limits_max_orders_per_minute_check", sql`${table.maxOrdersPerMinute} >= 1`),
  ],
);

/** What holds for one symbol of an account beside the account's limits: the stricter of the two counts. Null: no limit of its own. */
export const symbolLimits = pgTable(
  "symbol_limits",
  {
    accountId: text("account_id")
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id),
    symbol: text("symbol").notNull(),
    /** Only orders that make the position smaller may go. */
    isBlocked: boolean("is_blocked").notNull(),
    maxOrderValue: money("max_order_value"),
    maxOrderQuantity: quantity("max_order_quantity"),
    /** Of equity. */
    maxPositionFraction: doublePrecision("max_position_fraction"),
    updatedAt: instant("updated_at").notNull(),
    updatedBy: text("updated_by")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ name: "symbol_limits_pk", columns: [table.accountId, table.symbol] }),
    index("symbol_limits_updated_by_index").on(table.updatedBy),
    check("symbol_limits_max_order_value_check", sql`${table.maxOrderValue} > 0`),
    check("symbol_limits_max_order_quantity_check", sql`${table.maxOrderQuantity} > 0`),
    check(
      "symbol_limits_max_position_fraction_check",
      sql`${table.maxPositionFraction} > 0 and ${table.maxPositionFraction} <= 10`,
    ),
  ],
);

/** A limit of an account that was raised for a time. It ends by itself: a raise that is over is not looked at. */
export const limitRaises = pgTable(
  "limit_raises",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id")
      .$type<AccountId>()
      .notNull()
      .references(() => accounts.id),
    /** A field of the account's limits: "maxOrderValue". */
    field: text("field").notNull(),
    /** The limit before and for the time being, as text: a decimal or a fraction. */
    before: text("before").notNull(),
    raisedTo: text("raised_to").notNull(),
    grantedAt: instant("granted_at").notNull(),
    grantedBy: text("granted_by")
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    until: instant("until").notNull(),
    /** Ended by hand before its time. */
    endedAt: instant("ended_at"),
    endedBy: text("ended_by")
      .$type<UserId>()
      .references(() => users.id),
  },
  (table) => [
    index("limit_raises_account_index").on(table.accountId, table.until),
    index("limit_raises_granted_by_index").on(table.grantedBy),
    index("limit_raises_ended_by_index").on(table.endedBy),
    check("limit_raises_until_check", sql`${table.until} > ${table.grantedAt}`),
  ],
);

/** Whether a user's orders may go. Each user has a row from the start, so that a claim can lock it against a halt. */
export const tradingStates = pgTable(
  "trading_states",
  {
    userId: text("user_id")
      .$type<UserId>()
      .primaryKey()
      .references(() => users.id),
    state: word("state", TRADING_STATES).notNull().default("ACTIVE"),
    /** Why, in words; null for the state that a user begins with. */
    reason: text("reason"),
    changedAt: instant("changed_at").notNull(),
    changedBy: text("changed_by")
      .$type<UserId>()
      .references(() => users.id),
  },
  (table) => [
    index("trading_states_changed_by_index").on(table.changedBy),
    check("trading_states_state_check", oneOf(table.state, TRADING_STATES)),
  ],
);
