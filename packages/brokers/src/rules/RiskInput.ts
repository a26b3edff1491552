import type { Fixed } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { GroupRole, OrderSide } from "../domain/order.ts";
import type { SymbolExposure } from "./exposure.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import type { RiskLimits, SymbolLimits, TradingState } from "./RiskLimits.ts";

/** What an account holds of one symbol. */
export interface HeldPosition {
  readonly symbol: string;
  /** Shares; negative when short. */
  readonly quantity: Fixed;
  /** The mark or, without one, the entry price. */
  readonly price: Fixed;
}

/** An order that may still fill: open, being sent, or of unknown outcome. All of them count, in the worst case. */
export interface ExposedOrder {
  readonly symbol: string;
  readonly side: OrderSide;
  /** Shares not yet filled. */
  readonly remaining: Fixed;
  /** Limit, stop or last known price; null where there is none. */
  readonly price: Fixed | null;
  /** What sets its linked group apart from every other; null or absent for a simple order. */
  readonly groupId?: string | null;
  /** Its place in that group. */
  readonly role?: GroupRole | null;
  /** An exit that waits for its entry. */
  readonly isHeld?: boolean;
  /** Whether the broker has it is not known. */
  readonly isUnknown?: boolean;
}

/**
 * An order that went within the last minute, as it was asked for, or whose fate is not known. One that was refused, by a
 * rule here or by the broker, never went and is none.
 */
export interface RecentOrder extends ParsedOrder {
  /** Epoch milliseconds on the clock of `RiskInput.now`. */
  readonly at: number;
}

/** How many orders went within the last minute. */
export interface OrderPace {
  readonly count: number;
  /** When the first of them went, on the clock of `RiskInput.now`; null without any. */
  readonly oldestAt: number | null;
}

/** Everything that the risk rules look at; they look nowhere else. */
export interface RiskInput {
  readonly order: ParsedOrder;
  readonly limits: RiskLimits;
  /** By symbol, of those that have limits of their own. @default none */
  readonly symbols?: ReadonlyMap<string, SymbolLimits>;
  readonly tradingState: TradingState;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
  /** The newest quote of the order's symbol; null without one. */
  readonly quote: MarketData | null;
  /** The whole account. */
  readonly positions: readonly HeldPosition[];
  /** The whole account, without `order` itself. */
  readonly openOrders: readonly ExposedOrder[];
  /** Of the order's symbol at least, and of the time in which it would be a repetition. */
  readonly recentOrders: readonly RecentOrder[];
  /** @default that of `recentOrders`, which then has to hold all of the last minute */
  readonly pace?: OrderPace;
  readonly equity: Fixed;
  readonly startOfDayEquity: Fixed;
  /** Open orders already taken off. */
  readonly buyingPower: Fixed;
  /** The person knows of the orders of unknown outcome, and means this one beside them. @default false */
  readonly acknowledgesUnknown?: boolean;
  readonly session: { readonly isOpen: boolean; readonly nextOpenAt: number | null };
}

/** The input, and what several rules need of it. */
export interface RiskContext extends RiskInput {
  /** The order's own symbol's; null without any. */
  readonly symbolLimits: SymbolLimits | null;
  readonly exposures: ReadonlyMap<string, SymbolExposure>;
  /** See `referencePrice`; null only for a market order that no price is known for. */
  readonly reference: Fixed | null;
  /** Shares that open or enlarge a position. */
  readonly opening: Fixed;
  /** The order can only make a position smaller. */
  readonly isReducing: boolean;
  /**
   * A market order that only reduces, while nothing else may go: the limits on one order and on the pace let it pass. What is
   * held bounds it, since each share closes once; a limit order could be placed and canceled for ever.
   */
  readonly isWindingDown: boolean;
}
