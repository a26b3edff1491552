import type { Money, Price, Quantity } from "./decimal.ts";

/** What an account holds of one instrument. */
export interface Position {
  readonly symbol: string;
  /** Shares; negative when short. Never zero. */
  readonly quantity: Quantity;
  /** Average entry price, fees not included. */
  readonly averagePrice: Price;
  /** The mark: last trade or mid of the quote; null until a price is known. */
  readonly marketPrice: Price | null;
  readonly marketValue: Money | null;
  readonly unrealizedPnl: Money | null;
  /** Since the account was opened; null while that is not known. */
  readonly realizedPnl: Money | null;
  /** When the mark was made, epoch milliseconds; null without a mark. */
  readonly markedAt: number | null;
}
