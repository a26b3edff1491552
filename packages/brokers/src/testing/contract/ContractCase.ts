import type { BrokerClient } from "../../BrokerClient.ts";
import type { CapabilityKey } from "../../domain/capabilityRows.ts";
import type { MarketSession } from "../../domain/marketData.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";

/** What a broker's simulator lets a test do to its market. Each act has reached the broker when it resolves. */
export interface ContractMarket {
  /** A quote with `size` shares on each side, 1,000 by default; a side that is null is empty. */
  quote(symbol: string, bid: number | null, ask: number | null, size?: number): Promise<void>;
  /** A trade of 100 shares. */
  print(symbol: string, price: number): Promise<void>;
  /** Moves time on by `ms`, in which nothing is quoted. */
  advance(ms: number): Promise<void>;
  /** Moves time on to the next beginning of a session: "closed" closes the market, "regular" opens it. Nothing is quoted meanwhile. */
  enter(session: MarketSession): Promise<void>;
  /** Halts a symbol, names an official price, tells a corporate action; null where the simulator has no news. */
  readonly tell: ((news: MarketNews) => Promise<void>) | null;
  /** False where the broker does not tell when a quote was made, so that one that is asked for looks new. @default true */
  readonly tellsQuoteTimes?: boolean;
  /** Resolves when `condition` holds; rejects when it does not in good time. */
  until(condition: () => boolean): Promise<void>;
}

/** What a broker's simulator lets a test do to the broker itself. */
export interface ContractBroker {
  /** Loses the connection or degrades it, as an outage does, and changes nothing of the account. */
  breakConnection(): Promise<void>;
  /** Takes away limits of our own, so that the broker's own rules speak. */
  liftRiskLimits(): void;
  /**
   * Commands take effect from here on, and their answers wait until the returned function is called; null where the
   * broker answers in the same breath, so that there is nothing to wait for.
   */
  readonly holdAnswers: (() => () => void) | null;
  /**
   * Disconnects, and connects a new client as a new process would: to the same account or, where none outlives its
   * process, to a new one.
   */
  reopen(): Promise<BrokerClient>;
}

/**
 * One broker to hold to the contract: an account with at least 100,000 and nothing in it, not connected yet, in the
 * regular session of a market with hours, which quotes AAPL at 100.00 to 100.02 and MSFT at 200.00 to 200.05, a
 * thousand shares on each side, and knows TSLA, of which there is no price yet.
 */
export interface BrokerContractHarness extends AsyncDisposable {
  readonly client: BrokerClient;
  readonly market: ContractMarket;
  readonly broker: ContractBroker;
}

export type ContractRule = `BC${number}`;

/** One thing that every broker does. */
export interface ContractCase {
  /** The rule of SPEC.md. */
  readonly rule: ContractRule;
  readonly title: string;
  /** @default true */
  readonly isConnected?: boolean;
  /** The capabilities that it exercises; a broker that denies one of them skips the case with its own reason. */
  readonly proves?: readonly CapabilityKey[];
  /** Why it cannot be run on this harness; undefined where it can. */
  readonly obstacle?: (harness: BrokerContractHarness) => string | undefined;
  readonly run: (harness: BrokerContractHarness) => Promise<void>;
}

export function contractCase(rule: ContractRule, title: string, run: ContractCase["run"]): ContractCase {
  return { rule, title, run };
}

/** A case that begins before `connect`. */
export function unconnectedCase(rule: ContractRule, title: string, run: ContractCase["run"]): ContractCase {
  return { rule, title, run, isConnected: false };
}

/** The case that a claim of these capabilities rests on. */
export function proof(proves: readonly CapabilityKey[], of: ContractCase): ContractCase {
  return { ...of, proves };
}

/** A case that holds back the answers of the broker, by calling its last argument. */
export function heldCase(
  rule: ContractRule,
  title: string,
  run: (harness: BrokerContractHarness, holdAnswers: () => () => void) => Promise<void>,
): ContractCase {
  return {
    rule,
    title,
    obstacle: ({ broker }) => (broker.holdAnswers === null ? "it answers in the same breath" : undefined),
    run: async (harness) => {
      const { holdAnswers } = harness.broker;
      if (holdAnswers !== null) await run(harness, holdAnswers);
    },
  };
}
