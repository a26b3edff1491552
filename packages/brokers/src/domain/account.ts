import type { Money } from "./decimal.ts";
import type { Mode } from "./Mode.ts";
import type { Position } from "./position.ts";

/** One account at a broker, as the broker names it. */
export interface AccountInfo {
  /** The broker's account number. */
  readonly accountId: string;
  readonly mode: Mode;
  readonly currency: "USD";
  /** Cash. */
  readonly balance: Money;
  readonly equity: Money;
  readonly buyingPower: Money;
  readonly positions: readonly Position[];
}

/** All in the account's currency. */
export interface Balances {
  readonly currency: "USD";
  /** May be negative on margin. */
  readonly cash: Money;
  /** Cash + market value of all positions + dividends that are still to be paid. */
  readonly equity: Money;
  /** What may still be bought, open orders already taken off. */
  readonly buyingPower: Money;
  /** Buying power held back for open orders. */
  readonly reserved: Money;
  readonly longMarketValue: Money;
  /** Zero or negative. */
  readonly shortMarketValue: Money;
  readonly initialMargin: Money;
  readonly maintenanceMargin: Money;
  readonly unrealizedPnl: Money;
  /** Since the account was opened; null while that is not known. */
  readonly realizedPnl: Money | null;
  /** Equity now minus equity at the start of the market day, New York. */
  readonly dayPnl: Money;
  /** Fees paid since the account was opened; they are in cash already. */
  readonly fees: Money;
  /** Cash without the proceeds of sales that are not settled yet; absent where the broker does not tell it. */
  readonly settledCash?: Money;
  /** Dividends earned less those owed by short positions since the account was opened; counted on the ex-date. */
  readonly dividends?: Money;
  /** The part of them that is not paid yet; in equity, not in cash. */
  readonly accruedDividends?: Money;
  /** What short positions cost since the account was opened; it is in cash already and not in `fees`. */
  readonly borrowFees?: Money;
  /** What equity lacks of maintenance margin: above zero in a margin call, else zero. */
  readonly marginDeficit?: Money;
  /** Epoch milliseconds of the broker's clock. */
  readonly asOf: number;
}

export interface MarginInfo {
  /** Initial margin that the order would need. */
  readonly required: Money;
  /** What is there for it. */
  readonly available: Money;
  readonly canExecute: boolean;
  readonly maintenance: Money;
}

export interface RiskMetrics {
  readonly equity: Money;
  readonly grossExposure: Money;
  readonly netExposure: Money;
  /** Gross exposure ÷ equity; 0 without equity. */
  readonly leverage: number;
  readonly dayPnl: Money;
  /** Day P&L ÷ equity at the start of the day, as a fraction. */
  readonly dayPnlFraction: number;
  readonly largestPosition: { readonly symbol: string; readonly fraction: number } | null;
  readonly openOrders: number;
  readonly asOf: number;
}

/** What an order would do to the account, before it is sent. */
export interface OrderPreview {
  /** The price that the preview reckons with: the limit, the stop, or the far side of the quote. Null without a quote. */
  readonly referencePrice: string | null;
  readonly notional: Money | null;
  readonly estimatedFees: Money | null;
  readonly margin: MarginInfo | null;
  readonly buyingPowerAfter: Money | null;
  /** Epoch milliseconds of the quote it was reckoned with; null without one. */
  readonly quotedAt: number | null;
}
