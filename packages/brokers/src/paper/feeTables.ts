import { parseFixed, type Fixed } from "../domain/decimal.ts";

/** A rate and the instant from which it holds, epoch milliseconds. */
export interface DatedRate {
  readonly from: number;
  readonly rate: Fixed;
  /** Dollars a trade at most; null where there is no cap. */
  readonly cap: Fixed | null;
}

/**
 * Dollars per million dollars of sales, Section 31 of the Exchange Act, by charge date.
 * Source: the SEC's fee rate advisories, https://www.sec.gov/rules-regulations/fee-rate-advisories
 */
const SEC_DOLLARS_PER_MILLION = [
  ["2009-04-10", "25.7"],
  ["2010-01-15", "12.7"],
  ["2010-04-01", "16.9"],
  ["2011-01-21", "19.2"],
  ["2012-02-21", "18"],
  ["2012-04-01", "22.4"],
  ["2013-05-25", "17.4"],
  ["2014-03-18", "22.1"],
  ["2015-02-14", "18.4"],
  ["2016-02-16", "21.8"],
  ["2017-07-04", "23.1"],
  ["2018-05-22", "13"],
  ["2019-04-16", "20.7"],
  ["2020-02-18", "22.1"],
  ["2021-02-25", "5.1"],
  ["2022-05-14", "22.9"],
  ["2023-02-27", "8"],
  ["2024-05-22", "27.8"],
  ["2025-05-14", "0"],
  ["2026-04-04", "20.6"],
] as const;

/**
 * Dollars a share sold, and dollars a trade at most.
 * Source: FINRA By-Laws, Schedule A, Section 1, https://www.finra.org/rules-guidance/guidance/trading-activity-fee
 */
const TAF_DOLLARS_PER_SHARE = [
  ["2004-01-01", "0.000075", "3.75"],
  ["2011-07-01", "0.00009", "4.5"],
  ["2012-03-01", "0.000095", "4.75"],
  ["2012-07-01", "0.000119", "5.95"],
  ["2022-01-01", "0.00013", "6.49"],
  ["2023-01-01", "0.000145", "7.27"],
  ["2024-01-01", "0.000166", "8.3"],
  ["2026-01-01", "0.000195", "9.79"],
] as const;

/** Midnight in New York, to the hour: nothing trades between midnight and 04:00. */
export const startOfDate = (date: string): number => Date.parse(`${date}T05:00:00Z`);

/** Oldest first. The rate is dollars per million. */
export const SEC_FEE_RATES: readonly DatedRate[] = SEC_DOLLARS_PER_MILLION.map(([date, dollars]) => ({
  from: startOfDate(date),
  rate: parseFixed(dollars),
  cap: null,
}));

/** Oldest first. The rate is dollars a share. */
export const TAF_RATES: readonly DatedRate[] = TAF_DOLLARS_PER_SHARE.map(([date, dollars, cap]) => ({
  from: startOfDate(date),
  rate: parseFixed(dollars),
  cap: parseFixed(cap),
}));

/** The rate that holds at an instant; undefined before the table begins. */
export function rateAt(rates: readonly DatedRate[], at: number): DatedRate | undefined {
  return rates.findLast((row) => row.from <= at);
}
