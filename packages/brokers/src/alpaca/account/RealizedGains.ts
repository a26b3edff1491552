import { abs, divide, min, multiply, type Fixed } from "../../domain/decimal.ts";
import type { WireFillOrSplit } from "../rest/wireAccount.ts";

interface Lot {
  /** Negative when short. */
  quantity: Fixed;
  averagePrice: Fixed;
  realized: Fixed;
  /** What the shares cost that a split has taken away and not yet brought again. */
  splitCost: Fixed;
}

/** In dollars; null where it cannot be said. */
export interface Gains {
  /** A symbol that was never traded is not among them. */
  readonly bySymbol: ReadonlyMap<string, Fixed | null>;
  /** Of all symbols. */
  readonly total: Fixed | null;
}

/**
 * What positions have earned by being closed, from the account's executions, which Alpaca lists and does not reckon up:
 * at average cost, before fees. It is as complete as the executions and splits that it was given.
 */
export class RealizedGains {
  readonly #lots = new Map<string, Lot>();

  /** Oldest first, each once. */
  take({ activity_type: type, symbol, side, qty, price, status }: WireFillOrSplit): void {
    if (typeof symbol !== "string" || qty === null || qty === 0n) return;
    if (type === "SPLIT" && status !== "canceled") this.#split(symbol, qty);
    if (type === "FILL" && price !== null) this.#fill(symbol, side === "buy" ? qty : -qty, price);
  }

  /**
   * What was earned, where the executions account for all that is held: shares that came or went otherwise, by a
   * transfer or a new name, leave a lot that is not the position, and what it earned cannot be said.
   * @param positions all that the account holds; a negative quantity is short.
   */
  against(positions: readonly { readonly symbol: string; readonly qty: Fixed }[]): Gains {
    const held = new Map(positions.map(({ symbol, qty }) => [symbol, qty]));
    const bySymbol = new Map<string, Fixed | null>();
    let total: Fixed | null = 0n;
    for (const [symbol, { quantity, realized }] of this.#lots) {
      const isWhole = quantity === (held.get(symbol) ?? 0n);
      bySymbol.set(symbol, isWhole ? realized : null);
      total = isWhole && total !== null ? total + realized : null;
    }
    return { bySymbol, total };
  }

  #fill(symbol: string, signed: Fixed, price: Fixed): void {
    const lot = this.#lot(symbol);
    const qty = abs(signed);
    const isClosing = lot.quantity !== 0n && lot.quantity > 0n !== signed > 0n;
    const closed = isClosing ? min(abs(lot.quantity), qty) : 0n;
    const gain = multiply(closed, price - lot.averagePrice, "half_even");
    lot.realized += lot.quantity > 0n ? gain : -gain;
    const opened = qty - closed;
    const after = lot.quantity + signed;
    if (!isClosing) {
      const cost = costOf(lot) + multiply(qty, price, "half_even");
      lot.averagePrice = divide(cost, abs(after), "half_even");
    } else if (opened > 0n) lot.averagePrice = price;
    lot.quantity = after;
  }

  /** One half of a split takes shares away and the other brings them: together they cost what they cost. */
  #split(symbol: string, signed: Fixed): void {
    const lot = this.#lot(symbol);
    const cost = costOf(lot) + lot.splitCost;
    lot.quantity += signed;
    lot.splitCost = lot.quantity === 0n ? cost : 0n;
    if (lot.quantity !== 0n) lot.averagePrice = divide(cost, abs(lot.quantity), "half_even");
  }

  #lot(symbol: string): Lot {
    const lot = this.#lots.get(symbol) ?? { quantity: 0n, averagePrice: 0n, realized: 0n, splitCost: 0n };
    this.#lots.set(symbol, lot);
    return lot;
  }
}

const costOf = ({ quantity, averagePrice }: Lot): Fixed => multiply(abs(quantity), averagePrice, "half_even");
