import type { MarketData } from "../../domain/marketData.ts";
import type { Order } from "../../domain/order.ts";
import type { OrderFilled } from "../PaperEvent.ts";

type Seen = Omit<MarketData, "timestamp" | "receivedAt">;

/** Fills against a print: unquoted, behind the queue, through the limit. */
const PRINT_RULES: readonly string[] = ["PX35", "PX105", "PX106"];

/** Fills in an auction, at the price and within the size of a print that may be older than the tick. */
const AUCTION_RULES: readonly string[] = ["PX92", "PX93", "PX98"];

/** Judges fills by the ticks that anyone could see, in floats and without the engine's help. */
export class SeenBook {
  readonly #ticks = new Map<string, Seen>();
  readonly #taken = new Map<string, number>();
  readonly #prints = new Map<string, Seen>();
  readonly #participation: number;

  constructor(participation: number) {
    this.#participation = participation;
  }

  see(tick: Seen): void {
    this.#ticks.set(tick.symbol, tick);
    if (tick.last !== null && (tick.lastSize === null || tick.lastSize > 0)) this.#prints.set(tick.symbol, tick);
    for (const key of this.#taken.keys()) if (key.startsWith(`${tick.symbol} `)) this.#taken.delete(key);
  }

  /** What was seen of a symbol says nothing any more: a share is not what it was. */
  forget(symbol: string): void {
    this.#ticks.delete(symbol);
  }

  forgetAll(): void {
    this.#ticks.clear();
  }

  /** What is wrong with a fill; empty where nothing is. */
  faultsOf(fill: OrderFilled, order: Order | undefined): readonly string[] {
    const tick = this.#ticks.get(fill.symbol);
    if (tick === undefined || order === undefined) return ["a fill without a tick or an order"];
    const buys = fill.side === "buy";
    const isAuction = AUCTION_RULES.includes(fill.reason.rule);
    const isPrint = isAuction || PRINT_RULES.includes(fill.reason.rule);
    const price = Number(fill.price);
    const far = buys ? tick.ask : tick.bid;
    const print = isAuction ? this.#prints.get(fill.symbol) : tick;
    const book = isPrint ? (print?.last ?? null) : far;
    const shown = isPrint ? (print?.lastSize ?? null) : buys ? tick.askSize : tick.bidSize;

    // In an auction both sides have its whole size.
    const key = `${fill.symbol} ${isAuction ? `${fill.reason.rule} ${fill.side}` : isPrint ? "print" : fill.side}`;
    const taken = (this.#taken.get(key) ?? 0) + Number(fill.quantity);
    this.#taken.set(key, taken);

    const worseBy = (a: number, b: number): number => (buys ? a - b : b - a);
    const faults = {
      "nothing was there to trade against": book === null,
      "better than the book": book !== null && worseBy(price, book) < 0,
      "not the one price": (isAuction || !isPrint) && price !== book,
      "through the limit": order.price !== null && worseBy(price, Number(order.price)) > 0,
      "more than was shown": taken > (shown ?? 100) * this.#participation + 1e-9,
    };
    return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`${fault}: ${JSON.stringify(fill)}`] : []));
  }
}
