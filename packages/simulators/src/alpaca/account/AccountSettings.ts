import { z } from "zod";
import { invalid } from "../wire/ApiRefusal.ts";

/** What its owner may set about an account: `GET` and `PATCH /v2/account/configurations`, in the vendor's names. */
export interface AccountSettings {
  readonly suspend_trade: boolean;
  readonly no_shorting: boolean;
  readonly fractional_trading: boolean;
  readonly max_margin_multiplier: "1" | "2" | "4";
  readonly trade_confirm_email: "all" | "none";
  readonly max_options_trading_level: number;
  readonly disable_overnight_trading: boolean;
  readonly ptp_no_exception_entry: boolean;
}

export const DEFAULT_SETTINGS: AccountSettings = {
  suspend_trade: false,
  no_shorting: false,
  fractional_trading: true,
  max_margin_multiplier: "4",
  trade_confirm_email: "all",
  max_options_trading_level: 3,
  disable_overnight_trading: false,
  ptp_no_exception_entry: false,
};

export const settingsSchema = z.object({
  suspend_trade: z.boolean(),
  no_shorting: z.boolean(),
  fractional_trading: z.boolean(),
  max_margin_multiplier: z.enum(["1", "2", "4"]),
  trade_confirm_email: z.enum(["all", "none"]),
  max_options_trading_level: z.int().min(0).max(3),
  disable_overnight_trading: z.boolean(),
  ptp_no_exception_entry: z.boolean(),
});
const patch = settingsSchema.partial();

/** @throws ApiRefusal for a value that is none. */
export function patchSettings(settings: AccountSettings, body: unknown): AccountSettings {
  const read = patch.safeParse(body);
  if (!read.success) throw invalid(`invalid ${read.error.issues[0]?.path.join(".") ?? "body"}`);
  // Only what was given: an absent field stays as it is.
  const given = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
}

/** What the vendor decides about an account. */
export interface AccountStanding {
  /** Only ACTIVE trades. */
  readonly status: "ACTIVE" | "ACCOUNT_UPDATED" | "ACTION_REQUIRED" | "LIMITED" | "ACCOUNT_CLOSED" | "INACTIVE";
  readonly tradingBlocked: boolean;
  readonly accountBlocked: boolean;
}

export const GOOD_STANDING: AccountStanding = { status: "ACTIVE", tradingBlocked: false, accountBlocked: false };
