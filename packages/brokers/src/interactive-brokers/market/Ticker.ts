import type { MarketData } from "../../domain/marketData.ts";
import type { TradingHalt } from "../../domain/tradingStatus.ts";

/** What the gateway says a price is (message 58). Frozen: the last one before the market closed. Delayed: 15 to 20 minutes late. */
export const DATA_TYPES = { live: 1, frozen: 2, delayed: 3, delayedFrozen: 4 } as const;
export type DataType = (typeof DATA_TYPES)[keyof typeof DATA_TYPES];

/** A price, and what it is; how far it can be trusted changes with time alone. */
export interface PriceTold extends Omit<MarketData, "feed"> {
  readonly type: DataType;
}

type Side = "bid" | "ask" | "last";

/** https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#available-tick-types; delayed ones have numbers of their own. */
const PRICES: ReadonlyMap<number, Side | "previousClose"> = new Map([
  [1, "bid"],
  [2, "ask"],
  [4, "last"],
  [9, "previousClose"],
  [66, "bid"],
  [67, "ask"],
  [68, "last"],
  [75, "previousClose"],
]);
const SIZES: ReadonlyMap<number, `${Side}Size` | "volume"> = new Map([
  [0, "bidSize"],
  [3, "askSize"],
  [5, "lastSize"],
  [8, "volume"],
  [69, "bidSize"],
  [70, "askSize"],
  [71, "lastSize"],
  [74, "volume"],
]);
const TRADED_AT: ReadonlySet<number> = new Set([45, 88]);
const HALTED: ReadonlySet<number> = new Set([49, 90]);
/** For news or by order, and by the limit-up limit-down plan. */
const HALTS: ReadonlyMap<number, TradingHalt["status"]> = new Map([
  [1, "halted"],
  [2, "paused"],
]);
/** How late delayed prices are at least. */
const DELAY_MS = 900_000;

/**
 * What one request for prices has told so far. A price and its size come apart: the size that comes with a bid the vendor's
 * library loses, so sizes are taken from the messages of their own, which always come too (H12).
 */
export class Ticker {
  readonly #prices: Record<Side | "previousClose", number | null> = {
    bid: null,
    ask: null,
    last: null,
    previousClose: null,
  };
  readonly #sizes: Record<`${Side}Size` | "volume", number | null> = {
    bidSize: null,
    askSize: null,
    lastSize: null,
    volume: null,
  };
  #type: DataType = DATA_TYPES.live;
  #tradedAt: number | null = null;
  #halt: TradingHalt | null = null;
  /** When anything of it was told last: by the broker's clock, and by ours. */
  #at = 0;
  #receivedAt = 0;

  /** Both sides are told, and so are their sizes: more may come, and a price can be shown. */
  get isWhole(): boolean {
    const { bid, ask } = this.#prices;
    return bid !== null && ask !== null && this.#sizes.bidSize !== null && this.#sizes.askSize !== null;
  }

  /** @returns whether it says anything new. -1 says that there is no such price. */
  takePrice(tickType: number, price: number, heard: Heard): boolean {
    const field = PRICES.get(tickType);
    if (field === undefined || !Number.isFinite(price)) return false;
    this.#heard(heard);
    const told = price > 0 ? price : null;
    const isNews = this.#prices[field] !== told;
    this.#prices[field] = told;
    return isNews;
  }

  takeSize(tickType: number, size: number, heard: Heard): boolean {
    const field = SIZES.get(tickType);
    if (field === undefined || !Number.isFinite(size) || size < 0) return false;
    this.#heard(heard);
    const isNews = this.#sizes[field] !== size;
    this.#sizes[field] = size;
    return isNews;
  }

  takeString(tickType: number, value: string, heard: Heard): boolean {
    const seconds = Number(value);
    if (!TRADED_AT.has(tickType) || !Number.isSafeInteger(seconds) || seconds <= 0) return false;
    this.#heard(heard);
    this.#tradedAt = seconds * 1_000;
    return true;
  }

  takeGeneric(tickType: number, value: number, heard: Heard): boolean {
    if (!HALTED.has(tickType)) return false;
    this.#heard(heard);
    const status = HALTS.get(value);
    if (status === this.#halt?.status) return false;
    this.#halt = status === undefined ? null : { status, since: heard.brokerNow, reason: "" };
    return true;
  }

  /** @returns whether it is another type than before. */
  takeType(type: number): boolean {
    const known = Object.values(DATA_TYPES).find((each) => each === type);
    if (known === undefined || known === this.#type) return false;
    this.#type = known;
    return true;
  }

  /** Undefined while there is no price. */
  view(symbol: string): PriceTold | undefined {
    const { bid, ask, last, previousClose } = this.#prices;
    if (bid === null && ask === null && last === null) return undefined;
    const { bidSize, askSize, lastSize, volume } = this.#sizes;
    return {
      symbol,
      bid,
      ask,
      bidSize: bid === null ? null : bidSize,
      askSize: ask === null ? null : askSize,
      last,
      lastSize: last === null ? null : lastSize,
      volume: volume ?? 0,
      previousClose,
      timestamp: this.#isDelayed() ? (this.#tradedAt ?? this.#at - DELAY_MS) : this.#at,
      receivedAt: this.#receivedAt,
      source: "broker",
      type: this.#type,
      ...(this.#halt === null ? {} : { halt: this.#halt }),
    };
  }

  #isDelayed(): boolean {
    return this.#type === DATA_TYPES.delayed || this.#type === DATA_TYPES.delayedFrozen;
  }

  #heard({ now, brokerNow }: Heard): void {
    this.#at = brokerNow;
    this.#receivedAt = now;
  }
}

/** When it was heard: by our clock and by the broker's, epoch milliseconds. */
export interface Heard {
  readonly now: number;
  readonly brokerNow: number;
}
