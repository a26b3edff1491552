import type { BrokerCapabilities } from "../domain/capabilities.ts";
import type { DecimalInput } from "../domain/decimal.ts";
import type { MarketFeed } from "../feeds/MarketFeed.ts";
import type { RiskPolicy } from "../paper/PaperConfig.ts";
import type { PaperStore } from "../paper/PaperStore.ts";

/** What a vendor's mock differs in from the next one's. */
export interface MockBrokerData {
  /** "Interactive Brokers". */
  readonly name: string;
  readonly accountId: string;
  readonly startingCash: DecimalInput;
  readonly capabilities: BrokerCapabilities;
}

/** An invented account, which may outlive the client that trades on it. */
export interface MockAccount {
  readonly store: PaperStore;
  /** Sets its order and execution ids apart from those of every other account and run (PX3). */
  readonly seed: number;
}

/** How a client in mock mode is asked for; the spec's `{ mockMode: true, mockLatency: 10 }` is one. */
export interface MockConfig {
  readonly mode?: "mock";
  readonly mockMode?: true;
  /** Milliseconds that every call takes. @default 100 */
  readonly mockLatency?: number;
  /** Names the invented market. @default 1 */
  readonly seed?: number;
  /** @default an account of its own, gone with the client */
  readonly account?: MockAccount;
  /** In place of invented prices; the caller starts nothing and disposes it. */
  readonly feed?: MarketFeed;
  readonly riskPolicy?: () => RiskPolicy;
}
