import type { Money, Price, Quantity } from "../domain/decimal.ts";
import type { OrderStatus } from "../domain/order.ts";
import type { Reason } from "../domain/Reason.ts";
import type { MoneySnapshot } from "./money/moneySnapshot.ts";
import type { CancelRequested, OrderFilled, OrderTerms, ReplaceRequested } from "./PaperEvent.ts";
import type { TradingHalt } from "../domain/tradingStatus.ts";

/** One order, whatever became of it. */
export interface OrderSnapshot extends OrderTerms {
  readonly status: OrderStatus;
  readonly referencePrice: Price;
  readonly expiresAt: number | null;
  readonly priority: number;
  readonly isTriggered: boolean;
  readonly filledQuantity: Quantity;
  readonly commission: Money;
  readonly dayTrade: {
    readonly dayEndsAt: number;
    readonly quantity: Quantity;
    readonly notional: Money;
    readonly sec: Money;
    readonly taf: Money;
  } | null;
  /** A sentence in snapshots of before the rule and its numbers were kept. */
  readonly reason: Reason | string | null;
  readonly submittedAt: number;
  readonly updatedAt: number;
  /** Absent in orders that are at the market. */
  readonly arrivesAt?: number;
  /** Absent but for a trailing stop. */
  readonly watermark?: Price;
  /** Absent but for an exit that waits for its entry. */
  readonly isHeld?: true;
  /** Absent but for a stop that was set off, and in snapshots of before it was kept. */
  readonly triggeredBy?: Reason;
}

/** One side of a quote; price 0 where nobody quotes, size null where it is not told. */
export interface QuotedSideSnapshot {
  readonly price: number;
  readonly size: number | null;
  /** What our fills took of it. */
  readonly taken: Quantity;
}

/** Holding and market of one symbol. */
export interface SymbolSnapshot {
  readonly symbol: string;
  readonly quantity: Quantity;
  readonly cost: Money;
  readonly realized: Money;
  readonly market: {
    readonly bid: QuotedSideSnapshot;
    readonly ask: QuotedSideSnapshot;
    readonly last: number;
    readonly lastSize: number | null;
    readonly volume: number;
    readonly mark: Price | null;
    readonly markedAt: number | null;
    readonly tickedAt: number | null;
    readonly printSeen: boolean;
    /** Restored, and no tick has come since. */
    readonly isResumed?: true;
    readonly isOpened?: true;
    readonly isReopening?: true;
    /** Shares that go before our orders at their prices, where that is known; absent where it is of none. */
    readonly queues?: readonly { readonly orderId: string; readonly ahead: Quantity }[];
  };
  /** Absent while it trades. */
  readonly halt?: TradingHalt;
}

/** A cancel or a replacement that has not reached the market. */
export type RequestSnapshot = Omit<CancelRequested, "seq" | "at"> | Omit<ReplaceRequested, "seq" | "at">;

/** A paper account at one point of its journal. JSON-safe; all instants in epoch milliseconds. */
export interface PaperSnapshot {
  readonly version: 1;
  /** The last event that is in it. */
  readonly sequence: number;
  /** Market time; null before the first call. */
  readonly at: number | null;
  readonly startingCash: Money;
  readonly cash: Money;
  readonly fees: Money;
  /** Equity at the start of the market day and the day's end; null before the first. */
  readonly day: { readonly equity: Money; readonly endsAt: number } | null;
  /** Who might trade when it was made: the quotes below belong to that phase. */
  readonly phase: "open" | "extended" | "closed" | null;
  /** In the order in which they came. */
  readonly orders: readonly OrderSnapshot[];
  /** Oldest first. */
  readonly fills: readonly OrderFilled[];
  readonly symbols: readonly SymbolSnapshot[];
  /** In the order of their arrival; absent where there are none. */
  readonly requests?: readonly RequestSnapshot[];
  /** Absent in snapshots of before dividends, settlement and borrow fees were kept. */
  readonly money?: MoneySnapshot;
}
