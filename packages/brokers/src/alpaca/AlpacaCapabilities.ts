import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { supported, unsupported } from "../domain/capability.ts";

/** Order types, times in force, classes, extended hours, replacing. */
const ORDERS = "https://docs.alpaca.markets/docs/orders-at-alpaca";
const FRACTIONAL = "https://docs.alpaca.markets/docs/fractional-trading";
const MARGIN = "https://docs.alpaca.markets/docs/margin-and-short-selling";
const UPDATES = "https://docs.alpaca.markets/docs/websocket-streaming";
const QUOTES = "https://docs.alpaca.markets/docs/real-time-stock-pricing-data";
/** Plans and what each may subscribe to. */
const DATA_PLANS = "https://docs.alpaca.markets/docs/about-market-data-api";
const BARS = "https://docs.alpaca.markets/reference/stockbars";

/** What Alpaca does. In mock mode too, so that the ticket is the same. */
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
    opg: supported(ORDERS),
    cls: supported(ORDERS),
  },
  orderClasses: { bracket: supported(ORDERS), oco: supported(ORDERS), oto: supported(ORDERS) },
  fractional: supported(FRACTIONAL),
  notional: supported(FRACTIONAL),
  shortSelling: supported(MARGIN),
  extendedHours: supported(ORDERS),
  modifyOrder: supported(ORDERS),
  streamingQuotes: supported(QUOTES),
  orderUpdates: supported(UPDATES),
  historicalBars: supported(BARS),
  clientOrderIdLookup: supported(ORDERS),
  repeatedOrderIds: supported(ORDERS),
  trailingStop: supported(ORDERS),
  goodTillDate: unsupported(ORDERS, "Alpaca ends a gtc order after 90 days and takes no other date"),
  limits: {
    maxOpenOrders: { value: null, source: ORDERS },
    maxOpenOrdersPerSide: { value: null, source: ORDERS },
    maxQuoteSubscriptions: { value: 30, source: DATA_PLANS, note: "on the free Basic plan" },
  },
};
