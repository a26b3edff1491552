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
  realizedPnl: decimal,
  dayPnl: decimal,
  fees: decimal,
  asOf: instant,
});

export const position = z.object({
  symbol: z.string(),
  quantity: decimal,
  averagePrice: decimal,
  marketPrice: decimal.nullable(),
  marketValue: decimal.nullable(),
  unrealizedPnl: decimal.nullable(),
  realizedPnl: decimal,
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
