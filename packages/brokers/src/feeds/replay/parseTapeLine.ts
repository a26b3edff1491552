import { parseNewsLine, type ParsedNews } from "./parseNewsLine.ts";
import { auctionMark } from "./saleConditions.ts";
import type { QuoteRow, TapeKind, TradeRow } from "./TapeRow.ts";

const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLUMNS = 5;
/** A day of the change to standard time has 25 hours. */
const LONGEST_DAY_MS = 25 * 3_600_000;
/** Decimal digits that a double holds exactly, so that a price is the nearest double of its text. */
const EXACT_DIGITS = 15;

/** The first line of a file of each kind. */
export const TAPE_HEADERS = {
  trade: "ms,price,size,exchange,conditions",
  quote: "ms,bid,bid_size,ask,ask_size",
  news: "ms,symbol,event,value,detail",
} as const satisfies Record<TapeKind, string>;

/** Reads a line without its line end. Answers the row, or why it is none; never throws. */
export function parseTapeLine(kind: TapeKind, line: Uint8Array): TradeRow | QuoteRow | ParsedNews | string {
  if (kind === "news") return parseNewsLine(new TextDecoder().decode(line));
  const commas: number[] = [];
  for (let index = 0; index < line.length; index += 1) if (line[index] === COMMA) commas.push(index);
  if (commas.length !== COLUMNS - 1) return `${commas.length + 1} columns instead of ${COLUMNS}`;
  const [first = 0, second = 0, third = 0, fourth = 0] = commas;
  const ms = readNumber(line, 0, first);
  if (!Number.isInteger(ms) || ms >= LONGEST_DAY_MS) return "ms is not a whole number of milliseconds within a day";
  return kind === "trade"
    ? readTrade(line, ms, [first, second, third, fourth])
    : readQuote(line, ms, [first, second, third, fourth]);
}

type Commas = readonly [number, number, number, number];

function readTrade(line: Uint8Array, ms: number, [first, second, third, fourth]: Commas): TradeRow | string {
  const price = readNumber(line, first + 1, second);
  if (!(price > 0)) return "price is not a positive number";
  const size = readNumber(line, second + 1, third);
  if (!(size > 0)) return "size is not a positive number";
  if (third + 1 === fourth) return "exchange is empty";
  const conditions = readHex(line, fourth + 1);
  if (conditions === undefined) return "conditions are not hexadecimal bits";
  const mark = auctionMark(conditions);
  if (mark === undefined) return { kind: "trade", ms, price, size, conditions };
  const exchange = new TextDecoder().decode(line.subarray(third + 1, fourth));
  return { kind: "trade", ms, price, size, conditions, auction: { ...mark, exchange } };
}

function readQuote(line: Uint8Array, ms: number, [first, second, third, fourth]: Commas): QuoteRow | string {
  const bid = readNumber(line, first + 1, second);
  if (Number.isNaN(bid)) return "bid is not a number of 0 or more";
  const bidSize = readNumber(line, second + 1, third);
  if (Number.isNaN(bidSize)) return "bid_size is not a number of 0 or more";
  const ask = readNumber(line, third + 1, fourth);
  if (Number.isNaN(ask)) return "ask is not a number of 0 or more";
  const askSize = readNumber(line, fourth + 1, line.length);
  if (Number.isNaN(askSize)) return "ask_size is not a number of 0 or more";
  if (bid > ask && ask > 0) return `the quote is crossed: bid ${bid} above ask ${ask}`;
  return {
    kind: "quote",
    ms,
    bid: bid > 0 ? bid : null,
    bidSize: bid > 0 ? bidSize : null,
    ask: ask > 0 ? ask : null,
    askSize: ask > 0 ? askSize : null,
  };
}

/** Digits with at most one point between them. NaN for anything else: a sign, an exponent, a space, nothing, too many digits. */
function readNumber(line: Uint8Array, from: number, to: number): number {
  let digits = 0;
  let count = 0;
  let decimals = -1;
  for (let index = from; index < to; index += 1) {
    const byte = line[index] ?? 0;
    if (byte >= ZERO && byte <= NINE) {
      digits = digits * 10 + (byte - ZERO);
      count += 1;
      if (decimals >= 0) decimals += 1;
    } else if (byte === DOT && decimals < 0 && count > 0) {
      decimals = 0;
    } else {
      return Number.NaN;
    }
  }
  if (count === 0 || count > EXACT_DIGITS || decimals === 0) return Number.NaN;
  return decimals > 0 ? digits / 10 ** decimals : digits;
}

/** One to eight hexadecimal digits, as an unsigned 32-bit number. */
function readHex(line: Uint8Array, from: number): number | undefined {
  if (line.length === from || line.length - from > 8) return undefined;
  let bits = 0;
  for (let index = from; index < line.length; index += 1) {
    const digit = hexDigit(line[index] ?? 0);
    if (digit < 0) return undefined;
    bits = bits * 16 + digit;
  }
  return bits;
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
