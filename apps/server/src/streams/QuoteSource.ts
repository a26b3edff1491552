import type { MarketData } from "@trenddojo/brokers/domain";

/** Where the hub has one connection's quotes from. */
export interface QuoteSource {
  /**
   * Every tick of one symbol from now on, the latest one first where there is one. Rejects while the connection is
   * down; the hub then asks again, and so it does once `onEnd` was called because the connection was closed.
   */
  subscribe(symbol: string, listener: (data: MarketData) => void, onEnd: () => void): Promise<() => void>;
  /** The market that these prices come from trades now. */
  isMarketOpen(): boolean;
}
