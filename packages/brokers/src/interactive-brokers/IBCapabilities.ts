import type { BrokerCapabilities } from "../domain/capabilities.ts";
import { supported, unsupported } from "../domain/capability.ts";

/** Order types, times in force and `outsideRth`. */
const ORDERS = "https://ibkrcampus.com/campus/ibkr-api-page/order-types/";
/** The API's own documentation. */
const API = "https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/";
/** Brackets and attached orders. */
const ATTACHED = "https://interactivebrokers.github.io/tws-api/bracket_order.html";
const OCA = "https://interactivebrokers.github.io/tws-api/oca.html";
const ORDER_LIMITS = "https://interactivebrokers.github.io/tws-api/order_limitations.html";

/** What Interactive Brokers does and what of it is proven here by the contract suite. In mock mode too, so that the ticket is the same. */
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
    opg: supported(ORDERS),
    cls: supported(ORDERS),
  },
  orderClasses: { bracket: supported(ATTACHED), oco: supported(OCA), oto: supported(ATTACHED) },
  fractional: unsupported(API, "Interactive Brokers refuses most fractional stock orders over its API"),
  notional: unsupported(API, "Interactive Brokers refuses most orders for an amount of money over its API"),
  shortSelling: supported(API),
  extendedHours: supported(ORDERS),
  modifyOrder: supported(API),
  streamingQuotes: supported(API),
  orderUpdates: supported(API),
  historicalBars: supported(API),
  clientOrderIdLookup: supported(API),
  repeatedOrderIds: unsupported(
    ORDERS,
    "Interactive Brokers changes the order whose id is sent again, or takes it anew",
  ),
  trailingStop: supported(ORDERS),
  goodTillDate: supported(ORDERS),
  limits: {
    maxOpenOrders: { value: null, source: ORDER_LIMITS },
    maxOpenOrdersPerSide: { value: 20, source: ORDER_LIMITS },
    maxQuoteSubscriptions: { value: 100, source: API, note: "market data lines of a new account" },
  },
};
