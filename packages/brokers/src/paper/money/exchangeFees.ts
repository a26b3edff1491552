import { multiply, ONE, parseFixed, type Fixed } from "../../domain/decimal.ts";
import { startOfDate } from "../feeTables.ts";
import type { PaperOrder } from "../PaperOrder.ts";

/** What an exchange charges from a date on. Decimal strings; what is negative is a rebate. */
export interface ExchangeFeeRow {
  /** Trade date in New York, YYYY-MM-DD. */
  readonly from: string;
  /** Dollars a share for taking liquidity at or above one dollar, and the fraction of the value below it. */
  readonly removePerShare: string;
  readonly removeBelowDollar: string;
  /** Dollars a share for a resting order that is met; below a dollar nothing. */
  readonly addPerShare: string;
}

/**
 * The most that a trading center may charge for access to its quote, and nothing for adding liquidity: what an order costs
 * at worst. Source: Rule 610(c) of Regulation NMS, https://www.law.cornell.edu/cfr/text/17/242.610, as of its first
 * compliance date. Lower caps were adopted in 2024 (Release 34-101070) and their date was put off more than once, so
 * they are left to the profile of whoever wants them.
 */
export const ACCESS_FEE_CAP: readonly ExchangeFeeRow[] = [
  { from: "2007-03-05", removePerShare: "0.003", removeBelowDollar: "0.003", addPerShare: "0" },
];

/** An `ExchangeFeeRow` with its decimals read. */
export interface ExchangeFees {
  readonly from: number;
  readonly removePerShare: Fixed;
  readonly removeBelowDollar: Fixed;
  readonly addPerShare: Fixed;
}

/** Oldest first. @throws DecimalError for a decimal that cannot be read, RangeError for a date that cannot or rows out of order. */
export function readExchangeFees(rows: readonly ExchangeFeeRow[]): readonly ExchangeFees[] {
  const fees = rows.map((row) => ({
    from: startOfDate(row.from),
    removePerShare: parseFixed(row.removePerShare),
    removeBelowDollar: parseFixed(row.removeBelowDollar),
    addPerShare: parseFixed(row.addPerShare),
  }));
  fees.forEach(({ from }, index) => {
    const before = fees[index - 1]?.from ?? Number.NEGATIVE_INFINITY;
    if (!(from > before)) throw new RangeError("exchange fees need real dates, oldest first");
  });
  return fees;
}

/** Whether an order takes liquidity: without a limit or after a stop always, else only as it arrives (PX221). */
export function takesLiquidity({ terms }: PaperOrder, isArriving: boolean): boolean {
  return isArriving || terms.price === null || terms.stopPrice !== null;
}

/** The exchange's fee for one fill, exact to 1e-9; negative for a rebate, zero before the table begins (PX221). */
export function exchangeFee(
  table: readonly ExchangeFees[],
  fill: { readonly quantity: Fixed; readonly price: Fixed; readonly at: number; readonly takes: boolean },
): Fixed {
  const { quantity, price, at, takes } = fill;
  const row = table.findLast(({ from }) => from <= at);
  if (row === undefined) return 0n;
  if (price >= ONE) return multiply(quantity, takes ? row.removePerShare : row.addPerShare, "half_even");
  return takes ? multiply(multiply(quantity, price, "half_even"), row.removeBelowDollar, "half_even") : 0n;
}
