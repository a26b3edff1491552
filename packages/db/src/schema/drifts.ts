import type { AccountId, UserId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { z } from "zod";
import { accounts } from "./accounts.ts";
import { document, instant, isMode, mode, oneOf, word } from "./columns.ts";
import { users } from "./users.ts";

/** In what the desk and a broker can differ. */
export const DRIFT_KINDS = [
  /** The broker's state of an order is further than the desk's. */
  "order_state",
  /** The broker changed an order's terms. */
  "order_terms",
  /** An execution that no update had told. */
  "fill",
  /** The broker counts more filled than it can tell the executions of. */
  "fill_total",
  /** An order that nobody here placed. */
  "external_order",
  /** An order that works here and that the broker does not know. */
  "missing_order",
  /** An order whose outcome was unknown, and what was found of it. */
  "unknown_order",
  /** Shares held that the desk's executions do not add up to. */
  "position",
  /** Cash that moved without an order or an account event. */
  "cash",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];
/** What the desk did about it by itself; `asked` waits for a person. */
export const DRIFT_ACTIONS = ["taken_over", "booked", "adopted", "not_placed", "asked"] as const;
export type DriftAction = (typeof DRIFT_ACTIONS)[number];

const evidence = z.record(z.string(), z.unknown());
/** What the broker said, and when it was asked. JSON-native; never a credential. */
export type DriftEvidence = z.infer<typeof evidence>;

/** The drift ledger: every difference that a reconciliation found between the desk and a broker. */
export const drifts = pgTable(
  "drifts",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").$type<AccountId>().notNull(),
    mode: mode(),
    kind: word("kind", DRIFT_KINDS).notNull(),
    /** The order's id here, or the symbol. */
    subject: text("subject").notNull(),
    symbol: text("symbol"),
    /** What the desk believed, in words: "WORKING, 0 of 100 filled". */
    here: text("here").notNull(),
    /** What the broker said. */
    there: text("there").notNull(),
    /** Why they may have come apart, in words: "The stream was down from 15:02:11 to 15:02:40". */
    cause: text("cause").notNull(),
    evidence: document("evidence", evidence).notNull(),
    action: word("action", DRIFT_ACTIONS).notNull(),
    foundAt: instant("found_at").notNull(),
    /** When it was found again last, and how often altogether: one that stays is one row. */
    seenAt: instant("seen_at").notNull(),
    timesSeen: integer("times_seen").notNull().default(1),
    /** Null while it is open. What the desk settled by itself is resolved when it is found. */
    resolvedAt: instant("resolved_at"),
    /** Null where the desk or the broker's next word settled it. */
    resolvedBy: text("resolved_by")
      .$type<UserId>()
      .references(() => users.id),
    note: text("note"),
  },
  (table) => [
    foreignKey({
      name: "drifts_account_fk",
      columns: [table.accountId, table.mode],
      foreignColumns: [accounts.id, accounts.mode],
    }),
    uniqueIndex("drifts_open_unique")
      .on(table.accountId, table.kind, table.subject)
      .where(sql`${table.resolvedAt} is null`),
    index("drifts_settled_index")
      .on(table.accountId, table.kind, table.subject)
      .where(sql`${table.resolvedAt} is not null`),
    index("drifts_account_index").on(table.accountId, table.mode, table.foundAt, table.id),
    index("drifts_resolved_by_index").on(table.resolvedBy),
    check("drifts_mode_check", isMode(table.mode)),
    check("drifts_kind_check", oneOf(table.kind, DRIFT_KINDS)),
    check("drifts_action_check", oneOf(table.action, DRIFT_ACTIONS)),
    check("drifts_times_seen_check", sql`${table.timesSeen} >= 1`),
  ],
);
