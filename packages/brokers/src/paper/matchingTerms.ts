import { fixedFromTick, type Fixed } from "../domain/decimal.ts";

/** How an account's orders meet the market, as data. */
export interface MatchingProfile {
  /** How much a quote fills: what it shows, or anything. @default "displayed" */
  readonly sizeModel?: "displayed" | "unlimited";
  /**
   * What fills an order that rests behind a quoted far side: `displayed` keeps its place behind the size that was shown at
   * its price; with `through` only a print beyond its price does; with `none` only the quote does. @default "displayed"
   */
  readonly queueModel?: "displayed" | "through" | "none";
  /** Of a hundred fills against a quote, how many are cut to a random part, 0 to 100. @default 0 */
  readonly partialFillPercent?: number;
  /**
   * What opens and closes: the first and last print of the tape's regular session, or only prices that the exchange names
   * official. @default "tape", and on a feed that names them "official" (`profileOnFeed`)
   */
  readonly auctionPrices?: "tape" | "official";
  /** Market milliseconds until a request reaches the market and a report its owner; whole. @default none */
  readonly latency?: Latency;
}

export interface Latency {
  readonly inMs: number;
  readonly outMs: number;
  /** Up to this much more, drawn anew for each message. */
  readonly jitterMs: number;
}

export interface MatchingTerms {
  readonly sizeModel: "displayed" | "unlimited";
  readonly queueModel: "displayed" | "through" | "none";
  readonly partialFillPercent: number;
  readonly auctionPrices: "tape" | "official";
  /** Null where there is none. */
  readonly latency: Latency | null;
}

const LONGEST_LATENCY_MS = 60_000;
/** More than any order may ask for. */
export const UNLIMITED: Fixed = fixedFromTick(9e9);

/** @throws RangeError for a number out of its range. */
export function readMatchingTerms(profile: MatchingProfile): MatchingTerms {
  const {
    sizeModel = "displayed",
    queueModel = "displayed",
    partialFillPercent = 0,
    auctionPrices = "tape",
    latency,
  } = profile;
  if (!(partialFillPercent >= 0 && partialFillPercent <= 100)) {
    throw new RangeError(`partialFillPercent must be from 0 to 100, not ${partialFillPercent}`);
  }
  for (const milliseconds of Object.values(latency ?? {})) {
    if (Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= LONGEST_LATENCY_MS) continue;
    throw new RangeError(`a latency must be whole and from 0 to ${LONGEST_LATENCY_MS} ms, not ${milliseconds}`);
  }
  const hasLatency = latency !== undefined && latency.inMs + latency.outMs + latency.jitterMs > 0;
  return { sizeModel, queueModel, partialFillPercent, auctionPrices, latency: hasLatency ? latency : null };
}
