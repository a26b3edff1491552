import type { WireContract } from "./WireContract.ts";
import type { WireOrder } from "./WireOrder.ts";

/** `requestId` is the client's own number for what it asks; answers and errors carry it. */
interface Asked {
  readonly requestId: number;
}

export interface PlaceOrder {
  readonly kind: "placeOrder";
  readonly orderId: number;
  readonly contract: WireContract;
  readonly order: WireOrder;
}

export interface CancelOrder {
  readonly kind: "cancelOrder";
  readonly orderId: number;
  /** "" where nothing is said; before version 169 always. */
  readonly manualOrderTime: string;
  /** From version 192 on. */
  readonly extOperator: string;
  readonly manualOrderIndicator: number | null;
}

export interface GlobalCancel {
  readonly kind: "globalCancel";
  readonly extOperator: string;
  readonly manualOrderIndicator: number | null;
}

export interface ReqMarketData extends Asked {
  readonly kind: "marketData";
  readonly contract: WireContract;
  /** "" or numbers with commas between them. */
  readonly genericTicks: string;
  readonly snapshot: boolean;
  readonly regulatorySnapshot: boolean;
}

export interface ReqHistoricalData extends Asked {
  readonly kind: "historicalData";
  readonly contract: WireContract;
  /** "" is now. */
  readonly endDateTime: string;
  readonly barSize: string;
  readonly duration: string;
  readonly useRth: boolean;
  readonly whatToShow: string;
  /** 1 dates as text, 2 epoch seconds. */
  readonly formatDate: number;
  readonly keepUpToDate: boolean;
  readonly chartOptions: string;
}

export interface ReqHeadTimestamp extends Asked {
  readonly kind: "headTimestamp";
  readonly contract: WireContract;
  readonly useRth: boolean;
  readonly whatToShow: string;
  readonly formatDate: number;
}

/** "" and 0 filter nothing. */
export interface ReqExecutions extends Asked {
  readonly kind: "executions";
  readonly clientId: number;
  readonly account: string;
  /** yyyymmdd-hh:mm:ss */
  readonly time: string;
  readonly symbol: string;
  readonly secType: string;
  readonly exchange: string;
  readonly side: string;
}

/** A request as any official client sends it, at any version from 157 to 193. */
export type TwsRequest =
  | { readonly kind: "startApi"; readonly clientId: number; readonly optionalCapabilities: string }
  | { readonly kind: "currentTime" }
  | { readonly kind: "ids" }
  | { readonly kind: "managedAccounts" }
  /** 1 debug … 5 errors. */
  | { readonly kind: "serverLogLevel"; readonly level: number }
  /** 1 live, 2 frozen, 3 delayed, 4 delayed and frozen. */
  | { readonly kind: "marketDataType"; readonly type: number }
  // Orders
  | PlaceOrder
  | CancelOrder
  | GlobalCancel
  | { readonly kind: "openOrders" }
  | { readonly kind: "allOpenOrders" }
  | { readonly kind: "autoOpenOrders"; readonly bind: boolean }
  | { readonly kind: "completedOrders"; readonly apiOnly: boolean }
  | ReqExecutions
  // Account
  | (Asked & { readonly kind: "accountSummary"; readonly group: string; readonly tags: string })
  | (Asked & { readonly kind: "cancelAccountSummary" })
  | { readonly kind: "accountUpdates"; readonly subscribe: boolean; readonly account: string }
  | (Asked & {
      readonly kind: "accountUpdatesMulti";
      readonly account: string;
      readonly modelCode: string;
      readonly ledgerAndNlv: boolean;
    })
  | (Asked & { readonly kind: "cancelAccountUpdatesMulti" })
  | { readonly kind: "positions" }
  | { readonly kind: "cancelPositions" }
  | (Asked & { readonly kind: "positionsMulti"; readonly account: string; readonly modelCode: string })
  | (Asked & { readonly kind: "cancelPositionsMulti" })
  | (Asked & { readonly kind: "pnl"; readonly account: string; readonly modelCode: string })
  | (Asked & { readonly kind: "cancelPnl" })
  | (Asked & {
      readonly kind: "pnlSingle";
      readonly account: string;
      readonly modelCode: string;
      readonly conId: number;
    })
  | (Asked & { readonly kind: "cancelPnlSingle" })
  // Contracts
  | (Asked & { readonly kind: "contractDetails"; readonly contract: WireContract })
  | (Asked & { readonly kind: "matchingSymbols"; readonly pattern: string })
  | { readonly kind: "marketRule"; readonly marketRuleId: number }
  // Market
  | ReqMarketData
  | (Asked & { readonly kind: "cancelMarketData" })
  | ReqHistoricalData
  | (Asked & { readonly kind: "cancelHistoricalData" })
  | ReqHeadTimestamp
  | (Asked & { readonly kind: "cancelHeadTimestamp" })
  | (Asked & { readonly kind: "userInfo" })
  /** A request of the official API that this gateway does not serve; -1 where it carries no id. */
  | (Asked & { readonly kind: "notServed"; readonly messageId: number; readonly name: string });

export type TwsRequestKind = TwsRequest["kind"];
export type RequestOf<Kind extends TwsRequestKind> = Extract<TwsRequest, { readonly kind: Kind }>;
