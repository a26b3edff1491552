import { filledEvent, type FillFacts } from "./filledEvent.ts";
import type { OrderFilled } from "./PaperEvent.ts";

/** A fill as it was stored, or what is needed to tell it again. */
export type KeptFill = OrderFilled | FillFacts;

/**
 * Every fill of an account, oldest first. A fill that was made here is kept as its facts and told anew when it is asked
 * for: its event has a dozen texts, and an account has many fills that nobody asks about.
 */
export class FillHistory {
  readonly #fills: KeptFill[] = [];

  add(fill: KeptFill): void {
    this.#fills.push(fill);
  }

  *[Symbol.iterator](): Iterator<OrderFilled> {
    for (const fill of this.#fills) yield told(fill);
  }

  /** Those at or after `at`, epoch milliseconds. */
  since(at: number): readonly OrderFilled[] {
    // The newest are asked for, of many.
    const before = this.#fills.findLastIndex((fill) => fill.at < at);
    return this.#fills.slice(before + 1).map(told);
  }
}

const told = (fill: KeptFill): OrderFilled => ("type" in fill ? fill : filledEvent(fill));
