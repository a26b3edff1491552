import { ACCOUNT_EVENT_KINDS } from "@trenddojo/brokers/domain";
import { z } from "zod";
import { decimal, id, instant, mode } from "./common.ts";

/** accounts.list (query) → AccountView[] */
export const account = z.object({
  id,
  connectionId: id,
  broker: z.string(),
  brokerName: z.string(),
  mode,
  label: z.string(),
  /** The broker's account number. */
  venueAccountId: z.string(),
  currency: z.literal("USD"),
});
export type AccountView = z.infer<typeof account>;

export const balances = z.object({
  currency: z.literal("USD"),
  cash: decimal,
  equity: decimal,
  buyingPower: decimal,
  reserved: decimal,
  longMarketValue: decimal,
  shortMarketValue: decimal,
  initialMargin: decimal,
  maintenanceMargin: decimal,
  unrealizedPnl: decimal,
  /** Null while the broker has not told all of it. */
  realizedPnl: decimal.nullable(),
  dayPnl: decimal,
  fees: decimal,
  /** The rest is null where the broker does not tell it. Cash without the proceeds of sales that are not settled yet. */
  settledCash: decimal.nullable(),
  /** Dividends earned less owed since the account was opened, and the part of them that is not paid yet. */
  dividends: decimal.nullable(),
  accruedDividends: decimal.nullable(),
  /** What short positions cost since the account was opened. */
  borrowFees: decimal.nullable(),
  /** What equity lacks of maintenance margin: above zero in a margin call. */
  marginDeficit: decimal.nullable(),
  asOf: instant,
});

export const position = z.object({
  symbol: z.string(),
  quantity: decimal,
  averagePrice: decimal,
  marketPrice: decimal.nullable(),
  marketValue: decimal.nullable(),
  unrealizedPnl: decimal.nullable(),
  /** Null while the broker has not told all of it. */
  realizedPnl: decimal.nullable(),
  markedAt: instant.nullable(),
});
export type PositionView = z.infer<typeof position>;

/**
 * accounts.portfolio (query, and subscription accounts.portfolioUpdates): balances and positions of one account,
 * from one instant. The subscription gives the latest at once, then at most one a half second while it changes.
 */
export const portfolio = z.object({
  accountId: id,
  balances,
  positions: z.array(position),
  /** Who reckoned these numbers. */
  source: z.enum(["broker", "desk"]),
  /** When the desk had them from the broker. */
  receivedAt: instant,
});
export type Portfolio = z.infer<typeof portfolio>;
export const accountInput = z.strictObject({ accountId: id });

/** What happened to an account without an order: a split, a dividend, a fee, a margin call. */
export const accountEvent = z.object({
  accountId: id,
  /** Its row's place in the account's chain of the audit log. */
  sequence: z.number().int(),
  /** When the desk booked it. */
  at: instant,
  kind: z.enum(ACCOUNT_EVENT_KINDS),
  /** Null where it concerns the account as a whole. */
  symbol: z.string().nullable(),
  mode,
  /** One sentence for a person, with its numbers. */
  message: z.string(),
});
export type AccountEventView = z.infer<typeof accountEvent>;
/** accounts.events (subscription, tracked by `sequence`): from `lastEventId` on, or from now. */
export const accountEventsInput = z.strictObject({ accountId: id, lastEventId: z.string().max(32).nullish() });
