import type { MarketData } from "@trenddojo/brokers/domain";

/** How late delayed prices are. https://interactivebrokers.github.io/tws-api/delayed_data.html says 10 to 15 minutes. */
export const DELAY_MS = 900_000;
/** Of what comes within it, the last is kept. */
const GRAIN_MS = 1_000;

interface Kept {
  at: number;
  tick: MarketData;
}

/** What was quoted a quarter of an hour ago. */
export class DelayedTape {
  readonly #bySymbol = new Map<string, Kept[]>();

  /** @param now market time, epoch milliseconds; never falls. */
  add(tick: MarketData, now: number): void {
    const kept = this.#bySymbol.get(tick.symbol) ?? [];
    this.#bySymbol.set(tick.symbol, kept);
    const newest = kept.at(-1);
    // The oldest stays what it is: before it nothing is known.
    if (kept.length > 1 && newest !== undefined && Math.floor(newest.at / GRAIN_MS) === Math.floor(now / GRAIN_MS)) {
      newest.tick = tick;
    } else kept.push({ at: now, tick });
    while ((kept[1]?.at ?? Number.POSITIVE_INFINITY) <= now - DELAY_MS) kept.shift();
  }

  /** The oldest that is known, where nothing is as old as that; undefined without any. */
  at(symbol: string, now: number): MarketData | undefined {
    const kept = this.#bySymbol.get(symbol) ?? [];
    return (kept.findLast(({ at }) => at <= now - DELAY_MS) ?? kept[0])?.tick;
  }
}
