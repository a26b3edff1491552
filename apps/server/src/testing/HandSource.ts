import { BrokerError } from "@trenddojo/brokers";
import type { MarketData } from "@trenddojo/brokers/domain";
import type { QuoteSource } from "../streams/QuoteSource.ts";

/** A streaming quote a cent round `last`. */
function aTick(symbol: string, last: number, at: number): MarketData {
  return {
    symbol,
    bid: last - 0.01,
    ask: last + 0.01,
    bidSize: 100,
    askSize: 100,
    last,
    lastSize: 100,
    volume: 100,
    previousClose: null,
    timestamp: at,
    receivedAt: at,
    source: "synthetic",
    feed: "streaming",
  };
}

/** A source that counts its subscriptions and ticks by hand. */
export class HandSource implements QuoteSource {
  readonly listeners = new Map<string, (data: MarketData) => void>();
  readonly ends = new Map<string, () => void>();
  subscribed = 0;
  isOpen = true;
  isDown = false;
  /** How often it was asked for a symbol that it does not know; null while it knows all. */
  unknown: number | null = null;

  subscribe(symbol: string, listener: (data: MarketData) => void, onEnd: () => void): Promise<() => void> {
    if (this.unknown !== null) {
      this.unknown += 1;
      return Promise.reject(new BrokerError("there is none", "SYMBOL_NOT_FOUND", "Test"));
    }
    if (this.isDown) return Promise.reject(new Error("down"));
    this.subscribed += 1;
    this.listeners.set(symbol, listener);
    this.ends.set(symbol, onEnd);
    return Promise.resolve(() => void this.listeners.delete(symbol));
  }

  isMarketOpen(): boolean {
    return this.isOpen;
  }

  tick(symbol: string, last: number, at: number): void {
    this.listeners.get(symbol)?.(aTick(symbol, last, at));
  }
}
