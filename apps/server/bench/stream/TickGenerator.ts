import type { MarketData } from "@trenddojo/brokers/domain";

/** Where a variant gets its ticks from. */
export type TickListener = (data: MarketData) => void;

/**
 * Ticks of random symbols at an even rate, in the server's own process: the same cost for every variant. Their time of
 * receipt is the machine's wall clock with its fractions, which the clients compare with their own.
 */
export class TickGenerator {
  readonly #symbols: readonly string[];
  readonly #perSecond: number;
  #timer: NodeJS.Timeout | null = null;
  /** A linear congruential generator (Numerical Recipes): the same ticks in every run. */
  #random = 20_261_123;
  #made = 0;

  constructor(symbols: readonly string[], perSecond: number) {
    this.#symbols = symbols;
    this.#perSecond = perSecond;
  }

  get made(): number {
    return this.#made;
  }

  start(listener: TickListener): void {
    const startedAt = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      // One receipt for all of a turn, as for the ticks of one frame of a feed: asking the time for each is the bench's cost.
      const now = performance.now();
      const due = Math.floor(((now - startedAt) / 1_000) * this.#perSecond);
      const at = Math.round((performance.timeOrigin + now) * 10) / 10;
      for (; sent < due; sent += 1) listener(this.#next(at));
    }, 1);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #next(at: number): MarketData {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    this.#made += 1;
    const symbol = this.#symbols[this.#random % this.#symbols.length] ?? "";
    const last = 100 + (this.#random % 10_000) / 100;
    return {
      symbol,
      bid: last - 0.01,
      ask: last + 0.01,
      bidSize: 300,
      askSize: 200,
      last,
      lastSize: 100,
      volume: this.#made,
      previousClose: 100,
      timestamp: Math.floor(at),
      receivedAt: at,
      source: "synthetic",
      feed: "streaming",
    };
  }
}
