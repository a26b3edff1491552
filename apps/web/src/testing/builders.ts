import type {
  AccountView,
  BrokerCard,
  InstrumentView,
  OrderView,
  Portfolio,
  PositionView,
  PreviewView,
  QuoteTuple,
} from "@trenddojo/server/wire";

export const account: AccountView = {
  id: "account-1",
  connectionId: "connection-1",
  broker: "paper",
  brokerName: "Paper exchange",
  mode: "paper",
  label: "Paper",
  venueAccountId: "PX0004821",
  currency: "USD",
};

export const instrument: InstrumentView = {
  symbol: "AAPL",
  name: "Apple Inc.",
  exchange: "NASDAQ",
  kind: "stock",
  currency: "USD",
  tickSize: "0.01",
  lotSize: "1",
  shortable: true,
};

const yes = { supported: true, source: "PX1" };
const no = (reason: string) => ({ supported: false, source: "PX1", reason });
const noLimit = { value: null, source: "PX1" };

export const capabilities: BrokerCard["capabilities"] = {
  orderTypes: { market: yes, limit: yes, stop: yes, stop_limit: yes },
  timesInForce: {
    day: yes,
    gtc: yes,
    ioc: yes,
    fok: yes,
    opg: no("no opening auction here"),
    cls: no("no closing auction here"),
  },
  orderClasses: { bracket: no("single orders only"), oco: no("single orders only"), oto: no("single orders only") },
  fractional: no("whole shares only"),
  notional: no("shares only"),
  shortSelling: yes,
  extendedHours: no("regular session only"),
  modifyOrder: yes,
  streamingQuotes: yes,
  orderUpdates: yes,
  historicalBars: yes,
  clientOrderIdLookup: yes,
  trailingStop: no("plain stops only"),
  goodTillDate: no("no date of its own"),
  limits: { maxOpenOrders: noLimit, maxOpenOrdersPerSide: noLimit, maxQuoteSubscriptions: noLimit },
};

export function anOrder(change: Partial<OrderView> = {}): OrderView {
  return {
    id: "order-1",
    revision: 1,
    accountId: account.id,
    mode: "paper",
    clientOrderId: "P-1",
    venueOrderId: "V-1",
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "day",
    extendedHours: false,
    quantity: "100",
    filledQuantity: "0",
    averageFillPrice: null,
    price: "187.5",
    stopPrice: null,
    state: "WORKING",
    reason: null,
    createdAt: "2026-11-23T15:00:00.000Z",
    sentAt: "2026-11-23T15:00:00.100Z",
    acknowledgedAt: "2026-11-23T15:00:00.200Z",
    updatedAt: "2026-11-23T15:00:00.200Z",
    ...change,
  };
}

/** Marked at 15:00:00 and read from the broker in that second. */
export function aPosition(change: Partial<PositionView> = {}): PositionView {
  return {
    symbol: "AAPL",
    quantity: "100",
    averagePrice: "187",
    marketPrice: "187.5",
    marketValue: "18750",
    unrealizedPnl: "50",
    realizedPnl: "0",
    markedAt: "2026-11-23T15:00:00.000Z",
    ...change,
  };
}

export function aPortfolio(change: Partial<Portfolio> = {}): Portfolio {
  return {
    accountId: account.id,
    balances: {
      currency: "USD",
      cash: "81250",
      equity: "100050",
      buyingPower: "90000",
      reserved: "0",
      longMarketValue: "18750",
      shortMarketValue: "0",
      initialMargin: "9375",
      maintenanceMargin: "4687.5",
      unrealizedPnl: "50",
      realizedPnl: "0",
      dayPnl: "50",
      fees: "0",
      asOf: "2026-11-23T15:00:00.000Z",
    },
    positions: [aPosition()],
    source: "broker",
    receivedAt: "2026-11-23T15:00:00.000Z",
    ...change,
  };
}

export const preview: PreviewView = {
  isValid: true,
  issues: [],
  referencePrice: "187.52",
  notional: "18752",
  estimatedFees: "0.02",
  marginRequired: "9376",
  buyingPower: "100000",
  buyingPowerAfter: "81248",
  quotedAt: "2026-11-23T15:00:00.000Z",
};

export function aTuple(
  symbol: string,
  last: number,
  receivedAt: number,
  feed: QuoteTuple[11] = "streaming",
): QuoteTuple {
  return [symbol, last - 0.01, last + 0.01, 300, 200, last, 10, 1_000, 185, receivedAt, receivedAt, feed, "synthetic"];
}
