import { supported, unsupported } from "../domain/capability.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { money, type Money } from "../domain/decimal.ts";
import type { Mode } from "../domain/Mode.ts";
import type { MarketFeed } from "../feeds/MarketFeed.ts";
import { DEFAULT_RISK_LIMITS, type RiskLimits, type TradingState } from "../rules/RiskLimits.ts";
import type { PaperStore } from "./PaperStore.ts";
import type { PaperProfile } from "./profile.ts";

/** A feed for the length of one connection; disposing it ends the feed only where it was opened for this connection. */
export interface FeedLease extends AsyncDisposable {
  readonly feed: MarketFeed;
}

/** A feed that others use too and its owner disposes. */
export function sharedFeed(feed: MarketFeed): () => FeedLease {
  return () => ({ feed, [Symbol.asyncDispose]: () => Promise.resolve() });
}

/** A feed of its own for each connection. */
export function ownFeed(create: () => MarketFeed): () => FeedLease {
  return () => {
    const feed = create();
    return { feed, [Symbol.asyncDispose]: async () => feed[Symbol.asyncDispose]() };
  };
}

/** What an account's orders are held to now; asked anew for every order. */
export interface RiskPolicy {
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
}

export const DEFAULT_RISK_POLICY: RiskPolicy = { limits: DEFAULT_RISK_LIMITS, tradingState: "ACTIVE" };

/** Dollars. Twice as much, and what an account may gain, is still an exact decimal. */
export const LARGEST_STARTING_CASH = money("1000000000000");

/** One account on the paper exchange. */
export interface PaperBackendConfig {
  /** As a person reads it: "Paper". */
  readonly name: string;
  readonly mode: Exclude<Mode, "live">;
  readonly accountId: string;
  /** From zero to `LARGEST_STARTING_CASH`. */
  readonly startingCash: Money;
  readonly openFeed: () => FeedLease;
  readonly store: PaperStore;
  /** Goes into the ids of orders and executions (PX3). @default 1 */
  readonly seed?: number;
  readonly profile?: PaperProfile;
  readonly capabilities?: BrokerCapabilities;
  readonly riskPolicy?: () => RiskPolicy;
  /** The fewest events between two snapshots; an old account has more (`isSnapshotDue`). @default 1_000 */
  readonly snapshotEvery?: number;
}

const SPEC = "packages/brokers/src/paper/SPEC.md";
const AUCTION = unsupported(SPEC, "the desk's feeds do not tell their openings and closings yet");
const WHOLE = unsupported(SPEC, "the desk's feeds list instruments that trade in whole shares");
const NO_LIMIT = { value: null, source: SPEC };

export const PAPER_CAPABILITIES: BrokerCapabilities = {
  orderTypes: { market: supported(SPEC), limit: supported(SPEC), stop: supported(SPEC), stop_limit: supported(SPEC) },
  timesInForce: {
    day: supported(SPEC),
    gtc: supported(SPEC),
    ioc: supported(SPEC),
    fok: supported(SPEC),
    opg: AUCTION,
    cls: AUCTION,
  },
  orderClasses: { bracket: supported(SPEC), oco: supported(SPEC), oto: supported(SPEC) },
  fractional: WHOLE,
  notional: WHOLE,
  shortSelling: supported(SPEC),
  extendedHours: supported(SPEC),
  modifyOrder: supported(SPEC),
  streamingQuotes: supported(SPEC),
  orderUpdates: supported(SPEC),
  historicalBars: supported(SPEC),
  clientOrderIdLookup: supported(SPEC),
  trailingStop: supported(SPEC),
  goodTillDate: supported(SPEC),
  limits: { maxOpenOrders: NO_LIMIT, maxOpenOrdersPerSide: NO_LIMIT, maxQuoteSubscriptions: NO_LIMIT },
};
