import { parseFixed, type Fixed } from "../../domain/decimal.ts";
import { readBorrow, type Borrow, type BorrowTable } from "./borrow.ts";
import { readExchangeFees, type ExchangeFeeRow, type ExchangeFees } from "./exchangeFees.ts";

/** The part of a profile that is about money beyond margin; what is absent takes the default. */
export interface MoneyProfile {
  /** A cash account buys with settled cash only and sells nothing short. @default "margin" */
  readonly account?: "margin" | "cash";
  /** What an exchange charges, by date. @default none */
  readonly exchangeFees?: readonly ExchangeFeeRow[];
  /** @default DEFAULT_BORROW */
  readonly borrow?: BorrowTable;
}

/**
 * Everything is easy to borrow at a quarter of a percent a year, the usual fee of a share that nobody is short of. Source:
 * Interactive Brokers, https://www.interactivebrokers.com/en/pricing/short-sale-cost.php
 */
export const DEFAULT_BORROW: BorrowTable = { others: { availability: "easy", annualRate: "0.0025" } };

/** A `MoneyProfile` with its decimals read. */
export interface MoneyTerms {
  readonly isCashAccount: boolean;
  /** Dollars an order, whatever its size. */
  readonly commissionPerOrder: Fixed;
  readonly exchangeFees: readonly ExchangeFees[];
  readonly borrowOf: (symbol: string) => Borrow;
}

/** @throws DecimalError for a decimal that cannot be read, RangeError for one out of its range. */
export function readMoneyTerms(profile: MoneyProfile, commissionPerOrder = "0"): MoneyTerms {
  const { account = "margin", exchangeFees = [], borrow = DEFAULT_BORROW } = profile;
  const others = readBorrow(borrow.others);
  const symbols = new Map(Object.entries(borrow.symbols ?? {}).map(([symbol, terms]) => [symbol, readBorrow(terms)]));
  const perOrder = parseFixed(commissionPerOrder);
  if (perOrder < 0n) throw new RangeError(`a commission an order must be zero or above, not ${commissionPerOrder}`);
  return {
    isCashAccount: account === "cash",
    commissionPerOrder: perOrder,
    exchangeFees: readExchangeFees(exchangeFees),
    borrowOf: (symbol) => symbols.get(symbol) ?? others,
  };
}
