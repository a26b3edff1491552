import { z } from "zod";
import { decimal, id, instant, symbol } from "./common.ts";
import { tradingHalt } from "./halts.ts";
import { orderInput } from "./orders.ts";

export const TRADING_STATES = ["ACTIVE", "REDUCING", "HALTED"] as const;

const positiveFraction = z.number().positive().max(10);
export const riskLimits = z.strictObject({
  /** Currency. */
  maxOrderValue: decimal,
  /** Shares. */
  maxOrderQuantity: decimal,
  /** Largest position in one symbol, as a fraction of equity. */
  maxPositionFraction: positiveFraction,
  /** Gross exposure as a fraction of equity. */
  maxExposureFraction: positiveFraction,
  /** Day loss after which only risk-reducing orders pass, as a fraction of the day's starting equity. */
  maxDailyLossFraction: z.number().positive().max(1),
  /** A limit price may be this far from the quote, as a fraction. */
  priceCollarFraction: z.number().positive().max(1),
  maxOrdersPerMinute: z.number().int().min(1).max(600),
});
export type RiskLimitsView = z.infer<typeof riskLimits>;

/** risk.limits (query), risk.setLimits (mutation) → RiskLimitsView */
export const limitsInput = z.strictObject({ accountId: id });
export const setLimitsInput = z.strictObject({ accountId: id, limits: riskLimits });

/** Fields of the limits that can be raised for a time. */
export const RAISABLE_LIMITS = [
  "maxOrderValue",
  "maxOrderQuantity",
  "maxPositionFraction",
  "maxExposureFraction",
  "maxDailyLossFraction",
  "priceCollarFraction",
  "maxOrdersPerMinute",
] as const;
export const limitRaise = z.object({
  id,
  field: z.enum(RAISABLE_LIMITS),
  /** Decimals or fractions, as text. */
  before: z.string(),
  raisedTo: z.string(),
  grantedAt: instant,
  grantedBy: z.string(),
  until: instant,
  endedAt: instant.nullable(),
});
/** The stricter of an account's limit and its symbol's counts; null: none of its own. */
export const symbolLimit = z.strictObject({
  symbol,
  /** Only orders that make the position smaller may go. */
  isBlocked: z.boolean(),
  maxOrderValue: decimal.nullable(),
  maxOrderQuantity: decimal.nullable(),
  maxPositionFraction: positiveFraction.nullable(),
});
/** risk.policy (query) → RiskPolicyView; also the answer of every mutation below. */
export const riskPolicy = z.object({
  /** As they were set, or the defaults. */
  base: riskLimits,
  /** With the raises that last. */
  effective: riskLimits,
  /** What a person may set without a time limit at most. */
  defaults: riskLimits,
  raises: z.array(limitRaise),
  symbols: z.array(symbolLimit),
});
export type RiskPolicyView = z.infer<typeof riskPolicy>;
/** risk.raise (mutation): one limit, for a time, after a step-up or with the password. risk.setLimits itself goes no higher than base or defaults. */
export const raiseLimitInput = z.strictObject({
  accountId: id,
  field: z.enum(RAISABLE_LIMITS),
  raisedTo: z.string().max(32),
  minutes: z.number().int().min(5).max(1_440),
  password: z.string().min(1).max(256).optional(),
});
/** risk.endRaise (mutation): before its time. */
export const endRaiseInput = z.strictObject({ raiseId: id });
/** risk.setSymbolLimit, risk.removeSymbolLimit (mutations) */
export const setSymbolLimitInput = z.strictObject({ accountId: id, limit: symbolLimit });
export const removeSymbolLimitInput = z.strictObject({ accountId: id, symbol });

/** risk.state (query) and risk.states (subscription: at once, then after each change) → TradingStateView */
export const tradingState = z.object({
  state: z.enum(TRADING_STATES),
  reason: z.string().nullable(),
  changedAt: instant,
  /** A name; null for the beginning and for the command line. */
  changedBy: z.string().nullable(),
  /** The halt that lasts, with what is known of each broker; null where none does. */
  halt: tradingHalt.nullable(),
});
export type TradingStateView = z.infer<typeof tradingState>;

/** risk.metrics (query) → RiskMetricsView */
export const riskMetrics = z.object({
  tradingState: z.enum(TRADING_STATES),
  equity: decimal,
  grossExposure: decimal,
  netExposure: decimal,
  leverage: z.number(),
  dayPnl: decimal,
  dayPnlFraction: z.number(),
  largestPosition: z.object({ symbol: z.string(), fraction: z.number() }).nullable(),
  openOrders: z.number().int(),
  limits: riskLimits,
  asOf: instant,
});
export type RiskMetricsView = z.infer<typeof riskMetrics>;

/** risk.margin (query) → MarginView */
export const marginInput = z.strictObject({ accountId: id, order: orderInput });
export const margin = z.object({
  required: decimal,
  available: decimal,
  maintenance: decimal,
  canExecute: z.boolean(),
});
