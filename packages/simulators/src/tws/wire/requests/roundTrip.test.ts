import {
  BarSizeSetting,
  LogLevel,
  MarketDataType,
  OptionType,
  OrderAction,
  SecType,
  WhatToShow,
  type Contract,
  type IBApi,
} from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { VERSIONS, Wire } from "../testing/Wire.ts";
import type { TwsRequest } from "../TwsRequest.ts";
import { SINCE } from "../versions.ts";
import { NO_CONTRACT, type WireContract } from "../WireContract.ts";
import { decodeRequest } from "./decodeRequest.ts";

const OPTION: Contract = {
  conId: 12,
  symbol: "AAPL",
  secType: SecType.OPT,
  lastTradeDateOrContractMonth: "20260619",
  strike: 150.5,
  right: OptionType.Call,
  multiplier: 100,
  exchange: "SMART",
  primaryExch: "CBOE",
  currency: "USD",
  localSymbol: "AAPL  260619C00150500",
  tradingClass: "AAPL",
};

const READ: WireContract = {
  ...NO_CONTRACT,
  conId: 12,
  symbol: "AAPL",
  secType: "OPT",
  lastTradeDateOrContractMonth: "20260619",
  strike: "150.5",
  right: "C",
  multiplier: "100",
  exchange: "SMART",
  primaryExch: "CBOE",
  currency: "USD",
  localSymbol: "AAPL  260619C00150500",
  tradingClass: "AAPL",
};

const LEG = { conId: 5, ratio: 2, action: OrderAction.BUY, exchange: "ARCA" };
const READ_LEG = { ...LEG, openClose: null, shortSaleSlot: null, designatedLocation: "", exemptCode: null };
const COMBO: Contract = { ...OPTION, secType: SecType.BAG, comboLegs: [LEG] };
const READ_COMBO: WireContract = { ...READ, secType: "BAG", comboLegs: [READ_LEG] };

type Row = readonly [ask: (api: IBApi) => unknown, read: TwsRequest];

