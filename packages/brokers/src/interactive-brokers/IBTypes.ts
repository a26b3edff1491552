import type { MockConfig } from "../mock/MockConfig.ts";
import type { RiskLimits, SymbolLimits, TradingState } from "../rules/RiskLimits.ts";
import type { OrderIdStore } from "./OrderIdStore.ts";

/** Where TWS or the IB Gateway listens. A port proves nothing about the account behind it. */
export interface GatewayAddress {
  readonly host: string;
  readonly port: number;
  /** The API client id; fixed, since only it can modify its own orders. */
  readonly clientId: number;
}

/** What the desk holds this account's orders to before they are sent; asked anew for every order. */
export interface IBRiskPolicy {
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
  /** Symbols with limits of their own. */
  readonly symbols?: ReadonlyMap<string, SymbolLimits>;
}

/** What both modes have in common. */
export interface IBSettings {
  readonly gateway: GatewayAddress;
  /** Which of the login's accounts. @default its only one */
  readonly account?: string;
  /** Where the order ids that were taken are kept; it outlives the process. */
  readonly orderIds: OrderIdStore;
  /** @default the desk's own limits, trading active */
  readonly riskPolicy?: () => IBRiskPolicy;
}

/** A gateway that is logged in to a paper account, or a simulator of one. */
export interface IBPaperConfig extends IBSettings {
  readonly mode: "paper";
}

/** Real money. */
export interface IBLiveConfig extends IBSettings {
  readonly mode: "live";
  readonly liveAcknowledged: true;
}

/** Mock is the default; only `live` with its acknowledgement can ever mean real money. */
export type IBConfig = MockConfig | IBPaperConfig | IBLiveConfig;
