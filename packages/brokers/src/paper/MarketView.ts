import { fixedFromTick, fixedMiddle, type Fixed } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { OrderSide } from "../domain/order.ts";
import { repeats, type ForgottenQuote } from "./ForgottenQuote.ts";

/** One side of the quote, to be kept. */
export interface QuotedSideState {
  readonly price: number;
  readonly size: number | null;
  readonly taken: Fixed;
}

/** One side of the quote, as the rules let it count. */
export class QuotedSide {
  /** 0 where nobody quotes. */
  price = 0;
  /** Shares; null where the price is quoted without a size. */
  size: number | null = null;
  /** Shares of it that our fills took since the quote was made. */
  taken: Fixed = 0n;
  #priceRead = 0;
  #fixedPrice: Fixed = 0n;

  /** The price as a decimal, made once a price. */
  get fixedPrice(): Fixed {
    if (this.#priceRead !== this.price) {
      this.#fixedPrice = fixedFromTick(this.price);
      this.#priceRead = this.price;
    }
    return this.#fixedPrice;
  }
}

/** What a tick brought. `none`: nothing that may match. */
export type TickKind = "none" | "quote" | "print" | "quote_and_print";

/** A `MarketView` to be kept; every number finite. */
export interface MarketViewState {
  readonly bid: QuotedSideState;
  readonly ask: QuotedSideState;
  readonly last: number;
  readonly lastSize: number | null;
  readonly volume: number;
  readonly mark: Fixed | null;
  readonly markedAt: number | null;
  readonly tickedAt: number | null;
  readonly printSeen: boolean;
  readonly isResumed?: true;
  readonly isOpened?: true;
  readonly isReopening?: true;
  readonly forgotten?: ForgottenQuote;
}

const LARGEST = 1e9;
/** What is less becomes zero at the millionth (`fixedFromTick`). */
const SMALLEST_PRICE = 5e-7;
const isPrice = (value: number | null): value is number => value !== null && value >= SMALLEST_PRICE && value < LARGEST;
const isSize = (value: number | null): boolean => value === null || (value > 0 && value < LARGEST);

/**
 * The newest quote, print and mark of one symbol. A tick costs a few comparisons; decimals are made when they are
 * needed.
 */
export class MarketView {
  readonly bid = new QuotedSide();
  readonly ask = new QuotedSide();
  /** 0 before the first print. */
  last = 0;
  lastSize: number | null = null;
  /** A print was seen since the session began. */
  printSeen = false;
  /** This session's opening was held (PX92). */
  isOpened = false;
  /** A halt ended, and the print that reopens trading is still to come (PX98). */
  isReopening = false;
  /** Told whenever the mark may be another one. */
  onMark: (() => void) | null = null;
  #volume = 0;
  #tickedAt: number | null = null;
  #markLow = 0;
  #markHigh = 0;
  #mark: Fixed | null = null;
  #markedAt: number | null = null;
  #isResumed = false;
  #forgotten: ForgottenQuote | null = null;

