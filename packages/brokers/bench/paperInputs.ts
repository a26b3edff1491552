import { clientOrderId, parseFixed, type Instrument, type MarketData } from "../src/domain/index.ts";
import type { SessionState } from "../src/paper/index.ts";
import type { ParsedOrder } from "../src/rules/ParsedOrder.ts";

/** A Monday at 10:00 in New York. */
export const START = Date.UTC(2026, 5, 1, 14, 0);
/** Shares of the orders that rest away from the market; no other has as many. */
export const RESTING_QUANTITY = "50";
export const SYMBOLS = ["AAPL", "MSFT", "SPY", "IBM", "BAC", "KO", "XOM", "JPM"] as const;
export const OPEN_SESSION: SessionState = {
  isOpen: true,
  session: "regular",
  nextOpenAt: null,
  nextCloseAt: null,
  dayEndsAt: START + 86_400_000,
};

export const instrumentOf = (symbol: string): Instrument => ({
  symbol,
  name: symbol,
  exchange: "NYSE",
  kind: "stock",
  currency: "USD",
  tickSize: "0.01",
  lotSize: "1",
  shortable: true,
});

/** The quote walks over forty cents and its sizes change with every tick. */
export function tickAt(symbol: string, index: number): MarketData {
  const bid = 100 + (index % 40) / 100;
  return {
    symbol,
    bid,
    ask: Math.round((bid + 0.02) * 100) / 100,
    bidSize: 100 + (index % 7) * 100,
    askSize: 100 + (index % 5) * 100,
    last: bid,
    lastSize: 100,
    volume: index * 100,
    previousClose: 100,
    timestamp: START + index,
    receivedAt: START + index,
    source: "synthetic",
    feed: "streaming",
  };
}

export const symbolAt = (index: number): string => SYMBOLS[(index >> 1) % SYMBOLS.length] ?? SYMBOLS[0];

/** One in four is a market order, one in four a marketable limit, and half rest away from the market. */
export function orderAt(symbol: string, index: number): ParsedOrder {
  const side = index % 2 === 0 ? "buy" : "sell";
  const base = {
    clientOrderId: clientOrderId(`b-${index}`),
    symbol,
    side,
    timeInForce: "day",
    extendedHours: false,
    stopPrice: null,
  } as const;
  if (index % 8 < 2) return { ...base, type: "market", quantity: parseFixed(100), price: null };
  if (index % 8 < 4)
    return { ...base, type: "limit", quantity: parseFixed(100), price: parseFixed(side === "buy" ? 101 : 99) };
  return {
    ...base,
    type: "limit",
    quantity: parseFixed(RESTING_QUANTITY),
    price: parseFixed(side === "buy" ? 99 - (index % 50) : 101 + (index % 50)),
  };
}
