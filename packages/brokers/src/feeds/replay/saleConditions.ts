/**
 * Bits of a print's sale conditions, as in QuantConnect Lean's TradeConditionFlags
 * (https://github.com/QuantConnect/Lean/blob/master/Common/Data/Auxiliary/TradeConditionFlags.cs).
 */
const REGULAR = 0x1;
const CASH = 0x2;
const NEXT_DAY = 0x4;
const SELLER = 0x8;
const INTERMARKET_SWEEP = 0x20;
const OPENING_PRINT = 0x40;
const CLOSING_PRINT = 0x80;
const DERIVATIVELY_PRICED = 0x200;
const SOLD_LATE = 0x800;
const EXTENDED_HOURS = 0x2000;
const OUT_OF_SEQUENCE = 0x4000;
const STOCK_OPTION = 0x40000;
const AVERAGE_PRICE = 0x100000;
const PRICE_VARIATION = 0x400000;
const OFFICIAL_CLOSE = 0x1000000;
const PRIOR_REFERENCE_PRICE = 0x2000000;
const OFFICIAL_OPEN = 0x4000000;
const TRADE_THROUGH_EXEMPT = 0x20000000;
const ODD_LOT = 0x80000000;

/** Prices agreed elsewhere, earlier or for another settlement: they say nothing about the market of this moment. */
const NOT_A_LAST_SALE =
  CASH |
  NEXT_DAY |
  SELLER |
  DERIVATIVELY_PRICED |
  SOLD_LATE |
  OUT_OF_SEQUENCE |
  STOCK_OPTION |
  AVERAGE_PRICE |
  PRICE_VARIATION |
  PRIOR_REFERENCE_PRICE |
  ODD_LOT;

/** Further than this outside the standing quote, a print that may ignore the quote is a negotiated block. */
const AWAY_FROM_QUOTE = 0.005;

/** `last`: sets the last price and counts in volume. `volume`: counts in volume only. `none`: repeats another print. */
export type PrintMeaning = "last" | "volume" | "none";

/**
 * What a print means for the last price and the volume, after the consolidated tape's tables of sale conditions
 * (https://www.ctaplan.com/publicdocs/ctaplan/CTS_Pillar_Output_Specification.pdf, "Sale Condition Matrix"), with two
 * departures. Extended-hours prints set the last price, because a desk trades in those hours. And blocks at
 * yesterday's or an average price are reported there, and as exempt from the trade-through rule, with no condition that
 * says so: such a print counts in volume only when it is more than 0.5 % outside the standing quote.
 * @param bid @param ask the standing quote; null where there is none.
 */
export function printMeaning(conditions: number, price: number, bid: number | null, ask: number | null): PrintMeaning {
  if (has(conditions, OFFICIAL_OPEN | OFFICIAL_CLOSE) && !has(conditions, REGULAR)) return "none";
  if (has(conditions, NOT_A_LAST_SALE)) return "volume";
  const mayIgnoreQuote =
    has(conditions, EXTENDED_HOURS) || (has(conditions, TRADE_THROUGH_EXEMPT) && !has(conditions, INTERMARKET_SWEEP));
  return mayIgnoreQuote && isAway(price, bid, ask) ? "volume" : "last";
}

/** What a print says of an auction. */
export interface AuctionMark {
  readonly kind: "open" | "close";
  /** It names the price and the whole size; without, it is the auction's trade or a part of it. */
  readonly isOfficial: boolean;
}

/** Whether a print is of an exchange's opening or closing; undefined for every other one. */
export function auctionMark(conditions: number): AuctionMark | undefined {
  if (has(conditions, OFFICIAL_OPEN)) return { kind: "open", isOfficial: true };
  if (has(conditions, OFFICIAL_CLOSE)) return { kind: "close", isOfficial: true };
  if (has(conditions, OPENING_PRINT)) return { kind: "open", isOfficial: false };
  return has(conditions, CLOSING_PRINT) ? { kind: "close", isOfficial: false } : undefined;
}

function has(conditions: number, bits: number): boolean {
  return (conditions & bits) !== 0;
}

function isAway(price: number, bid: number | null, ask: number | null): boolean {
  if (bid === null || ask === null) return false;
  return price < bid * (1 - AWAY_FROM_QUOTE) || price > ask * (1 + AWAY_FROM_QUOTE);
}
