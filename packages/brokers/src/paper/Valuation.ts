import { multiply, type Fixed } from "../domain/decimal.ts";
import type { Exposure } from "./margin.ts";
import type { SymbolState } from "./SymbolState.ts";

/** What a symbol's holding counts in an account's sums. */
export interface HoldingValue {
  readonly value: Fixed;
  readonly cost: Fixed;
}

export const NO_VALUE: HoldingValue = { value: 0n, cost: 0n };

/**
 * The market value of an account's holdings, kept as sums: only holdings whose mark or quantity changed since the last
 * question are valued anew, so that an order costs the same however many positions there are.
 */
export class Valuation {
  #long: Fixed = 0n;
  #short: Fixed = 0n;
  #cost: Fixed = 0n;
  /** Only the first `#changedCount` count: the list is used again and again. */
  readonly #changed: SymbolState[] = [];
  #changedCount = 0;

  /** The symbol's holding or mark may have changed. */
  touch(symbol: SymbolState): void {
    if (symbol.isTouched) return;
    symbol.isTouched = true;
    this.#changed[this.#changedCount] = symbol;
    this.#changedCount += 1;
  }

  exposure(): Exposure {
    while (this.#changedCount > 0) {
      this.#changedCount -= 1;
      const symbol = this.#changed[this.#changedCount];
      if (symbol !== undefined) this.#revalue(symbol);
    }
    return { long: this.#long, short: this.#short, cost: this.#cost };
  }

  #revalue(symbol: SymbolState): void {
    const before = symbol.counted;
    const now = valueOf(symbol);
    symbol.isTouched = false;
    symbol.counted = now;
    this.#cost += now.cost - before.cost;
    if (before.value > 0n) this.#long -= before.value;
    else this.#short -= before.value;
    if (now.value > 0n) this.#long += now.value;
    else this.#short += now.value;
  }
}

/** A holding at its mark; one without a mark counts at what it cost. */
function valueOf({ holding, market }: SymbolState): HoldingValue {
  if (holding.quantity === 0n) return NO_VALUE;
  const { mark } = market;
  const value = mark === null ? holding.cost : multiply(holding.quantity, mark, "half_even");
  return { value, cost: holding.cost };
}
