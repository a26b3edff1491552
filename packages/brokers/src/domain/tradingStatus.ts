export const TRADING_STATUSES = ["halted", "paused", "resumed"] as const;
/**
 * What an exchange says about trading in one symbol: a halt for news or by order, a pause by the limit-up limit-down
 * plan (https://www.luldplan.com), or the end of either.
 */
export type TradingStatus = (typeof TRADING_STATUSES)[number];

/** A halt or pause that lasts. */
export interface TradingHalt {
  readonly status: Exclude<TradingStatus, "resumed">;
  /** Market time, epoch milliseconds. */
  readonly since: number;
  /** The exchange's reason, "" where it gave none. */
  readonly reason: string;
}
