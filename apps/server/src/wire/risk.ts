import { z } from "zod";
import { decimal, id, instant } from "./common.ts";
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
