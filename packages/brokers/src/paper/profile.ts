import { ONE, parseFixed, type Fixed } from "../domain/decimal.ts";
import { readMatchingTerms, type MatchingProfile, type MatchingTerms } from "./matchingTerms.ts";
import { readMoneyTerms, type MoneyProfile, type MoneyTerms } from "./money/MoneyTerms.ts";

/** The terms of an account, as data. Fractions and amounts are decimal strings. */
export interface PaperProfile extends MoneyProfile, MatchingProfile {
  readonly name: string;
  /** The part of a displayed size that our fills may take, above 0 and at most 1. */
  readonly participationRate: string;
  /** Shares that a side is taken to show when its price is quoted without a size. */
  readonly unquotedSize: string;
  /** A quote older than this, in market milliseconds, is not traded against. */
  readonly maxQuoteAgeMs: number;
  /** Fractions of market value. Source: Regulation T, 12 CFR 220.12, https://www.ecfr.gov/current/title-12/section-220.12 */
  readonly initialMargin: { readonly long: string; readonly short: string };
  /** Fractions of market value. Source: FINRA Rule 4210(c), https://www.finra.org/rules-guidance/rulebooks/finra-rules/4210 */
  readonly maintenanceMargin: { readonly long: string; readonly short: string };
  /** Dollars; the minimum is a whole order's, and `perOrder` comes on top of it with the first fill (default none). */
  readonly commission: { readonly perShare: string; readonly minimumPerOrder: string; readonly perOrder?: string };
  /** Whether sales pay the SEC fee and the FINRA trading activity fee. */
  readonly regulatoryFees: boolean;
}

/** A Reg-T margin account without commission. */
export const DEFAULT_PAPER_PROFILE: PaperProfile = {
  name: "reg-t",
  participationRate: "1",
  unquotedSize: "100",
  maxQuoteAgeMs: 300_000,
  initialMargin: { long: "0.5", short: "0.5" },
  maintenanceMargin: { long: "0.25", short: "0.3" },
  commission: { perShare: "0", minimumPerOrder: "0" },
  regulatoryFees: true,
};

/** A profile with its decimals read. */
export interface Terms {
  readonly participationRate: Fixed;
  readonly unquotedSize: Fixed;
  readonly maxQuoteAgeMs: number;
  readonly initialLong: Fixed;
  readonly initialShort: Fixed;
  readonly maintenanceLong: Fixed;
  readonly maintenanceShort: Fixed;
  readonly commissionPerShare: Fixed;
  readonly commissionMinimum: Fixed;
  readonly regulatoryFees: boolean;
  readonly money: MoneyTerms;
  readonly matching: MatchingTerms;
}

/** @throws DecimalError for a decimal that cannot be read, RangeError for one out of its range. */
export function readProfile(profile: PaperProfile): Terms {
  // Regulation T, 12 CFR 220.8: in a cash account a purchase is paid in full.
  const isCash = profile.account === "cash";
  const terms: Terms = {
    participationRate: parseFixed(profile.participationRate),
    unquotedSize: parseFixed(profile.unquotedSize),
    maxQuoteAgeMs: profile.maxQuoteAgeMs,
    initialLong: isCash ? ONE : parseFixed(profile.initialMargin.long),
    initialShort: isCash ? ONE : parseFixed(profile.initialMargin.short),
    maintenanceLong: parseFixed(profile.maintenanceMargin.long),
    maintenanceShort: parseFixed(profile.maintenanceMargin.short),
    commissionPerShare: parseFixed(profile.commission.perShare),
    commissionMinimum: parseFixed(profile.commission.minimumPerOrder),
    regulatoryFees: profile.regulatoryFees,
    matching: readMatchingTerms(profile),
    money: readMoneyTerms(profile, profile.commission.perOrder),
  };
  if (terms.participationRate <= 0n || terms.participationRate > parseFixed(1)) {
    throw new RangeError(`participationRate must be above 0 and at most 1, not ${profile.participationRate}`);
  }
  if (!(terms.maxQuoteAgeMs > 0)) throw new RangeError(`maxQuoteAgeMs must be above 0, not ${terms.maxQuoteAgeMs}`);
  for (const value of Object.values(terms)) {
    if (typeof value === "bigint" && value < 0n) throw new RangeError(`profile ${profile.name} has a negative term`);
  }
  if (terms.initialLong === 0n || terms.initialShort === 0n) throw new RangeError("initial margin must be above 0");
  return terms;
}
