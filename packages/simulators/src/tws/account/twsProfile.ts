import type { FeedDescription } from "@trenddojo/brokers";
import { REALISTIC_PROFILE, type PaperProfile } from "@trenddojo/brokers/paper";
import type { TwsQuirks } from "../Quirks.ts";

/**
 * A Reg-T margin account with fixed commissions: half a cent a share, at least a dollar an order.
 * Source: https://www.interactivebrokers.com/en/pricing/commissions-stocks.php
 */
export function twsProfile(
  { latencyMs, sizes }: Required<TwsQuirks>,
  { namesAuctions }: Pick<FeedDescription, "namesAuctions">,
): PaperProfile {
  return {
    ...REALISTIC_PROFILE,
    name: "tws",
    commission: { perShare: "0.005", minimumPerOrder: "1" },
    ...(namesAuctions ? { auctionPrices: "official" } : {}),
    ...(sizes === "displayed" ? {} : { sizeModel: sizes }),
    ...(latencyMs === 0 ? {} : { latency: { inMs: latencyMs, outMs: 0, jitterMs: 0 } }),
  };
}
