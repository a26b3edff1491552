import type { MarketData } from "@trenddojo/brokers/domain";
import { quoteTuple } from "../../../src/streams/quoteTuple.ts";

/** The least that conflation takes: the latest JSON of what changed, and one timer. What a bare server would write by hand. */
export class Conflation {
  readonly #changed = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  readonly #latest = new Map<string, MarketData>();

  constructor(intervalMs: number, flush: (changed: ReadonlyMap<string, string>) => void) {
    this.#timer = setInterval(() => {
      if (this.#latest.size === 0) return;
      for (const [symbol, data] of this.#latest) this.#changed.set(symbol, JSON.stringify(quoteTuple(data, data.feed)));
      this.#latest.clear();
      flush(this.#changed);
      this.#changed.clear();
    }, intervalMs);
  }

  take(data: MarketData): void {
    this.#latest.set(data.symbol, data);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
