import type { DecimalText, WireContract } from "./WireContract.ts";
import type { TagValue, WireOrder } from "./WireOrder.ts";

/** `requestId` is the client's own number of what it asked. */
interface Answer {
  readonly requestId: number;
}

/** Everything about a contract. Its `strike`, `right` … are those of `contract`. */
export interface ContractDetails {
  readonly contract: WireContract;
  readonly marketName: string;
  readonly minTick: DecimalText;
  /** Names with commas between them. */
  readonly orderTypes: string;
  readonly validExchanges: string;
  readonly priceMagnifier: number;
  readonly underConId: number;
  readonly longName: string;
  readonly contractMonth: string;
  readonly industry: string;
  readonly category: string;
  readonly subcategory: string;
  readonly timeZoneId: string;
  /** 20260420:0930-20260420:1600;20260421:CLOSED */
  readonly tradingHours: string;
  readonly liquidHours: string;
  readonly evRule: string;
  readonly evMultiplier: DecimalText;
  readonly secIds: readonly TagValue[];
  readonly aggGroup: number;
  readonly underSymbol: string;
  readonly underSecType: string;
  /** Numbers with commas between them, one for each of `validExchanges`. */
  readonly marketRuleIds: string;
  readonly realExpirationDate: string;
  readonly stockType: string;
  /** Told from version 164 on, as the next two; 163 has one of them. */
  readonly minSize: DecimalText;
  readonly sizeIncrement: DecimalText;
  readonly suggestedSizeIncrement: DecimalText;
  /** From version 186 on. */
  readonly ineligibilityReasons: readonly { readonly id: string; readonly description: string }[];
}

/** Null is what the gateway does not say (1.7976931348623157E308, or nothing). */
export interface WireOrderState {
  readonly status: string;
  readonly initMarginBefore: DecimalText | null;
  readonly maintMarginBefore: DecimalText | null;
  readonly equityWithLoanBefore: DecimalText | null;
  readonly initMarginChange: DecimalText | null;
  readonly maintMarginChange: DecimalText | null;
  readonly equityWithLoanChange: DecimalText | null;
  readonly initMarginAfter: DecimalText | null;
  readonly maintMarginAfter: DecimalText | null;
  readonly equityWithLoanAfter: DecimalText | null;
  readonly commission: DecimalText | null;
  readonly minCommission: DecimalText | null;
  readonly maxCommission: DecimalText | null;
  readonly commissionCurrency: string;
  readonly warningText: string;
}

export interface OpenOrder {
  readonly kind: "openOrder";
  readonly orderId: number;
  readonly clientId: number;
  readonly permId: number;
  readonly contract: WireContract;
  readonly order: WireOrder;
  readonly state: WireOrderState;
}

export interface CompletedOrder {
  readonly kind: "completedOrder";
  readonly permId: number;
  readonly contract: WireContract;
  readonly order: WireOrder;
  readonly status: string;
  readonly filledQuantity: DecimalText;
  readonly parentPermId: number;
  /** 20260413 15:27:04 US/Eastern */
  readonly completedTime: string;
  readonly completedStatus: string;
}

export interface OrderStatus {
  readonly kind: "orderStatus";
  readonly orderId: number;
  readonly status: string;
  readonly filled: DecimalText;
  readonly remaining: DecimalText;
  readonly avgFillPrice: DecimalText;
  readonly permId: number;
  readonly parentId: number;
  readonly lastFillPrice: DecimalText;
  readonly clientId: number;
  readonly whyHeld: string;
  readonly mktCapPrice: DecimalText;
}

export interface ExecutionDetails extends Answer {
  /** `requestId` -1: told unasked. */
  readonly kind: "execution";
  readonly orderId: number;
  readonly contract: WireContract;
  readonly execId: string;
  readonly time: string;
  readonly account: string;
  readonly exchange: string;
  readonly side: "BOT" | "SLD";
  readonly shares: DecimalText;
  readonly price: DecimalText;
  readonly permId: number;
  readonly clientId: number;
  readonly liquidation: number;
  readonly cumQty: DecimalText;
  readonly avgPrice: DecimalText;
  readonly orderRef: string;
  readonly evRule: string;
  readonly evMultiplier: DecimalText | null;
  readonly modelCode: string;
  /** 1 added, 2 removed, 3 routed out; 0 unknown. */
  readonly lastLiquidity: number;
  /** From version 178 on. */
  readonly pendingPriceRevision: boolean;
}

/** Null is unset: 1.7976931348623157E308. */
export interface CommissionReport {
  readonly kind: "commission";
  readonly execId: string;
  readonly commission: DecimalText | null;
  readonly currency: string;
  readonly realizedPnl: DecimalText | null;
  readonly yield: DecimalText | null;
  readonly yieldRedemptionDate: number;
}

export interface PortfolioValue {
  readonly kind: "portfolioValue";
  readonly contract: WireContract;
  readonly position: DecimalText;
  readonly marketPrice: DecimalText;
  readonly marketValue: DecimalText;
  readonly averageCost: DecimalText;
  readonly unrealizedPnl: DecimalText;
  readonly realizedPnl: DecimalText;
  readonly account: string;
}

