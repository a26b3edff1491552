import { parseInstant } from "../rest/instant.ts";

/** What the market-data stream tells, in the desk's words. Instants are epoch milliseconds, sizes are shares. */
export type MarketEvent =
  | {
      readonly kind: "quote";
      readonly symbol: string;
      /** A side without a quote is null; Alpaca says 0. */
      readonly bid: number | null;
      readonly bidSize: number | null;
      readonly ask: number | null;
      readonly askSize: number | null;
      readonly at: number;
    }
  | TradeEvent
  | {
      /** `updated_bar`: a minute's bar again, with late trades in it. */
      readonly kind: "bar" | "updated_bar" | "daily_bar";
      readonly symbol: string;
      readonly open: number;
      readonly high: number;
      readonly low: number;
      readonly close: number;
      readonly volume: number;
      /** Start of the bar. */
      readonly at: number;
    }
  | {
      /** Halts, resumptions, pauses: the exchange's own code and sentence. */
      readonly kind: "status";
      readonly symbol: string;
      readonly code: string;
      readonly message: string;
      /** Why, in the exchange's words; "" where it gave none. */
      readonly reason: string;
      readonly at: number;
    }
  | {
      /** Limit up, limit down. */
      readonly kind: "luld";
      readonly symbol: string;
      readonly up: number;
      readonly down: number;
      readonly at: number;
    }
  | {
      readonly kind: "correction";
      readonly symbol: string;
      readonly originalId: TradeId;
      readonly id: TradeId;
      readonly price: number;
      readonly size: number;
      readonly at: number;
    };

/** `trade_cancel`: it was reported and did not happen. */
export interface TradeEvent {
  readonly kind: "trade" | "trade_cancel";
  readonly symbol: string;
  readonly id: TradeId;
  readonly price: number;
  readonly size: number;
  readonly at: number;
}

/** A 64-bit number; null where it was too long for a float and the message was read quickly. */
export type TradeId = string | null;

type Wire = Readonly<Record<string, unknown>>;

/**
 * One message of a data frame, https://docs.alpaca.markets/docs/real-time-stock-pricing-data; undefined for a kind that
 * is not known, and for one that lacks what it needs. By hand and not by schema: thousands come a second.
 */
export function toMarketEvent(wire: unknown): MarketEvent | undefined {
  if (!isWire(wire)) return undefined;
  const { T: type, S: symbol } = wire;
  const at = instantOf(wire["t"]);
  if (typeof symbol !== "string" || at === undefined) return undefined;
  switch (type) {
    case "q":
      return quote(wire, symbol, at);
    case "t":
      return trade("trade", wire, symbol, at);
    case "b":
      return bar("bar", wire, symbol, at);
    case "u":
      return bar("updated_bar", wire, symbol, at);
    case "d":
      return bar("daily_bar", wire, symbol, at);
    case "s":
      return {
        kind: "status",
        symbol,
        code: textOf(wire["sc"]),
        message: textOf(wire["sm"]),
        reason: textOf(wire["rm"]),
        at,
      };
    case "l":
      return luld(wire, symbol, at);
    case "c":
      return correction(wire, symbol, at);
    case "x":
      return trade("trade_cancel", wire, symbol, at);
    default:
      return undefined;
  }
}

function quote({ bp, bs, ap, as }: Wire, symbol: string, at: number): MarketEvent | undefined {
  return quoteOf(symbol, at, bp, bs, ap, as);
}

/** Undefined where one of the four is no number. */
export function quoteOf(
  symbol: string,
  at: number,
  bp: unknown,
  bs: unknown,
  ap: unknown,
  as: unknown,
): MarketEvent | undefined {
  if (!isNumber(bp) || !isNumber(bs) || !isNumber(ap) || !isNumber(as)) return undefined;
  return {
    kind: "quote",
    symbol,
    bid: bp > 0 ? bp : null,
    bidSize: bp > 0 ? bs : null,
    ask: ap > 0 ? ap : null,
    askSize: ap > 0 ? as : null,
    at,
  };
}

function trade(kind: TradeEvent["kind"], { p, s, i }: Wire, symbol: string, at: number): MarketEvent | undefined {
  return tradeOf(kind, symbol, at, p, s, i);
}

/** Undefined where price or size is no number. */
export function tradeOf(
  kind: TradeEvent["kind"],
  symbol: string,
  at: number,
  price: unknown,
  size: unknown,
  id: unknown,
): MarketEvent | undefined {
  return isNumber(price) && isNumber(size) ? { kind, symbol, id: tradeId(id), price, size, at } : undefined;
}

function bar(
  kind: "bar" | "updated_bar" | "daily_bar",
  wire: Wire,
  symbol: string,
  at: number,
): MarketEvent | undefined {
  const { o: open, h: high, l: low, c: close, v: volume } = wire;
  if (!isNumber(open) || !isNumber(high) || !isNumber(low) || !isNumber(close) || !isNumber(volume)) return undefined;
  return { kind, symbol, open, high, low, close, volume, at };
}

function luld(wire: Wire, symbol: string, at: number): MarketEvent | undefined {
  const { u: up, d: down } = wire;
  return isNumber(up) && isNumber(down) ? { kind: "luld", symbol, up, down, at } : undefined;
}

function correction(wire: Wire, symbol: string, at: number): MarketEvent | undefined {
  const { oi, ci, cp: price, cs: size } = wire;
  if (!isNumber(price) || !isNumber(size)) return undefined;
  return { kind: "correction", symbol, originalId: tradeId(oi), id: tradeId(ci), price, size, at };
}

function tradeId(id: unknown): TradeId {
  if (typeof id === "string") return id;
  return typeof id === "number" && Number.isSafeInteger(id) ? String(id) : null;
}

const isWire = (value: unknown): value is Wire => typeof value === "object" && value !== null;
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const DIGIT_0 = 48;
const HYPHEN = 45;
const POINT = 46;
const COLON = 58;
const LETTER_T = 84;
const ZULU = 90;

/** msgpack's timestamps are milliseconds already; JSON's are texts with nanoseconds. */
function instantOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? (quickInstant(value) ?? parseInstant(value)) : undefined;
}

/** "2021-02-22T15:51:44.208Z" with any number of decimals, as `parseInstant` has it; undefined for any other form, which is read the long way. */
function quickInstant(text: string): number | undefined {
  const last = text.length - 1;
  if (last < 19 || last > 32 || text.charCodeAt(last) !== ZULU || !isPunctuated(text)) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  // What is not a number is not within any bounds.
  const isDate = year >= 1_000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDate || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (last === 19) return atMs;
  const decimals = last - 20;
  if (decimals === 0 || Number.isNaN(digits(text, 20, last))) return undefined;
  const kept = Math.min(3, decimals);
  return atMs + digits(text, 20, 20 + kept) * (kept === 3 ? 1 : kept === 2 ? 10 : 100);
}

function isPunctuated(text: string): boolean {
  return (
    text.charCodeAt(4) === HYPHEN &&
    text.charCodeAt(7) === HYPHEN &&
    text.charCodeAt(10) === LETTER_T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    (text.length === 20 || text.charCodeAt(19) === POINT)
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - DIGIT_0;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
