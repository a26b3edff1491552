import type {
  AccountView,
  AlertView,
  BrokerCard,
  ConnectionView,
  DriftView,
  FillView,
  InstrumentView,
  OrderView,
  Portfolio,
  PositionView,
  PreviewView,
  ProbedPlaceView,
  QuoteTuple,
  RiskPolicyView,
  TradingStateView,
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
  fractionable: true,
};

const heard = { state: "up", lastEvidenceAt: "2026-11-23T15:00:00.000Z" } as const;

/** Connected, heard at 15:00:00 on every channel that it has, and compared then. */
export function aConnection(
  change: Partial<Omit<ConnectionView, "status">> & { readonly status?: Partial<ConnectionView["status"]> } = {},
): ConnectionView {
  const { status, ...rest } = change;
  return {
    id: "connection-1",
    broker: "paper",
    brokerName: "Paper exchange",
    mode: "paper",
    isSimulator: false,
    label: "Paper",
    desired: "connected",
    credentialHints: {},
    credentialsSetAt: null,
    credentialsAreOld: false,
    credentialFault: null,
    removable: true,
    createdAt: "2026-11-23T15:00:00.000Z",
    reconciledAt: "2026-11-23T15:00:00.000Z",
    openDrifts: 0,
    executionTimes: null,
    ...rest,
    status: {
      state: "connected",
      isConnected: true,
      isHealthy: true,
      channels: { session: heard, orders: heard, data: heard, rest: { state: "unused", lastEvidenceAt: null } },
      since: "2026-11-23T15:00:00.000Z",
      error: null,
      budget: [],
      quoteLines: null,
      ...status,
    },
  };
}

/** A gateway that answers, logged in to one paper account. */
export function aPlace(change: Partial<ProbedPlaceView> = {}): ProbedPlaceView {
  return {
    address: "127.0.0.1:4002",
    usual: "IB Gateway, paper",
    accounts: [{ id: "DU1234567", credentials: { host: "127.0.0.1", port: "4002", account: "" } }],
    mode: "paper",
    fault: null,
    ...change,
  };
}

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
  repeatedOrderIds: yes,
  trailingStop: no("plain stops only"),
  goodTillDate: no("no date of its own"),
  limits: { maxOpenOrders: noLimit, maxOpenOrdersPerSide: noLimit, maxQuoteSubscriptions: noLimit },
};

/** What a broker can do that can do every order kind. */
export const everything: BrokerCard["capabilities"] = {
  ...capabilities,
  timesInForce: { day: yes, gtc: yes, ioc: yes, fok: yes, opg: yes, cls: yes },
  orderClasses: { bracket: yes, oco: yes, oto: yes },
  fractional: yes,
  notional: yes,
  trailingStop: yes,
  goodTillDate: yes,
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
    trail: null,
    notional: null,
    expiresAt: null,
    group: null,
    isHeld: false,
    state: "WORKING",
    reason: null,
    createdAt: "2026-11-23T15:00:00.000Z",
    sentAt: "2026-11-23T15:00:00.100Z",
    acknowledgedAt: "2026-11-23T15:00:00.200Z",
    updatedAt: "2026-11-23T15:00:00.200Z",
    ...change,
  };
}

const ROLE_TERMS = {
  entry: { side: "buy", type: "limit", price: "187.5", stopPrice: null },
  take_profit: { side: "sell", type: "limit", price: "199", stopPrice: null },
  stop_loss: { side: "sell", type: "stop", price: null, stopPrice: "180" },
} as const;

/** A member of a bracket that the order "entry" leads; its id is its role. */
export function aLinkedOrder(role: keyof typeof ROLE_TERMS, change: Partial<OrderView> = {}): OrderView {
  const group = { leaderId: "entry", orderClass: "bracket", role } as const;
  return anOrder({ id: role, ...ROLE_TERMS[role], group, ...change });
}

export function aFill(change: Partial<FillView> = {}): FillView {
  return {
    id: "fill-1",
    executionId: "E-1",
    orderId: "order-1",
    accountId: account.id,
    symbol: "AAPL",
    side: "buy",
    quantity: "40",
    price: "187.51",
    fees: "0",
    filledAt: "2026-11-23T15:00:01.000Z",
    reason: null,
    why: null,
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
      settledCash: null,
      dividends: null,
      accruedDividends: null,
      borrowFees: null,
      marginDeficit: null,
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
  token: "token-1",
  validUntil: "2026-11-23T15:01:00.000Z",
};

const limits: RiskPolicyView["base"] = {
  maxOrderValue: "25000",
  maxOrderQuantity: "10000",
  maxPositionFraction: 0.1,
  maxExposureFraction: 1,
  maxDailyLossFraction: 0.02,
  priceCollarFraction: 0.05,
  maxOrdersPerMinute: 60,
};

/** The defaults, nothing raised, no symbol with limits of its own. */
export function aPolicy(change: Partial<RiskPolicyView> = {}): RiskPolicyView {
  return { base: limits, effective: limits, defaults: limits, raises: [], symbols: [], ...change };
}

/** Halted at 15:00:00 by ada; one broker has confirmed, one has not. */
export function aHalt(change: Partial<TradingStateView> = {}): TradingStateView {
  const at = "2026-11-23T15:00:00.000Z";
  const step = { broker: "paper", mode: "paper", openOrders: 3, error: null, updatedAt: at } as const;
  return {
    state: "HALTED",
    reason: "The market is mad",
    changedAt: at,
    changedBy: "ada",
    halt: {
      id: "halt-1",
      requestedAt: at,
      requestedBy: "ada",
      source: "web",
      reason: "The market is mad",
      endedAt: null,
      steps: [
        { ...step, connectionId: "c1", label: "Paper", state: "confirmed", remaining: 0, attempts: 1 },
        { ...step, connectionId: "c2", label: "Other", state: "unconfirmed", remaining: 2, attempts: 3 },
      ],
    },
    ...change,
  };
}

/** A position that differs, open, found at 15:00:00. */
export function aDrift(change: Partial<DriftView> = {}): DriftView {
  return {
    id: "drift-1",
    accountId: account.id,
    mode: "paper",
    kind: "position",
    subject: "AAPL",
    symbol: "AAPL",
    here: "100 shares",
    there: "140 shares",
    cause: "Nobody here traded it",
    evidence: {},
    action: "asked",
    foundAt: "2026-11-23T15:00:00.000Z",
    seenAt: "2026-11-23T15:00:00.000Z",
    timesSeen: 1,
    resolvedAt: null,
    note: null,
    ...change,
  };
}

/** A connection that is down since 15:00:00. */
export function anAlert(change: Partial<AlertView> = {}): AlertView {
  return {
    id: "alert-1",
    kind: "connection_down",
    severity: "critical",
    connectionId: "connection-1",
    subject: "connection-1",
    message: "Paper is down.",
    raisedAt: "2026-11-23T15:00:00.000Z",
    recoveredAt: null,
    acknowledgedAt: null,
    ...change,
  };
}

export function aTuple(
  symbol: string,
  last: number,
  receivedAt: number,
  feed: QuoteTuple[11] = "streaming",
): QuoteTuple {
  return [symbol, last - 0.01, last + 0.01, 300, 200, last, 10, 1_000, 185, receivedAt, receivedAt, feed, "synthetic"];
}
