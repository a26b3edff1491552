import { supported, unsupported } from "../domain/capability.ts";
import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { money, type Money } from "../domain/decimal.ts";
import type { Mode } from "../domain/Mode.ts";
import type { FeedDescription, MarketFeed } from "../feeds/MarketFeed.ts";
import { DEFAULT_RISK_LIMITS, type RiskLimits, type SymbolLimits, type TradingState } from "../rules/RiskLimits.ts";
import type { PaperStore } from "./PaperStore.ts";
import { DEFAULT_PAPER_PROFILE, type PaperProfile } from "./profile.ts";

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
  /** Symbols with limits of their own. */
  readonly symbols?: ReadonlyMap<string, SymbolLimits>;
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
const NO_AUCTIONS = unsupported(SPEC, "these prices tick at all hours, so the market has no opening and no closing");
const NO_LIMIT = { value: null, source: SPEC };

/** What the paper exchange does on a market with sessions. */
export const PAPER_CAPABILITIES: BrokerCapabilities = {
  orderTypes: { market: supported(SPEC), limit: supported(SPEC), stop: supported(SPEC), stop_limit: supported(SPEC) },
  timesInForce: {
    day: supported(SPEC),
    gtc: supported(SPEC),
    ioc: supported(SPEC),
    fok: supported(SPEC),
    opg: supported(SPEC),
    cls: supported(SPEC),
  },
  orderClasses: { bracket: supported(SPEC), oco: supported(SPEC), oto: supported(SPEC) },
  fractional: supported(SPEC),
  notional: supported(SPEC),
  shortSelling: supported(SPEC),
  extendedHours: supported(SPEC),
  modifyOrder: supported(SPEC),
  streamingQuotes: supported(SPEC),
  orderUpdates: supported(SPEC),
  historicalBars: supported(SPEC),
  clientOrderIdLookup: supported(SPEC),
  repeatedOrderIds: supported(SPEC),
  trailingStop: supported(SPEC),
  goodTillDate: supported(SPEC),
  limits: { maxOpenOrders: NO_LIMIT, maxOpenOrdersPerSide: NO_LIMIT, maxQuoteSubscriptions: NO_LIMIT },
};

/** What it does on a feed: one that ticks at all hours has no auctions (PX90). */
export function paperCapabilities({ alwaysOpen }: Pick<FeedDescription, "alwaysOpen">): BrokerCapabilities {
  if (!alwaysOpen) return PAPER_CAPABILITIES;
  const { timesInForce } = PAPER_CAPABILITIES;
  return { ...PAPER_CAPABILITIES, timesInForce: { ...timesInForce, opg: NO_AUCTIONS, cls: NO_AUCTIONS } };
}

/** An account's terms on a feed: where it names auctions, only those open and close, unless the profile says otherwise (PX95). */
export function profileOnFeed(
  { namesAuctions }: Pick<FeedDescription, "namesAuctions">,
  profile: PaperProfile = DEFAULT_PAPER_PROFILE,
): PaperProfile {
  return namesAuctions ? { auctionPrices: "official", ...profile } : profile;
}
