import type { IBContract, IBExecutionFilter, IBOrderGiven } from "./vendorTypes.ts";

/**
 * The vendor's requests, by its own names: https://ibkrcampus.com/campus/ibkr-api-page/twsapi-ref/. Each is written at once
 * and answered, if at all, by events. Only `IBGateway` hands them out, in the instant in which they may be written.
 */
export interface GatewayCalls {
  reqCurrentTime(): unknown;
  reqIds(): unknown;

  placeOrder(orderId: number, contract: IBContract, order: IBOrderGiven): unknown;
  cancelOrder(orderId: number): unknown;
  reqGlobalCancel(): unknown;
  reqOpenOrders(): unknown;
  reqAllOpenOrders(): unknown;
  reqCompletedOrders(apiOnly: boolean): unknown;
  reqExecutions(requestId: number, filter: IBExecutionFilter): unknown;

  reqAccountSummary(requestId: number, group: string, tags: string): unknown;
  cancelAccountSummary(requestId: number): unknown;
  reqAccountUpdates(subscribe: boolean, account: string): unknown;
  reqPositions(): unknown;
  cancelPositions(): unknown;
  reqPnL(requestId: number, account: string, modelCode?: string | null): unknown;
  cancelPnL(requestId: number): unknown;
  reqPnLSingle(requestId: number, account: string, modelCode: string | null, conId: number): unknown;
  cancelPnLSingle(requestId: number): unknown;

  reqContractDetails(requestId: number, contract: IBContract): unknown;
  reqMatchingSymbols(requestId: number, pattern: string): unknown;
  reqMarketRule(marketRuleId: number): unknown;
  reqMarketDataType(type: number): unknown;
  reqMktData(
    requestId: number,
    contract: IBContract,
    genericTicks: string,
    snapshot: boolean,
    regulatorySnapshot: boolean,
  ): unknown;
  cancelMktData(requestId: number): unknown;
  reqHistoricalData(
    requestId: number,
    contract: IBContract,
    endDateTime: string,
    duration: string,
    barSize: string,
    whatToShow: string,
    useRTH: boolean,
    formatDate: number,
    keepUpToDate: boolean,
  ): unknown;
  cancelHistoricalData(requestId: number): unknown;
}
