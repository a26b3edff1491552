import { nanosOf } from "../wire/instant.ts";
import type { WireBar } from "./streamMessages.ts";

/** Makes the bar of one span out of its prints. */
export class BarBuilder {
  readonly #startsAt: number;
  #open = 0;
  #high = Number.NEGATIVE_INFINITY;
  #low = Number.POSITIVE_INFINITY;
  #close = 0;
  #volume = 0;
  #value = 0;
  #count = 0;

  /** @param startsAt epoch milliseconds. */
  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  get startsAt(): number {
    return this.#startsAt;
  }

  add(price: number, size: number): void {
    if (this.#count === 0) this.#open = price;
    this.#high = Math.max(this.#high, price);
    this.#low = Math.min(this.#low, price);
    this.#close = price;
    this.#volume += size;
    this.#value += price * size;
    this.#count += 1;
  }

  /** Undefined without a print. */
  toBar(): WireBar | undefined {
    if (this.#count === 0) return undefined;
    const average = this.#volume === 0 ? this.#close : this.#value / this.#volume;
    return {
      o: this.#open,
      h: this.#high,
      l: this.#low,
      c: this.#close,
      v: this.#volume,
      n: this.#count,
      vw: Math.round(average * 1e6) / 1e6,
      t: nanosOf(this.#startsAt),
    };
  }
}
