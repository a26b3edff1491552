import type { Instrument, MarketData } from "@trenddojo/brokers/domain";
import type { TwsReply } from "../wire/TwsReply.ts";
import { priceText, sizeText } from "./tickTexts.ts";
import type { TwsMarket } from "./TwsMarket.ts";

/** Numbers of ticks. Source: https://interactivebrokers.github.io/tws-api/tick_types.html */
interface TickTypes {
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
  readonly last: number;
  readonly lastSize: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly close: number;
  readonly open: number;
  readonly timestamp: number;
}

const LIVE: TickTypes = {
  bid: 1,
  bidSize: 0,
  ask: 2,
  askSize: 3,
  last: 4,
  lastSize: 5,
  high: 6,
  low: 7,
  volume: 8,
  close: 9,
  open: 14,
  timestamp: 45,
};
const DELAYED: TickTypes = {
  bid: 66,
  bidSize: 69,
  ask: 67,
  askSize: 70,
  last: 68,
  lastSize: 71,
  high: 72,
  low: 73,
  volume: 74,
  close: 75,
  open: 76,
  timestamp: 88,
};
const HALTED = 49;
/** A quote can be executed against at once. */
const CAN_AUTO_EXECUTE = 1;

/** One line of market data: what of it was told, and what is new. */
export class MarketLine {
  readonly requestId: number;
  readonly instrument: Instrument;
  readonly isDelayed: boolean;
  readonly #types: TickTypes;
  readonly #market: TwsMarket;
  readonly #told = new Map<number, string>();

  constructor(requestId: number, instrument: Instrument, market: TwsMarket, isDelayed: boolean) {
    this.requestId = requestId;
    this.instrument = instrument;
    this.#market = market;
    this.isDelayed = isDelayed;
    this.#types = isDelayed ? DELAYED : LIVE;
  }

  /** What is new since the last time; all that is known, the first time. */
  news(tick: MarketData): readonly TwsReply[] {
    const { bid, ask, last, high, low, close, open, volume, timestamp } = this.#types;
    const { requestId } = this;
    const day = this.#market.day(tick.symbol);
    const out: TwsReply[] = [];
    this.#quote(out, bid, this.#types.bidSize, tick.bid, tick.bidSize);
    this.#quote(out, ask, this.#types.askSize, tick.ask, tick.askSize);
    if (tick.last !== null) {
      const hasTraded = this.#isNew(volume, sizeText(tick.volume));
      if (this.#isNew(last, priceText(tick.last))) {
        const size = sizeText(tick.lastSize);
        out.push({ kind: "tickPrice", requestId, type: last, price: priceText(tick.last), size, attributes: 0 });
      }
      if (hasTraded) {
        const type = this.#types.lastSize;
        out.push({ kind: "tickSize", requestId, type, size: sizeText(tick.lastSize) });
        const seconds = String(Math.floor(tick.timestamp / 1_000));
        if (this.#isNew(timestamp, seconds))
          out.push({ kind: "tickString", requestId, type: timestamp, value: seconds });
        out.push({ kind: "tickSize", requestId, type: volume, size: sizeText(tick.volume) });
      }
    }
    for (const [type, value] of [
      [high, day.high],
      [low, day.low],
      [close, tick.previousClose],
      [open, day.open],
    ] as const) {
      if (value === null || !this.#isNew(type, priceText(value))) continue;
      out.push({ kind: "tickPrice", requestId, type, price: priceText(value), size: "0", attributes: 0 });
    }
    const halted = tick.halt === undefined ? "0" : tick.halt.status === "paused" ? "2" : "1";
    if (this.#isNew(HALTED, halted)) out.push({ kind: "tickGeneric", requestId, type: HALTED, value: halted });
    return out;
  }

  /** The size comes within the price's message and as its own: clients that overlook the one have the other. */
  #quote(out: TwsReply[], type: number, sizeType: number, price: number | null, shares: number | null): void {
    const { requestId } = this;
    const size = price === null ? "0" : sizeText(shares);
    const isNewSize = this.#isNew(sizeType, size);
    const isNewPrice = this.#isNew(type, priceText(price));
    if (isNewPrice) {
      const attributes = price === null ? 0 : CAN_AUTO_EXECUTE;
      out.push({ kind: "tickPrice", requestId, type, price: priceText(price), size, attributes });
    }
    if (isNewPrice || isNewSize) out.push({ kind: "tickSize", requestId, type: sizeType, size });
  }

  #isNew(type: number, text: string): boolean {
    if (this.#told.get(type) === text) return false;
    this.#told.set(type, text);
    return true;
  }
}
