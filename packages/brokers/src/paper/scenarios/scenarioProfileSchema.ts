import { z } from "zod";
import type { PaperProfile } from "../profile.ts";

const rates = z.strictObject({ long: z.string(), short: z.string() });
const borrowTerms = z.discriminatedUnion("availability", [
  z.strictObject({ availability: z.literal("easy"), annualRate: z.string() }),
  z.strictObject({ availability: z.literal("hard"), annualRate: z.string(), shares: z.string() }),
  z.strictObject({ availability: z.literal("none") }),
]);

/** The terms that differ from the default profile. Decimals are text; the engine refuses those out of their range. */
export const scenarioProfileSchema = z.strictObject({
  participationRate: z.string().exactOptional(),
  unquotedSize: z.string().exactOptional(),
  maxQuoteAgeMs: z.number().exactOptional(),
  initialMargin: rates.exactOptional(),
  maintenanceMargin: rates.exactOptional(),
  commission: z
    .strictObject({ perShare: z.string(), minimumPerOrder: z.string(), perOrder: z.string().exactOptional() })
    .exactOptional(),
  regulatoryFees: z.boolean().exactOptional(),
  account: z.enum(["margin", "cash"]).exactOptional(),
  exchangeFees: z
    .array(
      z.strictObject({
        from: z.iso.date(),
        removePerShare: z.string(),
        removeBelowDollar: z.string(),
        addPerShare: z.string(),
      }),
    )
    .exactOptional(),
  borrow: z
    .strictObject({ others: borrowTerms, symbols: z.record(z.string(), borrowTerms).exactOptional() })
    .exactOptional(),
  sizeModel: z.enum(["displayed", "unlimited"]).exactOptional(),
  queueModel: z.enum(["displayed", "through", "none"]).exactOptional(),
  partialFillPercent: z.number().exactOptional(),
  auctionPrices: z.enum(["tape", "official"]).exactOptional(),
  latency: z.strictObject({ inMs: z.number(), outMs: z.number(), jitterMs: z.number() }).exactOptional(),
}) satisfies z.ZodType<Partial<PaperProfile>>;
