import type { FeedState, MarketData } from "../../domain/marketData.ts";
import type { Random } from "../../domain/Random.ts";
import type { SyntheticInstrument } from "../syntheticInstruments.ts";
import type { SyntheticHistory } from "./SyntheticHistory.ts";
import type { TradingDay } from "./TradingDays.ts";

const PRINT_SHARE = 0.4;
const LOT = 100;

/** When a tick happens: the market's time, and ours. Epoch milliseconds. */
export interface TickTime {
  readonly day: TradingDay;
  readonly at: number;
  readonly receivedAt: number;
}

/**
 * The quote and the last print of one invented instrument. The quote stands on the instrument's path; a print is at
 * the standing bid or ask. Its size is such that the ticks of a minute trade, on average, what the history has for it.
 */
export class SyntheticQuote {
  readonly #history: SyntheticHistory;
  readonly #instrument: SyntheticInstrument;
  readonly #random: Random;
  /** Prints a minute, for their size. */
  readonly #printsPerMinute: number;
  /** Lots that are usual on each side of the quote. */
  readonly #depthLots: number;
  #bidCents = 1;
  #askCents = 2;
  #bidSize = LOT;
  #askSize = LOT;
  #lastCents: number | null = 1;
  #lastSize: number | null = LOT;
  /** The quote is of the day before. */
  #isOver = false;
  #volume = 0;
  #previousClose: number | null = null;

  constructor(instrument: SyntheticInstrument, history: SyntheticHistory, random: Random, ticksPerSecond: number) {
    this.#history = history;
    this.#instrument = instrument;
    this.#random = random;
    this.#printsPerMinute = ticksPerSecond * PRINT_SHARE * 60;
    // A cheap and busy share is quoted in thousands, a dear one in hundreds.
    this.#depthLots = Math.min(60, Math.max(1, (instrument.dailyVolume / instrument.anchorPrice) * 2e-5));
  }

  /** Takes up the market where the path says it stands: at the feed's start. */
  open(time: TickTime, previousClose: number | null): void {
    this.beginDay(previousClose, false);
    this.#volume = this.#history.volume(time.day, time.day.opensAt, Math.min(time.at, time.day.closesAt));
    this.#requote(time);
    this.#lastCents = this.#bidCents;
  }

  /** A market day begins: nothing has been traded, and nobody trades at yesterday's quote. Nor is a price of before a split one of now. */
  beginDay(previousClose: number | null, isSplit: boolean): void {
    this.#volume = 0;
    this.#previousClose = previousClose;
    this.#isOver = true;
    if (!isSplit) return;
    this.#lastCents = null;
    this.#lastSize = null;
  }

  /** The next thing that happens: a print at the standing quote (true), or a new quote. */
  step(time: TickTime): boolean {
    const size = !this.#isOver && this.#random.next() < PRINT_SHARE ? this.#printSize(time) : 0;
    if (size > 0) this.#print(size);
    else this.#requote(time);
    return size > 0;
  }

  toTick(time: TickTime, feed: FeedState): MarketData {
    return {
      symbol: this.#instrument.symbol,
      bid: this.#bidCents / 100,
      ask: this.#askCents / 100,
      bidSize: this.#bidSize,
      askSize: this.#askSize,
      last: this.#lastCents === null ? null : this.#lastCents / 100,
      lastSize: this.#lastSize,
      volume: this.#volume,
      previousClose: this.#previousClose,
      timestamp: time.at,
      receivedAt: time.receivedAt,
      source: "synthetic",
      feed,
    };
  }

  #requote({ day, at }: TickTime): void {
    this.#isOver = false;
    const fairCents = this.#history.priceAt(day, at) * 100;
    const { spreadCents } = this.#instrument;
    const spread = spreadCents + (this.#random.next() < 0.2 ? Math.ceil(spreadCents / 4) : 0);
    this.#bidCents = Math.max(1, Math.round(fairCents - spread / 2));
    this.#askCents = this.#bidCents + spread;
    this.#bidSize = this.#quoteSize();
    this.#askSize = this.#quoteSize();
  }

  #print(size: number): void {
    this.#lastCents = this.#random.next() < 0.5 ? this.#bidCents : this.#askCents;
    this.#lastSize = size;
    this.#volume += size;
  }

  /** Whole lots or less than one; 0 where nothing trades after all. */
  #printSize({ day, at }: TickTime): number {
    const shares = (this.#exponential() * this.#history.volumeOfMinute(day, at)) / this.#printsPerMinute;
    return shares < LOT ? this.#wholeNear(shares) : LOT * this.#wholeNear(shares / LOT);
  }

  /** A whole number next to `value`; which of the two is left to chance, so that the mean stays. */
  #wholeNear(value: number): number {
    return Math.floor(value + this.#random.next());
  }

  #quoteSize(): number {
    return LOT * (1 + Math.floor(this.#exponential() * this.#depthLots));
  }

  /** Mean 1. */
  #exponential(): number {
    return -Math.log(1 - this.#random.next());
  }
}
