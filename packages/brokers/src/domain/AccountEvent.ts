import type { Money, Price, Quantity } from "./decimal.ts";
import type { BrokerErrorCode } from "./errorCode.ts";
import type { Reason } from "./Reason.ts";

export const ACCOUNT_EVENT_KINDS = [
  "split",
  "dividend",
  "dividend_paid",
  "symbol_changed",
  "action_refused",
  "borrow_fee",
  "margin_call",
  "margin_call_ended",
  "cash_booked",
  "shares_booked",
] as const;
export type AccountEventKind = (typeof ACCOUNT_EVENT_KINDS)[number];

interface AccountEventBase {
  /** The broker's own, 1 to 128 printable characters, unique within the account: one that is told again has the same. */
  readonly id: string;
  /** Epoch milliseconds, the broker's clock. */
  readonly at: number;
  /** What happened, in a sentence. */
  readonly message: string;
  /** The same with its rule and numbers, where the broker can tell. */
  readonly why?: Reason;
}

interface OfSymbol extends AccountEventBase {
  readonly symbol: string;
}

interface OfMargin extends AccountEventBase {
  readonly symbol: null;
  readonly equity: Money;
  readonly maintenance: Money;
}

/** Shares were multiplied; quantities are negative where they are short. */
export interface SplitEvent extends OfSymbol {
  readonly kind: "split";
  readonly newShares: number;
  readonly oldShares: number;
  readonly quantityBefore: Quantity;
  readonly quantityAfter: Quantity;
  /** What was paid for the fraction that made no share. */
  readonly cashInLieu: Money;
}

/** The ex-date: what is held has earned a dividend, what is short owes it. */
export interface DividendEvent extends OfSymbol {
  readonly kind: "dividend";
  readonly amountPerShare: Money;
  readonly quantity: Quantity;
  /** Negative where it is owed. */
  readonly amount: Money;
  /** Epoch milliseconds. */
  readonly payAt: number;
}

/** A dividend moved cash. */
export interface DividendPaidEvent extends OfSymbol {
  readonly kind: "dividend_paid";
  /** Negative where it was owed. */
  readonly amount: Money;
}

/** What was held is held under the new symbol. */
export interface SymbolChangedEvent extends OfSymbol {
  readonly kind: "symbol_changed";
  readonly newSymbol: string;
  readonly quantity: Quantity;
}

/** What an issuer did could not be applied: the books may differ from the market's. */
export interface ActionRefusedEvent extends OfSymbol {
  readonly kind: "action_refused";
  readonly code: BrokerErrorCode;
}

/** What a short position cost over one or more nights. */
export interface BorrowFeeEvent extends OfSymbol {
  readonly kind: "borrow_fee";
  /** Negative. */
  readonly quantity: Quantity;
  /** The price a share that it was reckoned with. */
  readonly price: Price;
  /** A fraction a year. */
  readonly annualRate: string;
  readonly days: number;
  /** Above zero. */
  readonly amount: Money;
}

/** Equity fell below maintenance margin. */
export interface MarginCallEvent extends OfMargin {
  readonly kind: "margin_call";
  /** Maintenance − equity. */
  readonly deficit: Money;
}

export interface MarginCallEndedEvent extends OfMargin {
  readonly kind: "margin_call_ended";
}

/** Cash came or went without a trade: a fee, interest, a deposit, a tax withheld. */
export interface CashBookedEvent extends AccountEventBase {
  readonly kind: "cash_booked";
  /** Null where it concerns no one symbol. */
  readonly symbol: string | null;
  /** Negative where it was taken. */
  readonly amount: Money;
  /** The broker's own word for it: "FEE/REG". */
  readonly entry: string;
}

/** Shares came or went without a trade: by a spin-off, a merger, a transfer. */
export interface SharesBookedEvent extends OfSymbol {
  readonly kind: "shares_booked";
  /** Negative where they went. */
  readonly quantity: Quantity;
  /** The broker's own word for it: "SPIN". */
  readonly entry: string;
}

/** What happened to an account without an order. */
export type AccountEvent =
  | SplitEvent
  | DividendEvent
  | DividendPaidEvent
  | SymbolChangedEvent
  | ActionRefusedEvent
  | BorrowFeeEvent
  | MarginCallEvent
  | MarginCallEndedEvent
  | CashBookedEvent
  | SharesBookedEvent;
