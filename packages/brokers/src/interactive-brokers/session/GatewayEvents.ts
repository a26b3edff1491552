import type {
  IBCommissionReport,
  IBContract,
  IBContractDescription,
  IBContractDetails,
  IBExecution,
  IBOrderState,
  IBOrderTold,
  IBPriceIncrement,
} from "./vendorTypes.ts";

/** What the gateway says about a request, an order or (as a notice) about itself. */
export interface GatewayError {
  /** Of a request from `FIRST_REQUEST_ID` on, else of an order. */
  readonly id: number;
  /** Interactive Brokers' own number: https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#api-error-codes */
  readonly code: number;
  /** As it came; in the language of the gateway. */
  readonly message: string;
  /** Why an order was rejected, as JSON; empty where nothing is said. */
  readonly advanced: string;
}

/** What the gateway says of nothing in particular: 1100, 2104 and the like. */
export type GatewayNotice = Omit<GatewayError, "id">;

/**
 * The events of a session and what each tells, named as the vendor names them; ids of requests come first. Numbers are as
 * the vendor's library read them: one that is unset is 1.7976931348623157e308, 2147483647 or undefined.
 */
export interface GatewayEvents {
  readonly error: readonly [error: GatewayError];
  readonly notice: readonly [notice: GatewayNotice];
  /** A message came that nobody can read: what it told is lost, and is to be asked for again. */
  readonly unreadable: readonly [];

  readonly nextValidId: readonly [orderId: number];
  readonly currentTime: readonly [epochSeconds: number];

  readonly openOrder: readonly [orderId: number, contract: IBContract, order: IBOrderTold, state: IBOrderState];
  readonly openOrderEnd: readonly [];
  readonly completedOrder: readonly [contract: IBContract, order: IBOrderTold, state: IBOrderState];
  readonly completedOrdersEnd: readonly [];
  readonly orderStatus: readonly [
    orderId: number,
    status: string,
    filled: number,
    remaining: number,
    avgFillPrice: number,
    permId?: number,
    parentId?: number,
    lastFillPrice?: number,
    clientId?: number,
    whyHeld?: string,
    mktCapPrice?: number,
  ];
  /** `requestId` is -1 where nobody asked. */
  readonly execDetails: readonly [requestId: number, contract: IBContract, execution: IBExecution];
  readonly execDetailsEnd: readonly [requestId: number];
  readonly commissionReport: readonly [report: IBCommissionReport];

  readonly accountSummary: readonly [requestId: number, account: string, tag: string, value: string, currency: string];
  readonly accountSummaryEnd: readonly [requestId: number];
  readonly updateAccountValue: readonly [key: string, value: string, currency: string, account: string];
  readonly updatePortfolio: readonly [
    contract: IBContract,
    position: number,
    marketPrice: number,
    marketValue: number,
    averageCost?: number,
    unrealizedPnl?: number,
    realizedPnl?: number,
    account?: string,
  ];
  readonly updateAccountTime: readonly [time: string];
  readonly accountDownloadEnd: readonly [account: string];
  readonly position: readonly [account: string, contract: IBContract, quantity: number, averageCost?: number];
  readonly positionEnd: readonly [];
  readonly pnl: readonly [requestId: number, daily: number, unrealized?: number, realized?: number];
  readonly pnlSingle: readonly [
    requestId: number,
    position: number,
    daily: number,
    unrealized: number | undefined,
    realized: number | undefined,
    value: number,
  ];

  readonly contractDetails: readonly [requestId: number, details: IBContractDetails];
  readonly contractDetailsEnd: readonly [requestId: number];
  readonly symbolSamples: readonly [requestId: number, descriptions: readonly IBContractDescription[]];
  readonly marketRule: readonly [marketRuleId: number, increments: readonly IBPriceIncrement[]];
  readonly marketDataType: readonly [requestId: number, type: number];
  readonly tickPrice: readonly [requestId: number, tickType: number, price: number];
  readonly tickSize: readonly [requestId: number, tickType?: number, size?: number];
  readonly tickString: readonly [requestId: number, tickType: number, value: string];
  readonly tickGeneric: readonly [requestId: number, tickType: number, value: number];
  readonly tickSnapshotEnd: readonly [requestId: number];
  /** A bar each, then one whose time begins with "finished". */
  readonly historicalData: readonly [
    requestId: number,
    time: string,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count?: number,
    wap?: number,
  ];
}
export type GatewayEventName = keyof GatewayEvents;
