import type { Instrument, MarketData } from "@trenddojo/brokers/domain";
import type { NanoClock } from "../wire/NanoClock.ts";
import type { WireQuote, WireTrade } from "./streamMessages.ts";

/** The code of IEX, where the free feed comes from. */
const IEX = "V";
/** The tape of a listing exchange: NYSE's, Nasdaq's, everyone else's. */
const TAPES: Readonly<Record<string, string>> = { NYSE: "A", NASDAQ: "C" };
const OTHER_TAPE = "B";
const ROUND_LOT = 100;

/** What of each kind is kept, the oldest forgotten first. */
export const TAPE_LENGTH = 20_000;

export const tapeOf = (instrument: Instrument | undefined): string => TAPES[instrument?.exchange ?? ""] ?? OTHER_TAPE;

/** The prints and quotes of one symbol since the simulator began, oldest first. */
export class Tape {
  readonly trades: WireTrade[] = [];
  readonly quotes: WireQuote[] = [];
  readonly #tape: string;
  readonly #nanos: NanoClock;
  #before: MarketData | undefined;
  #tradeId = 0;

  constructor(instrument: Instrument | undefined, nanos: NanoClock) {
    this.#tape = tapeOf(instrument);
    this.#nanos = nanos;
  }

  /** Takes a tick in and answers what of it is news: a quote, a print or both. */
  add(tick: MarketData): { readonly quote?: WireQuote; readonly trade?: WireTrade } {
    const before = this.#before;
    this.#before = tick;
    const hasPrint = isPrint(before, tick);
    const quote = isRequoted(before, tick, hasPrint) ? this.#quote(tick) : undefined;
    const trade = hasPrint ? this.#trade(tick) : undefined;
    return { ...(quote === undefined ? {} : { quote }), ...(trade === undefined ? {} : { trade }) };
  }

  #quote({ bid, ask, bidSize, askSize, timestamp }: MarketData): WireQuote {
    const quote: WireQuote = {
      bx: bid === null ? " " : IEX,
      bp: bid ?? 0,
      bs: bidSize ?? 0,
      ax: ask === null ? " " : IEX,
      ap: ask ?? 0,
      as: askSize ?? 0,
      c: ["R"],
      z: this.#tape,
      t: this.#nanos.stamp(timestamp),
    };
    keep(this.quotes, quote);
    return quote;
  }

  #trade({ last, lastSize, timestamp }: MarketData): WireTrade {
    this.#tradeId += 1;
    const size = lastSize ?? 0;
    const trade: WireTrade = {
      i: this.#tradeId,
      x: IEX,
      p: last ?? 0,
      s: size,
      t: this.#nanos.stamp(timestamp),
      c: size < ROUND_LOT ? ["@", "I"] : ["@"],
      z: this.#tape,
    };
    keep(this.trades, trade);
    return trade;
  }
}

/** A tick without a print is a quote, also where it says the same again: that it still holds is news. */
function isRequoted(before: MarketData | undefined, tick: MarketData, hasPrint: boolean): boolean {
  if (tick.bid === null && tick.ask === null && before === undefined) return false;
  return (
    !hasPrint ||
    before?.bid !== tick.bid ||
    before.ask !== tick.ask ||
    before.bidSize !== tick.bidSize ||
    before.askSize !== tick.askSize
  );
}

/** Volume rises with a print and only then; a symbol's first tick tells its last print. */
function isPrint(before: MarketData | undefined, tick: MarketData): boolean {
  return tick.last !== null && (before === undefined || tick.volume > before.volume);
}

function keep<Row>(rows: Row[], row: Row): void {
  rows.push(row);
  // In slices: taking one off the front for each that comes would be slow.
  if (rows.length > TAPE_LENGTH * 1.25) rows.splice(0, rows.length - TAPE_LENGTH);
}
