import type { MarketData } from "../src/domain/index.ts";
import type { PaperEvent } from "../src/paper/index.ts";

type Fill = Extract<PaperEvent, { readonly type: "order_filled" }>;

/** Reckons in floats; a fill is better than the tape only from this much on. */
const EPSILON = 1e-9;

/**
 * Holds fills to the tape as anyone can read it, without the engine's help: a fill against the quote is at its far side, one
 * against a print no better than the print, none through its limit, and all of them together no more than was shown.
 */
export class TapeJudge {
  readonly #ticks = new Map<string, MarketData>();
  readonly #taken = new Map<string, number>();

  latest(symbol: string): MarketData | undefined {
    return this.#ticks.get(symbol);
  }

  see(tick: MarketData): void {
    const before = this.#ticks.get(tick.symbol);
    this.#ticks.set(tick.symbol, tick);
    const isPrint = before === undefined || tick.volume !== before.volume || tick.last !== before.last;
    const isQuoteChanged =
      before === undefined ||
      tick.bid !== before.bid ||
      tick.ask !== before.ask ||
      tick.bidSize !== before.bidSize ||
      tick.askSize !== before.askSize;
    if (isPrint) this.#taken.delete(`${tick.symbol} print`);
    if (isQuoteChanged || !isPrint) for (const side of ["buy", "sell"]) this.#taken.delete(`${tick.symbol} ${side}`);
  }

  /** What is wrong with a fill; empty where nothing is. */
  faultsOf(fill: Fill, limit: number | null): readonly string[] {
    const tick = this.#ticks.get(fill.symbol);
    if (tick === undefined) return [`${fill.executionId}: nothing was seen of ${fill.symbol}`];
    const isBuy = fill.side === "buy";
    const isQuote = fill.reason.rule === "PX30";
    const price = Number(fill.price);
    const tape = isQuote ? (isBuy ? tick.ask : tick.bid) : tick.last;
    const shown = isQuote ? (isBuy ? tick.askSize : tick.bidSize) : tick.lastSize;
    const key = `${fill.symbol} ${isQuote ? fill.side : "print"}`;
    const taken = (this.#taken.get(key) ?? 0) + Number(fill.quantity);
    this.#taken.set(key, taken);
    const betterBy = (than: number): number => (isBuy ? than - price : price - than);
    const faults = {
      "nothing to trade against": tape === null,
      "better than the tape": tape !== null && betterBy(tape) > EPSILON,
      "not at the quote": isQuote && tape !== null && Math.abs(price - tape) > EPSILON,
      "through its limit": limit !== null && betterBy(limit) < -EPSILON,
      "more than was shown": shown !== null && taken > shown + EPSILON,
    };
    return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`${fault}: ${JSON.stringify(fill)}`] : []));
  }
}
