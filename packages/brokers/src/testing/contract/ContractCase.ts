import type { BrokerClient } from "../../BrokerClient.ts";

/** What a broker's simulator lets a test do to its market. Each act has reached the broker when it resolves. */
export interface ContractMarket {
  /** A quote with `size` shares on each side, 1,000 by default. */
  quote(symbol: string, bid: number, ask: number, size?: number): Promise<void>;
  /** A trade of 100 shares. */
  print(symbol: string, price: number): Promise<void>;
  /** Resolves when `condition` holds; rejects when it does not in good time. */
  until(condition: () => boolean): Promise<void>;
}

/**
 * One broker to hold to the contract: an account with at least 100,000 and nothing in it, not connected yet, in a market
 * that is open and quotes AAPL at 100.00 to 100.02 and MSFT at 200.00 to 200.05, a thousand shares on each side.
 */
export interface BrokerContractHarness extends AsyncDisposable {
  readonly client: BrokerClient;
  readonly market: ContractMarket;
}

export type ContractRule = `BC${number}`;

/** One thing that every broker does. */
export interface ContractCase {
  /** The rule of SPEC.md. */
  readonly rule: ContractRule;
  readonly title: string;
  /** @default true */
  readonly isConnected?: boolean;
  readonly run: (harness: BrokerContractHarness) => Promise<void>;
}

export function contractCase(rule: ContractRule, title: string, run: ContractCase["run"]): ContractCase {
  return { rule, title, run };
}

/** A case that begins before `connect`. */
export function unconnectedCase(rule: ContractRule, title: string, run: ContractCase["run"]): ContractCase {
  return { rule, title, run, isConnected: false };
}
