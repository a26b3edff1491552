import type { MockConfig } from "../mock/MockConfig.ts";
import type { RiskLimits, SymbolLimits, TradingState } from "../rules/RiskLimits.ts";
import type { AlpacaVenue } from "./AlpacaEndpoints.ts";
import type { AlpacaSchedulers } from "./rest/AlpacaSchedulers.ts";

/** An API key pair. Paper and live accounts have different ones. */
export interface AlpacaKeys {
  readonly keyId: string;
  readonly secretKey: string;
}

/** The streams of stock prices; `iex` is free, the others need a subscription. */
export const ALPACA_FEEDS = ["iex", "sip", "delayed_sip"] as const;
export type AlpacaFeed = (typeof ALPACA_FEEDS)[number];

/** What the desk holds this account's orders to before they are sent; asked anew for every order. */
export interface AlpacaRiskPolicy {
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
  /** Symbols with limits of their own. */
  readonly symbols?: ReadonlyMap<string, SymbolLimits>;
}

/** What both environments have in common. */
export interface AlpacaSettings {
  readonly keys: AlpacaKeys;
  /** @default "iex" */
  readonly feed?: AlpacaFeed;
  /** How prices are sent to us; msgpack is about half the bytes. @default "msgpack" */
  readonly codec?: "json" | "msgpack";
  /** @default the desk's own limits, trading active */
  readonly riskPolicy?: () => AlpacaRiskPolicy;
  /** Shared by all clients of a process: those of the same keys spend one budget. @default its own */
  readonly schedulers?: AlpacaSchedulers;
}

/** Alpaca's paper environment, or a simulator of it on this machine. */
export interface AlpacaPaperConfig extends AlpacaSettings {
  readonly mode: "paper";
  /** @default Alpaca itself */
  readonly venue?: AlpacaVenue;
}

/** Real money. */
export interface AlpacaLiveConfig extends AlpacaSettings {
  readonly mode: "live";
  readonly liveAcknowledged: true;
}

/** Mock is the default; only `live` with its acknowledgement can ever mean real money. */
export type AlpacaConfig = MockConfig | AlpacaPaperConfig | AlpacaLiveConfig;
