import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { supported, unsupported } from "../domain/capability.ts";

/** Order types, times in force, extended hours, replacing. */
const ORDERS = "https://docs.alpaca.markets/docs/orders-at-alpaca";
const FRACTIONAL = "https://docs.alpaca.markets/docs/fractional-trading";
const MARGIN = "https://docs.alpaca.markets/docs/margin-and-short-selling";
const UPDATES = "https://docs.alpaca.markets/docs/websocket-streaming";
const QUOTES = "https://docs.alpaca.markets/docs/real-time-stock-pricing-data";
/** Plans and what each may subscribe to. */
const DATA_PLANS = "https://docs.alpaca.markets/docs/about-market-data-api";
const BARS = "https://docs.alpaca.markets/reference/stockbars";
const NOT_PROVEN = "not proven for Alpaca in this version";

/** What Alpaca does and what of it is proven here by the contract suite. */
export const ALPACA_CAPABILITIES: BrokerCapabilities = {
  orderTypes: {
    market: supported(ORDERS),
    limit: supported(ORDERS),
    stop: supported(ORDERS),
    stop_limit: supported(ORDERS),
  },
  timesInForce: {
    day: supported(ORDERS),
    gtc: supported(ORDERS),
    ioc: supported(ORDERS),
    fok: supported(ORDERS),
    opg: unsupported(ORDERS, `orders for the opening auction are ${NOT_PROVEN}`),
    cls: unsupported(ORDERS, `orders for the closing auction are ${NOT_PROVEN}`),
  },
  orderClasses: {
    bracket: unsupported(ORDERS, `bracket orders are ${NOT_PROVEN}`),
    oco: unsupported(ORDERS, `one-cancels-other orders are ${NOT_PROVEN}`),
    oto: unsupported(ORDERS, `one-triggers-other orders are ${NOT_PROVEN}`),
  },
  fractional: unsupported(FRACTIONAL, `fractional shares are ${NOT_PROVEN}`),
  notional: unsupported(FRACTIONAL, `orders for an amount of money are ${NOT_PROVEN}`),
  shortSelling: supported(MARGIN),
  extendedHours: supported(ORDERS),
  modifyOrder: supported(ORDERS),
  streamingQuotes: supported(QUOTES),
  orderUpdates: supported(UPDATES),
  historicalBars: supported(BARS),
  clientOrderIdLookup: supported(ORDERS),
  trailingStop: unsupported(ORDERS, `trailing stops are ${NOT_PROVEN}`),
  goodTillDate: unsupported(ORDERS, `orders that end at a given instant are ${NOT_PROVEN}`),
  limits: {
    maxOpenOrders: { value: null, source: ORDERS },
    maxOpenOrdersPerSide: { value: null, source: ORDERS },
    maxQuoteSubscriptions: { value: 30, source: DATA_PLANS, note: "on the free Basic plan" },
  },
};
