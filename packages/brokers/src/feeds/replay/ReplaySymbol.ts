import type { FeedState, MarketData } from "../../domain/marketData.ts";
import { BarSeries } from "../BarSeries.ts";
import { printMeaning } from "./saleConditions.ts";
import type { QuoteRow, TapeNews, TradeRow } from "./TapeRow.ts";

/** What the tape has said of one symbol so far. */
export class ReplaySymbol {
  readonly symbol: string;
  readonly series = new BarSeries();
  #quote: QuoteRow | undefined;
  #last: number | null = null;
  #lastSize: number | null = null;
  #volume = 0;
  /** Shares of prints that set no price. They join the volume with the next print that does: a tick whose volume rose is a print. */
  #silentVolume = 0;

  constructor(symbol: string) {
    this.symbol = symbol;
  }

  /** The tape has told of a quote or a price. */
  get isKnown(): boolean {
    return this.#quote !== undefined || this.#last !== null;
  }

  /** Takes a row in at its instant (epoch milliseconds). True where the quote or the last price is another afterwards. */
  take(row: QuoteRow | TradeRow, at: number): boolean {
    if (row.kind === "trade") return this.#print(row, at);
    this.#quote = row;
    return true;
  }

  /** What was quoted before trading stopped or went on counts no more, and prices of before a split are none of now. */
  hear({ event }: TapeNews): void {
    if (event === "dividend" || event === "symbol_change") return;
    this.#quote = undefined;
    if (event !== "split") return;
    this.#last = null;
    this.#lastSize = null;
  }

  toTick(timestamp: number, receivedAt: number, feed: FeedState): MarketData {
    return {
      symbol: this.symbol,
      bid: this.#quote?.bid ?? null,
      ask: this.#quote?.ask ?? null,
      bidSize: this.#quote?.bidSize ?? null,
      askSize: this.#quote?.askSize ?? null,
      last: this.#last,
      lastSize: this.#lastSize,
      volume: this.#volume,
      previousClose: null,
      timestamp,
      receivedAt,
      source: "replay",
      feed,
    };
  }

  #print({ price, size, conditions }: TradeRow, at: number): boolean {
    const meaning = printMeaning(conditions, price, this.#quote?.bid ?? null, this.#quote?.ask ?? null);
    if (meaning === "none") return false;
    if (meaning === "volume") {
      this.#silentVolume += size;
      this.series.addVolume(at, size);
      return false;
    }
    this.#last = price;
    this.#lastSize = size;
    this.#volume += size + this.#silentVolume;
    this.#silentVolume = 0;
    this.series.addPrint(at, price, size);
    return true;
  }
}
