import { abs, divide, multiply, ONE, parseFixed, roundTo, roundToStep, type Fixed } from "../../domain/decimal.ts";

/** How far a share can be borrowed to be sold short. Rates are fractions a year, as decimal strings ("0.0025"). */
export type BorrowTerms =
  | { readonly availability: "easy"; readonly annualRate: string }
  /** `shares` is the most that can be located for this account in all. */
  | { readonly availability: "hard"; readonly annualRate: string; readonly shares: string }
  | { readonly availability: "none" };

/** Borrow by symbol. An instrument that is not shortable can never be borrowed, whatever the table says. */
export interface BorrowTable {
  readonly others: BorrowTerms;
  readonly symbols?: Readonly<Record<string, BorrowTerms>>;
}

/** `BorrowTerms` with their decimals read. */
export interface Borrow {
  readonly availability: BorrowTerms["availability"];
  readonly annualRate: Fixed;
  /** The most that may be short; null where nothing limits it. */
  readonly shares: Fixed | null;
}

/** @throws DecimalError for a decimal that cannot be read, RangeError for a negative one. */
export function readBorrow(terms: BorrowTerms): Borrow {
  const borrow: Borrow = {
    availability: terms.availability,
    annualRate: terms.availability === "none" ? 0n : parseFixed(terms.annualRate),
    shares: terms.availability === "hard" ? parseFixed(terms.shares) : terms.availability === "none" ? 0n : null,
  };
  if (borrow.annualRate < 0n || (borrow.shares ?? 0n) < 0n) throw new RangeError("a borrow rate or size is negative");
  return borrow;
}

const COLLATERAL: Fixed = parseFixed("1.02");
const DAYS_A_YEAR = 360n;

/**
 * The price on which a borrow fee is reckoned: 102 % of the mark, up to the next whole dollar (PX212). Source: Interactive
 * Brokers, "Borrow Fee Details", https://www.ibkrguides.com/reportingreference/reportguide/borrowfeedetails.htm
 */
export function collateralPrice(mark: Fixed): Fixed {
  return roundToStep(multiply(mark, COLLATERAL, "up"), ONE, "ceil");
}

/** Fee of `days` nights for a short position of `quantity` shares, to the nearest cent (PX212). */
export function borrowFee(quantity: Fixed, collateral: Fixed, annualRate: Fixed, days: number): Fixed {
  const value = multiply(abs(quantity), collateral, "half_even");
  const yearly = multiply(value, annualRate, "half_even");
  return roundTo(divide(yearly * BigInt(days), DAYS_A_YEAR * ONE, "half_even"), 2, "half_up");
}
