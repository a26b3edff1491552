import type { MarketData } from "../../domain/marketData.ts";
import type { Order } from "../../domain/order.ts";
import type { OrderFilled } from "../PaperEvent.ts";

type Seen = Omit<MarketData, "timestamp" | "receivedAt">;

/** Judges fills by the ticks that anyone could see, in floats and without the engine's help. */
export class SeenBook {
  readonly #ticks = new Map<string, Seen>();
  readonly #taken = new Map<string, number>();
  readonly #participation: number;

  constructor(participation: number) {
    this.#participation = participation;
  }

  see(tick: Seen): void {
    this.#ticks.set(tick.symbol, tick);
    for (const key of this.#taken.keys()) if (key.startsWith(`${tick.symbol} `)) this.#taken.delete(key);
  }

  /** What is wrong with a fill; empty where nothing is. */
  faultsOf(fill: OrderFilled, order: Order | undefined): readonly string[] {
    const tick = this.#ticks.get(fill.symbol);
    if (tick === undefined || order === undefined) return ["a fill without a tick or an order"];
    const buys = fill.side === "buy";
    const isPrint = fill.reason.rule === "PX35";
    const price = Number(fill.price);
    const far = buys ? tick.ask : tick.bid;
    const book = isPrint ? tick.last : far;
    const shown = isPrint ? tick.lastSize : buys ? tick.askSize : tick.bidSize;

    const key = `${fill.symbol} ${isPrint ? "print" : fill.side}`;
    const taken = (this.#taken.get(key) ?? 0) + Number(fill.quantity);
    this.#taken.set(key, taken);

    const worseBy = (a: number, b: number): number => (buys ? a - b : b - a);
    const faults = {
      "nothing was there to trade against": book === null,
      "better than the book": book !== null && worseBy(price, book) < 0,
      "not the quoted price": !isPrint && price !== book,
      "through the limit": order.price !== null && worseBy(price, Number(order.price)) > 0,
      "more than was shown": taken > Math.floor((shown ?? 100) * this.#participation),
    };
    return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`${fault}: ${JSON.stringify(fill)}`] : []));
  }
}
