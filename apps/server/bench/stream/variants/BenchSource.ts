import type { MarketData } from "@trenddojo/brokers/domain";
import type { QuoteSource } from "../../../src/streams/QuoteSource.ts";

/** The upstream of a hub: hands on what it is given. */
export class BenchSource implements QuoteSource {
  readonly #listeners = new Map<string, (data: MarketData) => void>();

  subscribe(symbol: string, listener: (data: MarketData) => void): Promise<() => void> {
    this.#listeners.set(symbol, listener);
    return Promise.resolve(() => void this.#listeners.delete(symbol));
  }

  isMarketOpen(): boolean {
    return true;
  }

  take(data: MarketData): void {
    this.#listeners.get(data.symbol)?.(data);
  }
}
