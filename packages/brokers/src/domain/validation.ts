import type { BrokerErrorCode } from "./errorCode.ts";

/** The field of an order that an issue is about. */
export type OrderField =
  | "symbol"
  | "quantity"
  | "side"
  | "type"
  | "price"
  | "stopPrice"
  | "timeInForce"
  | "extendedHours"
  | "notional"
  | "trail"
  | "expiresAt"
  | "orderClass"
  | "takeProfit"
  | "stopLoss";

/** One reason why an order may not go. The numbers that matter are in `params`, as display-ready decimals or plain counts. */
export interface OrderIssue {
  readonly code: BrokerErrorCode;
  /** Which rule of `rules/` spoke: "position_limit", "price_collar", …; stable, for translations. */
  readonly rule: string;
  readonly field?: OrderField;
  /** A whole sentence in English; starts with the spec's own words where the spec has some. */
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Every rule is evaluated; `errors` has one sentence an issue, in the same order. */
export interface ValidationResult {
  readonly isValid: boolean;
  readonly errors: readonly string[];
  readonly issues: readonly OrderIssue[];
}
