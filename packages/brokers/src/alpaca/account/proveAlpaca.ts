import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { AccountProof, ConnectionCheck } from "../../domain/ConnectionCheck.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { endpointsOf } from "../AlpacaEndpoints.ts";
import { alpacaRefusal } from "../alpacaRefusal.ts";
import type { AlpacaFeed, AlpacaLiveConfig, AlpacaPaperConfig } from "../AlpacaTypes.ts";
import { DataRest } from "../rest/DataRest.ts";
import { HttpTransport } from "../rest/HttpTransport.ts";
import { TradingRest } from "../rest/TradingRest.ts";
import type { WireAccount, WireConfigurations } from "../rest/wireAccount.ts";
import { readAccountProof } from "./readAccountProof.ts";

/** Trades in every session, so there is always a last quote of it. */
const A_SYMBOL = "AAPL";
/** Beyond this, times on the screen and the ends of orders are off by what a person notices. */
const TOLERABLE_SKEW_MS = 2_000;

const FEED_NAMES = {
  iex: "IEX only",
  sip: "All exchanges",
  delayed_sip: "All exchanges, 15 minutes late",
} as const satisfies Record<AlpacaFeed, string>;

/**
 * What a pair of keys opens, asked of Alpaca without changing anything there.
 * @throws BrokerError for the first thing that makes it useless to connect: no answer, keys that are not accepted, an
 * account that may not trade, prices that its plan does not include.
 */
export async function proveAlpaca(
  config: AlpacaPaperConfig | AlpacaLiveConfig,
  { clock }: Pick<BrokerDeps, "clock">,
  options: CallOptions = {},
): Promise<AccountProof> {
  const { keys, feed = "iex", mode } = config;
  const venue = config.mode === "paper" ? config.venue : undefined;
  const endpoints = endpointsOf(mode, venue);
  using transport = new HttpTransport({ endpoints, keys, clock });
  const trading = new TradingRest(transport);
  const account = await readAccountProof(trading, mode, options);
  const configurations = await trading.getConfigurations(options);
  const asked = clock.monotonic();
  const { timestamp } = await trading.getClock(options);
  // Half of the time that the question took, its answer was on its way back.
  const skewMs = Math.round(timestamp - clock.now() + (clock.monotonic() - asked) / 2);
  await requirePrices(new DataRest(transport, feed), feed, options);
  const { host } = new URL(endpoints.trading);
  const checks = [
    passed("credentials", "Credentials", "accepted"),
    passed("account", "Account number", account.account_number),
    passed("host", "Host", venue?.kind === "simulator" ? `${host}, a simulator` : `${host}, the ${mode} environment`),
    passed("feed", "Prices", FEED_NAMES[feed]),
    checkClock(skewMs),
    ...checkPermissions(account, configurations),
  ];
  return { accountId: account.account_number, checks };
}

async function requirePrices(data: DataRest, feed: AlpacaFeed, options: CallOptions): Promise<void> {
  try {
    await data.getLatestQuotes([A_SYMBOL], options);
  } catch (error) {
    if (!(error instanceof BrokerError) || error.code !== BrokerErrorCode.NOT_SUPPORTED) throw error;
    const message = `Alpaca: the account's data plan does not include these prices (${FEED_NAMES[feed]}): choose others`;
    throw alpacaRefusal(BrokerErrorCode.NOT_SUPPORTED, message, { feed });
  }
}

function checkClock(skewMs: number): ConnectionCheck {
  const ahead = skewMs < 0 ? "ahead of" : "behind";
  const value = `this machine is ${Math.abs(skewMs)} ms ${ahead} Alpaca`;
  return Math.abs(skewMs) <= TOLERABLE_SKEW_MS
    ? passed("clock", "Clock", value)
    : limited("clock", "Clock", value, "Set this machine's clock by a time server (NTP).");
}

function checkPermissions(
  { trade_suspended_by_user: isSuspended, shorting_enabled: mayShort }: WireAccount,
  {
    suspend_trade: isSwitchedOff,
    no_shorting: wantsNoShorts,
    fractional_trading: hasFractions,
    disable_overnight_trading: sleepsAtNight,
  }: WireConfigurations,
): readonly ConnectionCheck[] {
  return [
    isSuspended || isSwitchedOff === true
      ? limited("trading", "Trading", "suspended by its owner", `Take "suspend trade" back ${IN_CONFIGURATION}.`)
      : passed("trading", "Trading", "allowed"),
    mayShort && wantsNoShorts !== true
      ? passed("shorting", "Short selling", "allowed")
      : limited(
          "shorting",
          "Short selling",
          "not allowed",
          `It needs 2,000 dollars of equity, and "no shorting" off ${IN_CONFIGURATION}.`,
        ),
    hasFractions === false
      ? limited("fractional", "Parts of shares", "not allowed", `Switch fractional trading on ${IN_CONFIGURATION}.`)
      : passed("fractional", "Parts of shares", "allowed"),
    sleepsAtNight === true
      ? limited("overnight", "Overnight trading", "switched off", `Switch overnight trading on ${IN_CONFIGURATION}.`)
      : passed("overnight", "Overnight trading", "allowed"),
  ];
}

const IN_CONFIGURATION = "in the account's configuration at Alpaca";

const passed = (name: string, label: string, value: string): ConnectionCheck => ({
  name,
  label,
  state: "passed",
  value,
});

const limited = (name: string, label: string, value: string, fix: string): ConnectionCheck => ({
  name,
  label,
  state: "limited",
  value,
  fix,
});
