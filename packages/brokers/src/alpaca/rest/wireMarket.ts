import { z } from "zod";
import { instant, listOf, tick } from "./wireFields.ts";

/** https://docs.alpaca.markets/reference/getclock-1 */
export const wireClock = z.object({
  timestamp: instant,
  is_open: z.boolean(),
  next_open: instant,
  next_close: instant,
});
export type WireClock = z.infer<typeof wireClock>;

/** One trading day; `open` is "09:30" and `session_open` "0400", both New York. */
export const wireCalendarDay = z.object({
  date: z.string(),
  open: z.string(),
  close: z.string(),
  session_open: z.string().nullish(),
  session_close: z.string().nullish(),
  settlement_date: z.string().nullish(),
});
export type WireCalendarDay = z.infer<typeof wireCalendarDay>;

/** https://docs.alpaca.markets/reference/get-v2-assets-1 */
export const wireAsset = z.object({
  id: z.string(),
  class: z.string().default(""),
  exchange: z.string().default(""),
  symbol: z.string(),
  name: z.string().nullish(),
  status: z.string(),
  tradable: z.boolean(),
  shortable: z.boolean().default(false),
  fractionable: z.boolean().default(false),
  /** "overnight_tradable", "fractional_eh_enabled", … */
  attributes: listOf(z.string()),
});
export type WireAsset = z.infer<typeof wireAsset>;

/** Price 0 is an empty side; sizes are shares since November 2025. */
export const wireQuote = z.object({ t: instant, bp: tick, bs: tick, ap: tick, as: tick });
export type WireQuote = z.infer<typeof wireQuote>;

/** `i` is a 64-bit number, which a float does not hold. */
export const wireTrade = z.object({ t: instant, p: tick, s: tick, i: z.union([z.number(), z.string()]).optional() });
export type WireTrade = z.infer<typeof wireTrade>;

export const wireBar = z.object({ t: instant, o: tick, h: tick, l: tick, c: tick, v: tick });
export type WireBar = z.infer<typeof wireBar>;

/** Everything of one symbol at once; any part may be missing. */
export const wireSnapshot = z.object({
  latestTrade: wireTrade.nullish(),
  latestQuote: wireQuote.nullish(),
  minuteBar: wireBar.nullish(),
  dailyBar: wireBar.nullish(),
  prevDailyBar: wireBar.nullish(),
});
export type WireSnapshot = z.infer<typeof wireSnapshot>;
