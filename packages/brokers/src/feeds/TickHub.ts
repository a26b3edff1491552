import type { MarketData } from "../domain/marketData.ts";
import type { TickListener } from "./MarketFeed.ts";
import { throwLater } from "./throwLater.ts";

/** Hands ticks to their listeners and keeps the newest of each symbol. */
export class TickHub {
  readonly #latest = new Map<string, MarketData>();
  readonly #bySymbol = new Map<string, Set<Subscription>>();
  readonly #all = new Set<Subscription>();
  readonly #onListenerError: (error: unknown) => void;
  #ticks = 0;

  /** @param onListenerError hears what a listener throws; the others get their tick all the same. */
  constructor(onListenerError: (error: unknown) => void = throwLater) {
    this.#onListenerError = onListenerError;
  }

  /** Ticks published so far. */
  get ticks(): number {
    return this.#ticks;
  }

  latest(symbol: string): MarketData | undefined {
    return this.#latest.get(symbol);
  }

  /** The same listener may subscribe twice and is then called twice. */
  subscribe(symbol: string, listener: TickListener): () => void {
    let subscriptions = this.#bySymbol.get(symbol);
    if (subscriptions === undefined) this.#bySymbol.set(symbol, (subscriptions = new Set()));
    const end = addTo(subscriptions, listener);
    return () => {
      end();
      if (this.#bySymbol.get(symbol)?.size === 0) this.#bySymbol.delete(symbol);
    };
  }

  subscribeAll(listener: TickListener): () => void {
    return addTo(this.#all, listener);
  }

  /** Remembers the tick and calls the symbol's listeners, then those of all, each group in order of subscription. */
  publish(tick: MarketData): void {
    this.#ticks += 1;
    this.#latest.set(tick.symbol, tick);
    const subscriptions = this.#bySymbol.get(tick.symbol);
    if (subscriptions !== undefined) this.#deliver(subscriptions, tick);
    this.#deliver(this.#all, tick);
  }

  /** Forgets every listener. */
  close(): void {
    this.#bySymbol.clear();
    this.#all.clear();
  }

  #deliver(subscriptions: Set<Subscription>, tick: MarketData): void {
    for (const { listener } of subscriptions) {
      try {
        listener(tick);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

interface Subscription {
  readonly listener: TickListener;
}

function addTo(subscriptions: Set<Subscription>, listener: TickListener): () => void {
  const subscription: Subscription = { listener };
  subscriptions.add(subscription);
  return () => {
    subscriptions.delete(subscription);
  };
}
