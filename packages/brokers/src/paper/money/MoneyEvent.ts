import type { DecimalString, Money, Price, Quantity } from "../../domain/decimal.ts";
import type { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { VenueOrderId } from "../../domain/ids.ts";
import type { Trail } from "../../domain/order.ts";
import type { Reason } from "../../domain/Reason.ts";

interface EventBase {
  /** Gapless from 1 within an account. */
  readonly seq: number;
  /** Market time in epoch milliseconds; never falls. */
  readonly at: number;
}

interface ActionEvent extends EventBase {
  readonly actionId: string;
  readonly symbol: string;
}

/** A split took effect. Open orders follow, each with its own event. */
export interface SplitApplied extends ActionEvent {
  readonly type: "split_applied";
  readonly newShares: number;
  readonly oldShares: number;
  readonly quantityBefore: Quantity;
  /** Whole lots; the fraction was paid out. */
  readonly quantityAfter: Quantity;
  readonly cashInLieu: Money;
}

/** The ex-date of a dividend: what is held earns it, what is short owes it. */
export interface DividendAccrued extends ActionEvent {
  readonly type: "dividend_accrued";
  readonly amountPerShare: Money;
  /** What was held; negative when short, zero where only orders were concerned. */
  readonly quantity: Quantity;
  /** Negative where it is owed. */
  readonly amount: Money;
  readonly payAt: number;
}

export interface DividendPaid extends ActionEvent {
  readonly type: "dividend_paid";
  readonly amount: Money;
}

export interface SymbolChanged extends ActionEvent {
  readonly type: "symbol_changed";
  readonly newSymbol: string;
  /** What was held and is now held under the new symbol. */
  readonly quantity: Quantity;
}

export interface CorporateActionRejected extends ActionEvent {
  readonly type: "corporate_action_rejected";
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

/** A corporate action changed an open order; it keeps its ids, its fills and its place. */
export interface OrderAdjusted extends EventBase {
  readonly type: "order_adjusted";
  readonly orderId: VenueOrderId;
  /** The whole quantity: what is filled, in shares of before, and what remains, in shares of now. */
  readonly quantity: Quantity;
  readonly price: Price | null;
  readonly stopPrice: Price | null;
  readonly referencePrice: Price;
  /** Of a trailing stop. */
  readonly trail?: Trail<DecimalString>;
  readonly watermark?: Price;
  readonly reason: Reason;
}

/** What a short position cost over one or more nights. */
export interface BorrowFeeCharged extends EventBase {
  readonly type: "borrow_fee_charged";
  readonly symbol: string;
  /** Negative. */
  readonly quantity: Quantity;
  /** The collateral's price a share, not the mark. */
  readonly price: Price;
  /** A fraction a year of 360 days. */
  readonly annualRate: string;
  readonly days: number;
  readonly amount: Money;
}

interface MarginEvent extends EventBase {
  readonly equity: Money;
  readonly maintenance: Money;
}

/** Equity fell below maintenance margin. Told, not enforced. */
export interface MarginCall extends MarginEvent {
  readonly type: "margin_call";
  /** Maintenance − equity. */
  readonly deficit: Money;
  readonly reason: Reason;
}

export interface MarginCallEnded extends MarginEvent {
  readonly type: "margin_call_ended";
}

/** What happened to an account's money besides fills. */
export type MoneyEvent =
  | SplitApplied
  | DividendAccrued
  | DividendPaid
  | SymbolChanged
  | CorporateActionRejected
  | OrderAdjusted
  | BorrowFeeCharged
  | MarginCall
  | MarginCallEnded;
