import type { Fixed } from "../domain/decimal.ts";
import type { ClientOrderId } from "../domain/ids.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { OrderSide } from "../domain/order.ts";
import type { SymbolExposure } from "./exposure.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import type { RiskLimits, TradingState } from "./RiskLimits.ts";

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
}

/** An order that went, or tried to, within the last minute. */
export interface RecentOrder {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: ParsedOrder["type"];
  readonly quantity: Fixed;
  readonly price: Fixed | null;
  readonly stopPrice: Fixed | null;
  /** Epoch milliseconds on the clock of `RiskInput.now`. */
  readonly at: number;
}

/** Everything that the risk rules look at; they look nowhere else. */
export interface RiskInput {
  readonly order: ParsedOrder;
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
  /** Our clock, epoch milliseconds. */
  readonly now: number;
  /** The newest quote of the order's symbol; null without one. */
  readonly quote: MarketData | null;
  /** The whole account. */
  readonly positions: readonly HeldPosition[];
  /** The whole account, without `order` itself. */
  readonly openOrders: readonly ExposedOrder[];
  readonly recentOrders: readonly RecentOrder[];
  readonly equity: Fixed;
  readonly startOfDayEquity: Fixed;
  /** Open orders already taken off. */
  readonly buyingPower: Fixed;
  readonly session: { readonly isOpen: boolean; readonly nextOpenAt: number | null };
}

/** The input, and what several rules need of it. */
export interface RiskContext extends RiskInput {
  readonly exposures: ReadonlyMap<string, SymbolExposure>;
  /** See `referencePrice`; null only for a market order that no price is known for. */
  readonly reference: Fixed | null;
  /** Shares that open or enlarge a position. */
  readonly opening: Fixed;
  /** The order can only make a position smaller. */
  readonly isReducing: boolean;
}
