import { max, min, multiply, ONE, parseFixed, type Fixed } from "../domain/decimal.ts";
import { rateAt, SEC_FEE_RATES, TAF_RATES } from "./feeTables.ts";
import { exchangeFee, takesLiquidity } from "./money/exchangeFees.ts";
import type { FillFees } from "./PaperEvent.ts";
import type { DayTrade, PaperOrder } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";

/** What one fill is charged. */
export interface Charges {
  readonly commission: Fixed;
  readonly sec: Fixed;
  readonly taf: Fixed;
  /** Negative for a rebate. */
  readonly exchange: Fixed;
}

export const NO_CHARGES: Charges = { commission: 0n, sec: 0n, taf: 0n, exchange: 0n };

/** All that a fill is charged. */
export function totalCharge({ commission, sec, taf, exchange }: Charges): Fixed {
  return commission + sec + taf + exchange;
}

/** The charges of a stored fill. @throws DecimalError */
export function readCharges({ commission, sec, taf, exchange }: FillFees): Charges {
  return {
    commission: parseFixed(commission),
    sec: parseFixed(sec),
    taf: parseFixed(taf),
    exchange: exchange === undefined ? 0n : parseFixed(exchange),
  };
}

const CENT: Fixed = 10_000_000n;
/** Fixed × Fixed that make one cent. */
const PRODUCT_PER_CENT = CENT * ONE;
const MILLION = 1_000_000n;

/** SEC fee of sales of `notional` dollars, up to the next cent (PX64). Zero before the table begins. */
export function secFee(notional: Fixed, at: number): Fixed {
  const row = rateAt(SEC_FEE_RATES, at);
  return row === undefined ? 0n : upToCent(notional * row.rate, PRODUCT_PER_CENT * MILLION);
}

/** FINRA trading activity fee of a sale of `quantity` shares, up to the next cent, at most the cap (PX65). */
export function tafFee(quantity: Fixed, at: number): Fixed {
  const row = rateAt(TAF_RATES, at);
  if (row === undefined) return 0n;
  const fee = upToCent(quantity * row.rate, PRODUCT_PER_CENT);
  return row.cap === null ? fee : min(fee, row.cap);
}

/** Commission of an order of which `quantity` shares are filled, up to the next cent (PX66). */
export function commission(quantity: Fixed, terms: Terms): Fixed {
  const { commissionPerOrder } = terms.money;
  if (terms.commissionPerShare === 0n && terms.commissionMinimum === 0n) return commissionPerOrder;
  const byShare = upToCent(quantity * terms.commissionPerShare, PRODUCT_PER_CENT);
  return max(byShare, terms.commissionMinimum) + commissionPerOrder;
}

/**
 * What the next fill of an order is charged: each fee on all of the order's fills of the market day, less what was
 * charged before (PX67). So ten partial fills cost what one fill costs.
 */
export function chargesFor(order: PaperOrder, quantity: Fixed, price: Fixed, day: TradingDay, terms: Terms): Charges {
  const commissionCharge = commission(order.filledQuantity + quantity, terms) - order.commission;
  const { exchangeFees } = terms.money;
  const takes = takesLiquidity(order, day.isArriving);
  const exchange = exchangeFees.length === 0 ? 0n : exchangeFee(exchangeFees, { quantity, price, at: day.at, takes });
  if (order.side === "buy" || !terms.regulatoryFees) {
    return commissionCharge === 0n && exchange === 0n
      ? NO_CHARGES
      : { commission: commissionCharge, sec: 0n, taf: 0n, exchange };
  }
  const before = tradeOfDay(order, day.endsAt);
  const notional = multiply(quantity, price, "half_even");
  return {
    commission: commissionCharge,
    sec: max(secFee(before.notional + notional, day.at) - before.sec, 0n),
    taf: max(tafFee(before.quantity + quantity, day.at) - before.taf, 0n),
    exchange,
  };
}

export interface TradingDay {
  readonly at: number;
  readonly endsAt: number;
  /** The order meets the market for the first time, or with new terms. */
  readonly isArriving: boolean;
}

/** The order's fills of the market day that ends at `dayEndsAt`. */
export function tradeOfDay(order: PaperOrder, dayEndsAt: number): DayTrade {
  const trade = order.dayTrade;
  return trade?.dayEndsAt === dayEndsAt ? trade : { dayEndsAt, quantity: 0n, notional: 0n, sec: 0n, taf: 0n };
}

/** A trade of the day with one more fill. */
export function withFill(trade: DayTrade, quantity: Fixed, notional: Fixed, { sec, taf }: Charges): DayTrade {
  return {
    dayEndsAt: trade.dayEndsAt,
    quantity: trade.quantity + quantity,
    notional: trade.notional + notional,
    sec: trade.sec + sec,
    taf: trade.taf + taf,
  };
}

function upToCent(product: bigint, productPerCent: bigint): Fixed {
  return ((product + productPerCent - 1n) / productPerCent) * CENT;
}
