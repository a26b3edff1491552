const MINUTE_MS = 60_000;

export interface EquitySample {
  /** Start of the minute, epoch milliseconds. */
  readonly at: number;
  /** Dollars at the last look within it. */
  readonly equity: number;
}

/** Samples that are kept: a week of minutes. */
const LONGEST = 7 * 24 * 60;

/** An account's equity, minute by minute since the simulator began. */
export class EquityHistory {
  readonly #samples: EquitySample[] = [];

  add(now: number, equity: number): void {
    const at = now - (now % MINUTE_MS);
    if (this.#samples.at(-1)?.at === at) this.#samples.pop();
    this.#samples.push({ at, equity });
    if (this.#samples.length > LONGEST) this.#samples.shift();
  }

  /** The last sample of each span of `spanMs` from `start` to before `end`, with the span's start; oldest first. */
  spans(spanMs: number, start: number, end: number): readonly EquitySample[] {
    const spans = new Map<number, number>();
    for (const { at, equity } of this.#samples) {
      if (at >= start && at < end) spans.set(at - (at % spanMs), equity);
    }
    return Array.from(spans, ([at, equity]) => ({ at, equity }));
  }
}
