import { divide, multiply, type Fixed } from "@trenddojo/brokers/domain";

interface Holding {
  quantity: Fixed;
  /** What it cost; negative when short. */
  cost: Fixed;
  realized: Fixed;
}

/** What each position cost, and what closing it gained: TWS tells the gain with each commission. */
export class CostBook {
  readonly #holdings = new Map<string, Holding>();

  /** Gained by closing fills, fees taken off. */
  realized(symbol: string): Fixed {
    return this.#holdings.get(symbol)?.realized ?? 0n;
  }

  /** Of all symbols. */
  realizedOfAll(): Fixed {
    return Array.from(this.#holdings.values(), ({ realized }) => realized).reduce((sum, each) => sum + each, 0n);
  }

  /** What each symbol gained, to be kept. */
  gains(): readonly (readonly [symbol: string, realized: Fixed])[] {
    return Array.from(this.#holdings, ([symbol, { realized }]) => [symbol, realized] as const);
  }

  restoreGains(gains: readonly (readonly [symbol: string, realized: Fixed])[]): void {
    for (const [symbol, realized] of gains) this.#holding(symbol).realized = realized;
  }

  /** What a split made of a position. */
  restate(symbol: string, quantity: Fixed, averagePrice: Fixed): void {
    const holding = this.#holding(symbol);
    holding.quantity = quantity;
    holding.cost = multiply(quantity, averagePrice, "half_even");
  }

  /** @param signed shares, negative for a sale. Answers what the fill gained; null where it closed nothing. */
  book(symbol: string, signed: Fixed, price: Fixed, fees: Fixed): Fixed | null {
    const holding = this.#holding(symbol);
    const { quantity, cost } = holding;
    const isClosing = quantity !== 0n && quantity > 0n !== signed > 0n;
    const closing = isClosing ? limit(signed, -quantity) : 0n;
    const opening = signed - closing;
    let gain: Fixed | null = null;
    if (closing !== 0n) {
      const average = divide(cost, quantity, "half_even");
      const closedCost = closing === -quantity ? cost : multiply(average, -closing, "half_even");
      gain = multiply(-closing, price, "half_even") - closedCost - fees;
      holding.cost -= closedCost;
      holding.realized += gain;
    }
    holding.quantity += signed;
    holding.cost += multiply(opening, price, "half_even");
    return gain;
  }

  #holding(symbol: string): Holding {
    let holding = this.#holdings.get(symbol);
    if (holding === undefined) this.#holdings.set(symbol, (holding = { quantity: 0n, cost: 0n, realized: 0n }));
    return holding;
  }
}

/** The one of two numbers of the same sign that is nearer to zero. */
function limit(first: Fixed, second: Fixed): Fixed {
  return (first < 0n ? -first : first) < (second < 0n ? -second : second) ? first : second;
}
