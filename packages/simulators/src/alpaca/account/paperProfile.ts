import { formatFixed, divide, parseFixed } from "@trenddojo/brokers/domain";
import { ALPACA_LIKE_PROFILE, type PaperProfile } from "@trenddojo/brokers/paper";
import type { FeedDescription } from "@trenddojo/brokers";
import type { VendorQuirks } from "./VendorQuirks.ts";

/**
 * The exchange's terms for an account that may buy `multiplier` times its equity: 1 is a limited margin account, 2 is
 * Regulation T's, 4 is what a fresh paper account has within the day. Where the feed names auctions, orders for them trade
 * at the official prices; elsewhere the tape's first and last print of a session are taken for them.
 */
export function paperProfile(
  multiplier: string,
  { latencyMs, sizes, regulatoryFees }: Required<VendorQuirks>,
  { namesAuctions }: Pick<FeedDescription, "namesAuctions">,
): PaperProfile {
  const fraction = formatFixed(divide(parseFixed("1"), parseFixed(multiplier), "up"));
  return {
    ...ALPACA_LIKE_PROFILE,
    regulatoryFees,
    initialMargin: { long: fraction, short: fraction },
    ...(namesAuctions ? { auctionPrices: "official" } : {}),
    ...(sizes === "ignored" ? {} : { sizeModel: sizes, partialFillPercent: 0 }),
    ...(latencyMs === 0 ? {} : { latency: { inMs: latencyMs, outMs: 0, jitterMs: 0 } }),
  };
}