export interface WireBar {
  /** As the request's `formatDate` wants it. */
  readonly date: string;
  readonly open: DecimalText;
  readonly high: DecimalText;
  readonly low: DecimalText;
  readonly close: DecimalText;
  readonly volume: DecimalText;
  readonly wap: DecimalText;
  readonly count: number;
}

export interface SymbolSample {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly primaryExch: string;
  readonly currency: string;
  readonly derivativeSecTypes: readonly string[];
  /** From version 176 on, as `issuerId`. */
  readonly description: string;
  readonly issuerId: string;
}

/** What the gateway says; the encoder lays it out for the version that was agreed on. Decimals are exact texts. */
export type TwsReply =
  | { readonly kind: "managedAccounts"; readonly accounts: readonly string[] }
  | { readonly kind: "nextValidId"; readonly orderId: number }
  | {
      readonly kind: "error";
      /** Of the order or request it is about; -1 of none. */
      readonly id: number;
      readonly code: number;
      readonly message: string;
      /** "" or valid JSON; told from version 166 on. */
      readonly advancedReject?: string;
    }
  | { readonly kind: "currentTime"; readonly epochSeconds: number }
  // Orders
  | OpenOrder
  | { readonly kind: "openOrderEnd" }
  | OrderStatus
  | { readonly kind: "orderBound"; readonly permId: number; readonly clientId: number; readonly orderId: number }
  | CompletedOrder
  | { readonly kind: "completedOrdersEnd" }
  | ExecutionDetails
  | (Answer & { readonly kind: "executionEnd" })
  | CommissionReport
  // Account
  | (Answer & {
      readonly kind: "accountSummary";
      readonly account: string;
      readonly tag: string;
      readonly value: string;
      readonly currency: string;
    })
  | (Answer & { readonly kind: "accountSummaryEnd" })
  | {
      readonly kind: "accountValue";
      readonly key: string;
      readonly value: string;
      readonly currency: string;
      readonly account: string;
    }
  | PortfolioValue
  /** hh:mm */
  | { readonly kind: "accountTime"; readonly time: string }
  | { readonly kind: "accountDownloadEnd"; readonly account: string }
  | (Answer & {
      readonly kind: "accountUpdateMulti";
      readonly account: string;
      readonly modelCode: string;
      readonly key: string;
      readonly value: string;
      readonly currency: string;
    })
  | (Answer & { readonly kind: "accountUpdateMultiEnd" })
  | {
      readonly kind: "position";
      readonly account: string;
      readonly contract: WireContract;
      readonly position: DecimalText;
      readonly avgCost: DecimalText;
    }
  | { readonly kind: "positionEnd" }
  | (Answer & {
      readonly kind: "positionMulti";
      readonly account: string;
      readonly contract: WireContract;
      readonly position: DecimalText;
      readonly avgCost: DecimalText;
      readonly modelCode: string;
    })
  | (Answer & { readonly kind: "positionMultiEnd" })
  | (Answer & {
      readonly kind: "pnl";
      readonly daily: DecimalText | null;
      readonly unrealized: DecimalText | null;
      readonly realized: DecimalText | null;
    })
  | (Answer & {
      readonly kind: "pnlSingle";
      readonly position: DecimalText;
      readonly daily: DecimalText | null;
      readonly unrealized: DecimalText | null;
      readonly realized: DecimalText | null;
      readonly value: DecimalText | null;
    })
  // Contracts
  | (Answer & { readonly kind: "contractDetails"; readonly details: ContractDetails })
  | (Answer & { readonly kind: "contractDetailsEnd" })
  | (Answer & { readonly kind: "symbolSamples"; readonly samples: readonly SymbolSample[] })
  | {
      readonly kind: "marketRule";
      readonly marketRuleId: number;
      readonly increments: readonly { readonly lowEdge: DecimalText; readonly increment: DecimalText }[];
    }
  // Market
  | (Answer & {
      readonly kind: "tickPrice";
      readonly type: number;
      /** "-1": no quote. */
      readonly price: DecimalText;
      readonly size: DecimalText | null;
      /** Bits: 1 can fill automatically, 2 past limit, 4 before the open. */
      readonly attributes: number;
    })
  | (Answer & { readonly kind: "tickSize"; readonly type: number; readonly size: DecimalText })
  | (Answer & { readonly kind: "tickGeneric"; readonly type: number; readonly value: DecimalText })
  | (Answer & { readonly kind: "tickString"; readonly type: number; readonly value: string })
  | (Answer & { readonly kind: "marketDataType"; readonly type: number })
  | (Answer & {
      readonly kind: "tickReqParams";
      readonly minTick: DecimalText;
      readonly bboExchange: string;
      readonly snapshotPermissions: number;
    })
  | (Answer & { readonly kind: "tickSnapshotEnd" })
  | (Answer & {
      readonly kind: "historicalData";
      readonly start: string;
      readonly end: string;
      readonly bars: readonly WireBar[];
    })
  | (Answer & { readonly kind: "historicalDataUpdate"; readonly bar: WireBar })
  | (Answer & { readonly kind: "headTimestamp"; readonly timestamp: string })
  | (Answer & { readonly kind: "userInfo"; readonly whiteBrandingId: string });

export type TwsReplyKind = TwsReply["kind"];
export type ReplyOf<Kind extends TwsReplyKind> = Extract<TwsReply, { readonly kind: Kind }>;
