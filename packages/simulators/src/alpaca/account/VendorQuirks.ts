/** How the vendor behaves where its documents leave it open, or no document says it. */
export interface VendorQuirks {
  /** Milliseconds until a request reaches the exchange; meanwhile it is `pending_new`, `pending_cancel` or `pending_replace`. @default 0 */
  readonly latencyMs?: number;
  /** Whether a replacement goes on counting what the replaced order filled. @default "carried" */
  readonly replacementFills?: "carried" | "anew";
  /** What becomes of the profit when its stop fills (alpaca-py issue 198). @default "replaced" */
  readonly takeProfitAfterStop?: "replaced" | "canceled";
  /**
   * How much a quote fills: anything, with one fill in ten cut to a random part, as the paper service does; or the size
   * that it shows, as a market does. @default "ignored"
   */
  readonly sizes?: "ignored" | "displayed";
  /** Whether a stop on the wrong side of the market is refused. @default true */
  readonly refuseStopsThroughMarket?: boolean;
  /**
   * When orders for an opening or a closing are taken: not between the vendor's cutoff and 19:00, or at any time at which
   * the exchange itself takes them. @default "vendor"
   */
  readonly auctionHours?: "vendor" | "exchange";
  /**
   * When a dividend, a split, a fee is listed among the activities: on the day after, or at once. The account itself is
   * changed at once.
   * @default "next_day"
   */
  readonly activityDelay?: "next_day" | "none";
  /** Whether sales pay the fees of SEC and FINRA, which the paper service does not charge. @default false */
  readonly regulatoryFees?: boolean;
}

export const DEFAULT_QUIRKS: Required<VendorQuirks> = {
  latencyMs: 0,
  replacementFills: "carried",
  takeProfitAfterStop: "replaced",
  sizes: "ignored",
  refuseStopsThroughMarket: true,
  auctionHours: "vendor",
  activityDelay: "next_day",
  regulatoryFees: false,
};
