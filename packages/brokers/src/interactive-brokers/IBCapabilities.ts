import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { supported, unsupported } from "../domain/capability.ts";

/** Order types, times in force and `outsideRth`. */
const ORDERS = "https://ibkrcampus.com/campus/ibkr-api-page/order-types/";
/** The API's own documentation. */
const API = "https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/";
const ORDER_LIMITS = "https://interactivebrokers.github.io/tws-api/order_limitations.html";
const NOT_PROVEN = "not proven for Interactive Brokers in this version";

/** What Interactive Brokers does and what of it is proven here by the contract suite. */
export const IB_CAPABILITIES: BrokerCapabilities = {
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
    oco: unsupported(ORDERS, `one-cancels-all groups are ${NOT_PROVEN}`),
    oto: unsupported(ORDERS, `attached orders are ${NOT_PROVEN}`),
  },
  fractional: unsupported(API, "Interactive Brokers refuses most fractional stock orders over its API"),
  notional: unsupported(API, `orders for an amount of money are ${NOT_PROVEN}`),
  shortSelling: supported(API),
  extendedHours: supported(ORDERS),
  modifyOrder: supported(API),
  streamingQuotes: supported(API),
  orderUpdates: supported(API),
  historicalBars: supported(API),
  clientOrderIdLookup: supported(API),
  trailingStop: unsupported(ORDERS, `trailing stops are ${NOT_PROVEN}`),
  goodTillDate: unsupported(ORDERS, `orders that end at a given instant are ${NOT_PROVEN}`),
  limits: {
    maxOpenOrders: { value: null, source: ORDER_LIMITS },
    maxOpenOrdersPerSide: { value: 20, source: ORDER_LIMITS },
    maxQuoteSubscriptions: { value: 100, source: API, note: "market data lines of a new account" },
  },
};
