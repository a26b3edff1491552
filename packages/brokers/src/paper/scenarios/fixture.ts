import { money, parseFixed } from "../../domain/decimal.ts";
import { clientOrderId } from "../../domain/ids.ts";
import type { Instrument, MarketData } from "../../domain/marketData.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { PaperExchangeConfig } from "../PaperExchangeConfig.ts";
import type { SessionState } from "../SessionState.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Monday 2026-06-01, midnight of the exchange that the tests trade on. It keeps UTC and opens every day. */
export const MIDNIGHT = Date.UTC(2026, 5, 1);
/** 10:00 on that day, half an hour after the open. */
export const TEN_O_CLOCK = MIDNIGHT + 600 * MINUTE;

/** Pre 04:00, regular 09:30 to 16:00, post to 20:00, when the market day ends. */
export function daytimeSession(at: number): SessionState {
  const midnight = MIDNIGHT + Math.floor((at - MIDNIGHT) / DAY) * DAY;
  const minute = (at - midnight) / MINUTE;
  const isOpen = minute >= 570 && minute < 960;
  const session = isOpen
    ? "regular"
    : minute >= 240 && minute < 570
      ? "pre"
      : minute >= 960 && minute < 1200
        ? "post"
        : "closed";
  return {
    isOpen,
    session,
    nextOpenAt: midnight + 570 * MINUTE + (minute < 570 ? 0 : DAY),
    nextCloseAt: midnight + 960 * MINUTE + (minute < 960 ? 0 : DAY),
    dayEndsAt: midnight + 1200 * MINUTE + (minute < 1200 ? 0 : DAY),
  };
}

const instrument = (symbol: string, traits: Partial<Instrument> = {}): Instrument => ({
  symbol,
  name: symbol,
  exchange: "NYSE",
  kind: "stock",
  currency: "USD",
  tickSize: "0.01",
  lotSize: "1",
  shortable: true,
  ...traits,
});

/** HARD cannot be sold short; FRAC trades in thousandths of a share, PART in parts of one; NASD is listed on Nasdaq. */
export const INSTRUMENTS: ReadonlyMap<string, Instrument> = new Map(
  [
    instrument("SPY"),
    instrument("IBM"),
    instrument("HARD", { shortable: false }),
    instrument("FRAC", { lotSize: "0.001" }),
    instrument("PART", { fractionable: true }),
    instrument("NASD", { exchange: "NASDAQ" }),
  ].map((each) => [each.symbol, each]),
);

export function paperConfig(overrides: Partial<PaperExchangeConfig> = {}): PaperExchangeConfig {
  return {
    seed: 7,
    startingCash: money("100000"),
    instruments: (symbol) => INSTRUMENTS.get(symbol),
    session: daytimeSession,
    ...overrides,
  };
}

/** A tick of which nothing is known but what `parts` says. */
export function tick(parts: Partial<MarketData> & { readonly timestamp: number }): MarketData {
  return {
    symbol: "SPY",
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    last: null,
    lastSize: null,
    volume: 0,
    previousClose: null,
    receivedAt: parts.timestamp,
    source: "replay",
    feed: "streaming",
    ...parts,
  };
}

/** A market buy of 100 SPY, day, but for what `parts` says. Decimals as text. */
export function order(
  parts: Partial<Omit<ParsedOrder, "quantity" | "price" | "stopPrice" | "clientOrderId">> & {
    readonly id: string;
    readonly quantity?: string;
    readonly price?: string;
    readonly stopPrice?: string;
  },
): ParsedOrder {
  const { id, quantity = "100", price, stopPrice, ...rest } = parts;
  return {
    clientOrderId: clientOrderId(id),
    symbol: "SPY",
    side: "buy",
    type: "market",
    timeInForce: "day",
    extendedHours: false,
    quantity: parseFixed(quantity),
    price: price === undefined ? null : parseFixed(price),
    stopPrice: stopPrice === undefined ? null : parseFixed(stopPrice),
    ...rest,
  };
}