  /** Takes a tick in. Older than the newest one, repeated, or without a time: no effect (PX1, PX20, PX21). */
  update(tick: MarketData): TickKind {
    const { timestamp } = tick;
    const before = this.#tickedAt;
    if (!Number.isFinite(timestamp) || (before !== null && timestamp < before)) return "none";
    this.#tickedAt = timestamp;
    const wasResumed = this.#isResumed;
    this.#isResumed = false;
    const isNewest = this.#takePrint(tick);
    const isPrint = isNewest && !wasResumed;
    if (isPrint) this.printSeen = true;
    const isChanged = this.#takeQuote(tick);
    // A tick that is no print and changes nothing says that the quote stands anew, unless it is the same tick again.
    const isQuote = isChanged || (!isPrint && timestamp !== before && this.#isQuoted);
    if (isQuote) {
      this.bid.taken = 0n;
      this.ask.taken = 0n;
    }
    this.#takeMark(timestamp, isNewest);
    if (isPrint) return isQuote ? "quote_and_print" : "print";
    return isQuote ? "quote" : "none";
  }

  /**
   * A quote and a print say nothing about the session after theirs (PX22). The mark stays, and a print that is to reopen
   * trading is waited for (PX98).
   */
  endSession(): void {
    this.#forgetQuote();
    this.printSeen = false;
    this.isOpened = false;
  }

  /** What is known from before or during a halt says nothing about the market after it. The mark stays. */
  reopen(): void {
    this.endQuotes();
    this.isReopening = true;
  }

  /** Trading stops. As at the end of a session, but that its opening stays held. */
  endQuotes(): void {
    const { isOpened } = this;
    this.endSession();
    this.isOpened = isOpened;
    this.isReopening = false;
  }

  /**
   * The market went on unseen: the quote is gone, and the next tick says what was printed meanwhile, which is no print
   * for our orders (PX21).
   */
  resume(): void {
    const forgotten = this.#forgotten;
    this.endSession();
    // The quote may stand as it was: we did not look, and nobody said that it ended.
    this.#forgotten = forgotten;
    this.isReopening = false;
    this.#isResumed = true;
  }

  /** The side that an order of `side` trades against, where it is quoted and not too old at `now` (PX22). */
  farSide(side: OrderSide, now: number, maxQuoteAgeMs: number): QuotedSide | undefined {
    const far = side === "buy" ? this.ask : this.bid;
    return far.price > 0 && this.ageAt(now) <= maxQuoteAgeMs ? far : undefined;
  }

  /** Market milliseconds since the newest tick; infinite before the first. */
  ageAt(now: number): number {
    return this.#tickedAt === null ? Number.POSITIVE_INFINITY : now - this.#tickedAt;
  }

  /** The middle of the quote or the last print; our own fill where neither was seen; null before that (PX23). */
  get mark(): Fixed | null {
    this.#mark ??= this.#markLow > 0 ? fixedMiddle(this.#markLow, this.#markHigh) : null;
    return this.#mark;
  }

  /** Market time of the mark, epoch milliseconds. */
  get markedAt(): number | null {
    return this.#markedAt;
  }

  /** Our own fill is the mark of a symbol of which no tick was seen, as after a restart, or none that tells one. */
  markByFill(price: Fixed, at: number): void {
    if (this.#tickedAt !== null && this.mark !== null) return;
    this.#mark = price;
    this.#markedAt = at;
    this.onMark?.();
  }

  /**
   * A corporate action changed what a share is: the mark is restated, and quote and print, which were made for the share
   * of before, count no more. The last print is still known, so that a quote that repeats it is not a new one.
   */
  restate(priceNow: (priceBefore: Fixed) => Fixed): void {
    const { mark } = this;
    this.endSession();
    this.#mark = mark === null ? null : priceNow(mark);
    this.#markLow = 0;
    this.#markHigh = 0;
    this.onMark?.();
  }

  toState(): MarketViewState {
    const { last, lastSize, mark, printSeen } = this;
    return {
      bid: keep(this.bid),
      ask: keep(this.ask),
      last,
      lastSize,
      volume: this.#volume,
      mark,
      markedAt: this.#markedAt,
      tickedAt: this.#tickedAt,
      printSeen,
      ...(this.#isResumed ? { isResumed: true } : {}),
      ...(this.isOpened ? { isOpened: true } : {}),
      ...(this.isReopening ? { isReopening: true } : {}),
      ...(this.#forgotten === null ? {} : { forgotten: this.#forgotten }),
    };
  }

  static fromState(state: MarketViewState): MarketView {
    const view = new MarketView();
    Object.assign(view.bid, state.bid);
    Object.assign(view.ask, state.ask);
    view.last = state.last;
    view.lastSize = state.lastSize;
    view.printSeen = state.printSeen;
    view.isOpened = state.isOpened === true;
    view.isReopening = state.isReopening === true;
    view.#volume = state.volume;
    view.#tickedAt = state.tickedAt;
    view.#mark = state.mark;
    view.#markedAt = state.markedAt;
    view.#isResumed = state.isResumed === true;
    view.#forgotten = state.forgotten ?? null;
    return view;
  }

  /** True where the tick's last print is another than the one before. */
  #takePrint(tick: MarketData): boolean {
    const { last, lastSize } = tick;
    const volume = Number.isFinite(tick.volume) ? tick.volume : 0;
    const isNew =
      isPrice(last) &&
      isSize(lastSize) &&
      (last !== this.last || lastSize !== this.lastSize || (volume !== this.#volume && volume > 0));
    this.#volume = volume;
    if (!isNew) return false;
    this.last = last;
    this.lastSize = lastSize;
    return true;
  }

  #takeQuote(tick: MarketData): boolean {
    let bid = isPrice(tick.bid) && isSize(tick.bidSize) ? tick.bid : 0;
    let ask = isPrice(tick.ask) && isSize(tick.askSize) ? tick.ask : 0;
    if (bid > 0 && ask > 0 && bid > ask) bid = ask = 0;
    if (this.#forgotten !== null && (bid > 0 || ask > 0)) {
      if (repeats(tick, bid, ask, this.#forgotten)) bid = ask = 0;
      else this.#forgotten = null;
    }
    const isBidChanged = setSide(this.bid, bid, tick.bidSize);
    const isAskChanged = setSide(this.ask, ask, tick.askSize);
    return isBidChanged || isAskChanged;
  }

  /** Where nobody quotes, what was forgotten before stays so. */
  #forgetQuote(): void {
    const { bid, ask } = this;
    if (this.#isQuoted) {
      this.#forgotten = { bid: bid.price, bidSize: bid.size, ask: ask.price, askSize: ask.size };
    }
    Object.assign(bid, NOT_QUOTED);
    Object.assign(ask, NOT_QUOTED);
  }

  get #isQuoted(): boolean {
    return this.bid.price > 0 || this.ask.price > 0;
  }

  #takeMark(at: number, isNewest: boolean): void {
    const { bid, ask, last } = this;
    const isQuoted = bid.price > 0 && ask.price > 0;
    if (!isQuoted && !isNewest) return;
    const low = isQuoted ? bid.price : last;
    const high = isQuoted ? ask.price : last;
    this.#markedAt = at;
    if (low === this.#markLow && high === this.#markHigh) return;
    this.#markLow = low;
    this.#markHigh = high;
    this.#mark = null;
    this.onMark?.();
  }
}

function keep({ price, size, taken }: QuotedSide): QuotedSideState {
  return { price, size, taken };
}

const NOT_QUOTED: QuotedSideState = { price: 0, size: null, taken: 0n };

/** True where the side is another than before. */
function setSide(side: QuotedSide, price: number, quotedSize: number | null): boolean {
  const size = price > 0 ? quotedSize : null;
  if (price === side.price && size === side.size) return false;
  side.price = price;
  side.size = size;
  return true;
}
