import { clientOrderId } from "../domain/ids.ts";
import { parseFixed, type DecimalInput } from "../domain/decimal.ts";
import type { Instrument, MarketData } from "../domain/marketData.ts";
import type { LimitOrderRequest, MarketOrderRequest, OrderSide } from "../domain/order.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";

/** A share that trades in cents and single shares. */
export function instrument(symbol: string, name: string, change: Partial<Instrument> = {}): Instrument {
  return {
    symbol,
    name,
    exchange: "NASDAQ",
    kind: "stock",
    currency: "USD",
    tickSize: "0.01",
    lotSize: "1",
    shortable: true,
    ...change,
  };
}

/** A quote of 100.00 to 100.02, a thousand shares on each side. */
export function marketData(symbol: string, change: Partial<MarketData> = {}): MarketData {
  return {
    symbol,
    bid: 100,
    ask: 100.02,
    bidSize: 1_000,
    askSize: 1_000,
    last: 100,
    lastSize: 100,
    volume: 0,
    previousClose: 99,
    timestamp: 0,
    receivedAt: 0,
    source: "synthetic",
    feed: "streaming",
    ...change,
  };
}

export function marketOrder(
  symbol: string,
  side: OrderSide,
  quantity: DecimalInput,
  clientId?: string,
): MarketOrderRequest {
  return { symbol, side, quantity, type: "market", ...(clientId === undefined ? {} : { clientOrderId: clientId }) };
}

export function limitOrder(
  symbol: string,
  side: OrderSide,
  quantity: DecimalInput,
  price: DecimalInput,
  clientId?: string,
): LimitOrderRequest {
  return {
    symbol,
    side,
    quantity,
    price,
    type: "limit",
    ...(clientId === undefined ? {} : { clientOrderId: clientId }),
  };
}

/** A day order to buy 10 AAPL at the market. */
export function parsedOrder(change: Partial<ParsedOrder> = {}): ParsedOrder {
  return {
    clientOrderId: clientOrderId("order-1"),
    symbol: "AAPL",
    side: "buy",
    type: "market",
    timeInForce: "day",
    extendedHours: false,
    quantity: parseFixed(10),
    price: null,
    stopPrice: null,
    ...change,
  };
}
