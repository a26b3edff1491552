import { money, quantity, type Money, type Quantity } from "../domain/decimal.ts";

/** What an account's orders are held to before the wire. Fractions are of equity: 0.1 is 10 %. */
export interface RiskLimits {
  /** Value of one order, in the account's currency. */
  readonly maxOrderValue: Money;
  /** Shares of one order. */
  readonly maxOrderQuantity: Quantity;
  /** Worst-case value of the position in one symbol. */
  readonly maxPositionFraction: number;
  /** Worst-case value of all positions together. */
  readonly maxExposureFraction: number;
  /** Day P&L at which only reducing orders pass, of equity at the start of the day. */
  readonly maxDailyLossFraction: number;
  /** How far a limit may reach through the far side of a fresh quote. */
  readonly priceCollarFraction: number;
  /** Orders within any 60 seconds. */
  readonly maxOrdersPerMinute: number;
  /** The same order under another client order id is refused for this long; 0 allows it. */
  readonly duplicateWindowMs: number;
  /** A quote that reached us longer ago is not fresh. */
  readonly maxQuoteAgeMs: number;
}

/** What holds for one symbol beside the account's limits: each rule is held to both, so the stricter counts. Null: none of its own. */
export interface SymbolLimits {
  /** Only orders that make the position smaller may go. */
  readonly isBlocked: boolean;
  readonly maxOrderValue: Money | null;
  readonly maxOrderQuantity: Quantity | null;
  readonly maxPositionFraction: number | null;
}

export const DEFAULT_RISK_LIMITS: RiskLimits = {
  maxOrderValue: money("100000"),
  maxOrderQuantity: quantity("100000"),
  maxPositionFraction: 0.1,
  maxExposureFraction: 2,
  maxDailyLossFraction: 0.02,
  priceCollarFraction: 0.1,
  maxOrdersPerMinute: 60,
  duplicateWindowMs: 5_000,
  maxQuoteAgeMs: 15_000,
};

/**
 * `ACTIVE`: all orders may go. `REDUCING`: only those that make a position smaller. `HALTED`: none. Cancels always
 * pass and are not asked here.
 */
export const TRADING_STATES = ["ACTIVE", "REDUCING", "HALTED"] as const;
export type TradingState = (typeof TRADING_STATES)[number];