/** What a user of the vendor's port calls, and what is to be read of it; orders aside: `orderEcho.test.ts`. */
function rows(version: number): readonly Row[] {
  const isTagged = version >= SINCE.CME_TAGGING_FIELDS;
  const isTimed = version >= SINCE.MANUAL_ORDER_TIME;
  const manualOrderTime = isTimed ? "20260415 15:00:00" : "";
  const tagging = isTagged
    ? { extOperator: "operator", manualOrderIndicator: 1 }
    : { extOperator: "", manualOrderIndicator: null };
  const tagged = isTagged ? { extOperator: "operator", manualOrderIndicator: 1 } : {};
  const issuerId = version >= SINCE.BOND_ISSUERID ? "e1" : "";
  const identified = { secIdType: "ISIN", secId: "US0378331005" };
  return [
    [(api) => api.reqCurrentTime(), { kind: "currentTime" }],
    [(api) => api.reqIds(3), { kind: "ids" }],
    [(api) => api.reqManagedAccts(), { kind: "managedAccounts" }],
    [(api) => api.setServerLogLevel(LogLevel.ERROR), { kind: "serverLogLevel", level: LogLevel.ERROR }],
    [(api) => api.reqMarketDataType(MarketDataType.DELAYED), { kind: "marketDataType", type: 3 }],
    [
      (api) => api.cancelOrder(18, { ...(isTimed && { manualOrderCancelTime: manualOrderTime }), ...tagged }),
      { kind: "cancelOrder", orderId: 18, manualOrderTime, ...tagging },
    ],
    [(api) => api.reqGlobalCancel(tagged), { kind: "globalCancel", ...tagging }],
    [(api) => api.reqOpenOrders(), { kind: "openOrders" }],
    [(api) => api.reqAllOpenOrders(), { kind: "allOpenOrders" }],
    [(api) => api.reqAutoOpenOrders(true), { kind: "autoOpenOrders", bind: true }],
    [(api) => api.reqCompletedOrders(true), { kind: "completedOrders", apiOnly: true }],
    [
      (api) =>
        api.reqExecutions(20, {
          clientId: "7",
          acctCode: "DU1",
          time: "20260415-09:30:00",
          symbol: "AAPL",
          secType: SecType.STK,
          exchange: "ISLAND",
          side: "BUY",
        }),
      {
        kind: "executions",
        requestId: 20,
        clientId: 7,
        account: "DU1",
        time: "20260415-09:30:00",
        symbol: "AAPL",
        secType: "STK",
        exchange: "ISLAND",
        side: "BUY",
      },
    ],
    [
      (api) => api.reqAccountSummary(21, "All", "NetLiquidation,BuyingPower"),
      { kind: "accountSummary", requestId: 21, group: "All", tags: "NetLiquidation,BuyingPower" },
    ],
    [(api) => api.cancelAccountSummary(21), { kind: "cancelAccountSummary", requestId: 21 }],
    [(api) => api.reqAccountUpdates(true, "DU1"), { kind: "accountUpdates", subscribe: true, account: "DU1" }],
    [
      (api) => api.reqAccountUpdatesMulti(22, "DU1", "model", true),
      { kind: "accountUpdatesMulti", requestId: 22, account: "DU1", modelCode: "model", ledgerAndNlv: true },
    ],
    [(api) => api.cancelAccountUpdatesMulti(22), { kind: "cancelAccountUpdatesMulti", requestId: 22 }],
    [(api) => api.reqPositions(), { kind: "positions" }],
    [(api) => api.cancelPositions(), { kind: "cancelPositions" }],
    [
      (api) => api.reqPositionsMulti(23, "DU1", "model"),
      { kind: "positionsMulti", requestId: 23, account: "DU1", modelCode: "model" },
    ],
    [(api) => api.cancelPositionsMulti(23), { kind: "cancelPositionsMulti", requestId: 23 }],
    [(api) => api.reqPnL(24, "DU1", "model"), { kind: "pnl", requestId: 24, account: "DU1", modelCode: "model" }],
    [(api) => api.cancelPnL(24), { kind: "cancelPnl", requestId: 24 }],
    [
      (api) => api.reqPnLSingle(25, "DU1", "model", 265598),
      { kind: "pnlSingle", requestId: 25, account: "DU1", modelCode: "model", conId: 265598 },
    ],
    [(api) => api.cancelPnLSingle(25), { kind: "cancelPnlSingle", requestId: 25 }],
    [
      (api) =>
        api.reqContractDetails(26, { ...OPTION, ...identified, includeExpired: true, ...(issuerId && { issuerId }) }),
      {
        kind: "contractDetails",
        requestId: 26,
        contract: { ...READ, ...identified, includeExpired: true, issuerId },
      },
    ],
    [(api) => api.reqMatchingSymbols(27, "AAP"), { kind: "matchingSymbols", requestId: 27, pattern: "AAP" }],
    [(api) => api.reqMarketRule(26), { kind: "marketRule", marketRuleId: 26 }],
    [
      (api) =>
        api.reqMktData(
          28,
          { ...COMBO, deltaNeutralContract: { conId: 9, delta: 0.5, price: 1.5 } },
          "233,236",
          true,
          true,
        ),
      {
        kind: "marketData",
        requestId: 28,
        contract: { ...READ_COMBO, deltaNeutral: { conId: 9, delta: "0.5", price: "1.5" } },
        genericTicks: "233,236",
        snapshot: true,
        regulatorySnapshot: true,
      },
    ],
    [(api) => api.cancelMktData(28), { kind: "cancelMarketData", requestId: 28 }],
    [
      (api) =>
        api.reqHistoricalData(
          29,
          { ...COMBO, includeExpired: true },
          "20260415 16:00:00 US/Eastern",
          "2 D",
          BarSizeSetting.MINUTES_FIVE,
          WhatToShow.MIDPOINT,
          1,
          2,
          true,
        ),
      {
        kind: "historicalData",
        requestId: 29,
        contract: { ...READ_COMBO, includeExpired: true },
        endDateTime: "20260415 16:00:00 US/Eastern",
        barSize: "5 mins",
        duration: "2 D",
        useRth: true,
        whatToShow: "MIDPOINT",
        formatDate: 2,
        keepUpToDate: true,
        chartOptions: "",
      },
    ],
    [(api) => api.cancelHistoricalData(29), { kind: "cancelHistoricalData", requestId: 29 }],
    [
      (api) => api.reqHeadTimestamp(30, { ...OPTION, includeExpired: true }, WhatToShow.TRADES, true, 2),
      {
        kind: "headTimestamp",
        requestId: 30,
        contract: { ...READ, includeExpired: true },
        useRth: true,
        whatToShow: "TRADES",
        formatDate: 2,
      },
    ],
    [(api) => api.cancelHeadTimestamp(30), { kind: "cancelHeadTimestamp", requestId: 30 }],
    ...(version >= 167 ? [[(api: IBApi) => api.reqUserInfo(31), { kind: "userInfo", requestId: 31 }] as const] : []),
    [
      (api) => api.reqSecDefOptParams(32, "AAPL", "", SecType.STK, 265598),
      { kind: "notServed", requestId: 32, messageId: 78, name: "reqSecDefOptParams" },
    ],
    [
      (api) => api.reqMktDepth(33, OPTION, 5, true),
      { kind: "notServed", requestId: 33, messageId: 10, name: "reqMktDepth" },
    ],
    [(api) => api.reqFamilyCodes(), { kind: "notServed", requestId: -1, messageId: 80, name: "reqFamilyCodes" }],
  ];
}

describe.each(VERSIONS)("requests at version %d", (version) => {
  it("[TW3] all of them, each with every field in its place", async () => {
    await using wire = await Wire.open(version);
    const table = rows(version);
    const bodies = await wire.asks((api) => table.forEach(([ask]) => ask(api)), table.length);
    expect(bodies.map((body) => decodeRequest(body, version))).toEqual(table.map(([, read]) => read));
    expect(wire.has("error")).toBe(false);
  });

  it("[TW3] the start of the API names the client", async () => {
    await using wire = await Wire.open(version);
    expect(wire.bodies.map((body) => decodeRequest(body, version))).toEqual([
      { kind: "startApi", clientId: 7, optionalCapabilities: "" },
    ]);
  });
});
