import { z } from "zod";
import { exact, instant, listOf, optional, rounded, ZERO } from "./wireFields.ts";

const money = optional(rounded).transform((value) => value ?? ZERO);

/** https://docs.alpaca.markets/reference/getaccount-1 */
export const wireAccount = z.object({
  account_number: z.string().min(1),
  /** "ACTIVE" trades; any other, known or not, does not. */
  status: z.string(),
  currency: z.string().default("USD"),
  cash: rounded,
  equity: rounded,
  last_equity: money,
  buying_power: rounded,
  /** Of a margin account at twice its equity, whatever its multiplier: what the overnight session goes by. */
  regt_buying_power: optional(rounded),
  long_market_value: money,
  short_market_value: money,
  initial_margin: money,
  maintenance_margin: money,
  /** Buying power for each dollar: 1, 2 or 4. */
  multiplier: optional(rounded),
  account_blocked: z.boolean().default(false),
  trading_blocked: z.boolean().default(false),
  trade_suspended_by_user: z.boolean().default(false),
  shorting_enabled: z.boolean().default(true),
});
export type WireAccount = z.infer<typeof wireAccount>;

/** https://docs.alpaca.markets/reference/getallopenpositions */
export const wirePosition = z.object({
  symbol: z.string(),
  asset_class: z.string().default(""),
  /** Negative when short. */
  qty: exact,
  avg_entry_price: rounded,
  current_price: optional(rounded),
  market_value: optional(rounded),
  unrealized_pl: optional(rounded),
});
export type WirePosition = z.infer<typeof wirePosition>;

/** One execution, as https://docs.alpaca.markets/reference/getaccountactivitiesbyactivitytype-1 lists it. */
export const wireFillActivity = z.object({
  /** Goes on as `page_token`; the time in it is New York's and not to be read. */
  id: z.string(),
  transaction_time: instant,
  symbol: z.string(),
  side: z.string(),
  qty: exact,
  price: exact,
  cum_qty: exact,
  order_id: z.string(),
});
export type WireFillActivity = z.infer<typeof wireFillActivity>;

/** An execution, or a half of a split: only what the reckoning of gains needs. */
export const wireFillOrSplit = z.object({
  id: z.string(),
  activity_type: z.string(),
  symbol: z.string().nullish(),
  side: z.string().nullish(),
  qty: optional(exact),
  price: optional(rounded),
  status: z.string().nullish(),
});
export type WireFillOrSplit = z.infer<typeof wireFillOrSplit>;

/**
 * Any activity: a fill, a dividend, a fee, a journal entry. A split or a new name is two of them, of which one takes the
 * old shares away and the other brings the new ones.
 */
export const wireActivity = z.object({
  /** Unique; the time in it is not to be read. */
  id: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  activity_type: z.string().min(1),
  /** "CDIV" of "DIV", "FSPLIT" of "SPLIT". */
  activity_sub_type: z.string().nullish(),
  /** The same for what belongs together. */
  group_id: z.string().nullish(),
  symbol: z.string().nullish(),
  /** Of a dividend, the shares that it was paid on; else what came or, negative, went. */
  qty: optional(exact),
  price: optional(rounded),
  net_amount: optional(rounded),
  per_share_amount: optional(rounded),
  /** New York's. */
  date: z.string().nullish(),
  created_at: optional(instant),
  transaction_time: optional(instant),
  /** In a split "REMOVE, …" or "ADD, …". */
  description: z.string().nullish(),
  /** "executed", "correct" or "canceled". */
  status: z.string().nullish(),
});
export type WireActivity = z.infer<typeof wireActivity>;

/** https://docs.alpaca.markets/reference/getaccountconfig-1 */
export const wireConfigurations = z.object({
  suspend_trade: z.boolean().optional(),
  no_shorting: z.boolean().optional(),
  fractional_trading: z.boolean().optional(),
  /** "1", "2" or "4". */
  max_margin_multiplier: z.string().optional(),
  trade_confirm_email: z.string().optional(),
  disable_overnight_trading: z.boolean().optional(),
  ptp_no_exception_entry: z.boolean().optional(),
});
export type WireConfigurations = z.infer<typeof wireConfigurations>;

/** Parallel lists, https://docs.alpaca.markets/reference/getaccountportfoliohistory-1. Numbers here: it is a chart. */
export const wirePortfolioHistory = z.object({
  timestamp: listOf(z.number()),
  equity: listOf(z.number().nullable()),
  profit_loss: listOf(z.number().nullable()),
  profit_loss_pct: listOf(z.number().nullable()),
  base_value: z.number().nullish(),
  timeframe: z.string().nullish(),
});
export type WirePortfolioHistory = z.infer<typeof wirePortfolioHistory>;

/** How one of several cancels or closings went: each has an HTTP status of its own. */
export const wireCanceled = z.object({ id: z.string(), status: z.number() });
export const wireClosed = z.object({ symbol: z.string(), status: z.number(), body: z.unknown() });
