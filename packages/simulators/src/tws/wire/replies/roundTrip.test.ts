import { describe, expect, it } from "vitest";
import { SAMPLES } from "../testing/samples.ts";
import { VERSIONS, Wire, type Heard } from "../testing/Wire.ts";
import { SINCE } from "../versions.ts";

const STOCK = {
  conId: 265598,
  symbol: "AAPL",
  secType: "STK",
  lastTradeDateOrContractMonth: "",
  strike: 0,
  multiplier: 0,
  exchange: "SMART",
  currency: "USD",
  localSymbol: "AAPL",
  tradingClass: "NMS",
};

const { exchange: _exchange, ...WITHOUT_EXCHANGE } = STOCK;
const { lastTradeDateOrContractMonth: _date, ...WITHOUT_DATE } = STOCK;

/** The port tells the end of the bars as one more. */
const NO_BAR = [-1, -1, -1, -1, -1, -1, -1, false];

/** What the vendor's port is to tell of each sample, orders aside: `orderEcho.test.ts`. */
function expected(version: number): readonly Heard[] {
  const bar = (date: string, close: number) => [40, date, 1.1, 1.4, 1, close, 5000, 42, 1.25];
  const since = (change: keyof typeof SINCE, more: object) => (version >= SINCE[change] ? more : {});
  const rejection = version >= SINCE.ADVANCED_ORDER_REJECT ? { 8229: "X" } : undefined;
  const table: readonly (readonly [string, ...unknown[]])[] = [
    ["managedAccounts", "DU1,DU2"],
    ["nextValidId", 18],
    ["error", new Error("Order rejected – no"), 201, 5, rejection],
    ["currentTime", 1_776_266_903],
    ["openOrderEnd"],
    ["orderStatus", 18, "Submitted", 40.5, 59.5, 150.125, 1_900_000_001, 12, 150.12, 7, "trigger", 1.5],
    ["orderBound", 1_900_000_001, 7, 18],
    ["completedOrdersEnd"],
    [
      "execDetails",
      -1,
      STOCK,
      {
        orderId: 18,
        execId: "0000e0d5.69dd7411.01.01",
        time: "20260413 15:27:04 US/Eastern",
        acctNumber: "DU1",
        exchange: "ISLAND",
        side: "BOT",
        shares: 40.5,
        price: 150.12,
        permId: 1_900_000_001,
        clientId: 7,
        liquidation: 3,
        cumQty: 41.5,
        avgPrice: 150.125,
        orderRef: "mine-1",
        evRule: "rule",
        evMultiplier: 2.5,
        modelCode: "model",
        lastLiquidity: 2,
        ...since("PENDING_PRICE_REVISION", { pendingPriceRevision: true }),
      },
    ],
    ["execDetailsEnd", 31],
    [
      "commissionReport",
      {
        execId: "0000e0d5.69dd7411.01.01",
        commission: 1.05,
        currency: "USD",
        realizedPNL: 12.5,
        yieldRedemptionDate: 0,
      },
    ],
    ["accountSummary", 32, "DU1", "NetLiquidation", "1000000.00", "USD"],
    ["accountSummaryEnd", 32],
    ["updateAccountValue", "BuyingPower", "4000000.00", "USD", "DU1"],
    [
      "updatePortfolio",
      { ...WITHOUT_EXCHANGE, primaryExch: "NASDAQ" },
      100.5,
      150.1,
      15_085.05,
      149.9,
      20.1,
      -3.5,
      "DU1",
    ],
    ["updateAccountTime", "15:27"],
    ["accountDownloadEnd", "DU1"],
    ["accountUpdateMulti", 33, "DU1", "model", "BuyingPower", "4000000.00", "USD"],
    ["accountUpdateMultiEnd", "33"],
    ["position", "DU1", STOCK, -100.5, 149.9],
    ["positionEnd"],
    ["positionMulti", 34, "DU1", "model", STOCK, -100.5, 149.9],
    ["positionMultiEnd", 34],
    ["pnl", 35, 1.5, undefined, -2.5],
    ["pnlSingle", 36, 100.5, 1.5, 3.5, undefined, 15_085.05],
    [
      "contractDetails",
      37,
      {
        contract: { ...WITHOUT_DATE, primaryExch: "NASDAQ", ...since("LAST_TRADE_DATE", { lastTradeDate: "" }) },
        marketName: "NMS",
        minTick: 0.01,
        orderTypes: "LMT,MKT,STP",
        validExchanges: "SMART,NASDAQ",
        priceMagnifier: 1,
        underConId: 0,
        longName: "APPLE INC Ünited",
        contractMonth: "",
        industry: "Technology",
        category: "Computers",
        subcategory: "Hardware",
        timeZoneId: "US/Eastern",
        tradingHours: "20260420:0400-20260420:2000;20260421:CLOSED",
        liquidHours: "20260420:0930-20260420:1600;20260421:CLOSED",
        evRule: "",
        evMultiplier: 0,
        secIdList: [{ tag: "ISIN", value: "US0378331005" }],
        aggGroup: 1,
        underSymbol: "",
        underSecType: "",
        marketRuleIds: "26,26",
        realExpirationDate: "",
        stockType: "COMMON",
        ...since("SIZE_RULES", { minSize: 0.0001, sizeIncrement: 0.0001, suggestedSizeIncrement: 100 }),
        ...since("INELIGIBILITY_REASONS", { ineligibilityReasonList: [{ id: "7", description: "not today" }] }),
      },
    ],
    ["contractDetailsEnd", 37],
    [
      "symbolSamples",
      38,
      [
        {
          contract: {
            conId: 265598,
            symbol: "AAPL",
            secType: "STK",
            primaryExch: "NASDAQ",
            currency: "USD",
            ...since("BOND_ISSUERID", { description: "APPLE INC", issuerId: "e1" }),
          },
          derivativeSecTypes: ["OPT", "CFD"],
        },
      ],
    ],
    [
      "marketRule",
      26,
      [
        { lowEdge: 0, increment: 0.0001 },
        { lowEdge: 1, increment: 0.01 },
      ],
    ],
    ["tickPrice", 39, 2, 150.15, true],
    ["tickSize", 39, 3, 300], // of the price
    ["tickSize", 39, 0, 200],
    ["tickGeneric", 39, 49, 0],
    ["tickString", 39, 45, "1776266903"],
    ["marketDataType", 39, 3],
    ["tickReqParams", 39, 0, "9c0001", 3], // the port reads the tick as an integer
    ["tickSnapshotEnd", 39],
    ["historicalData", ...bar("20260415 15:30:00 US/Eastern", 1.3), undefined],
    ["historicalData", ...bar("20260415", 1.35), undefined],
    ["historicalData", 40, "finished-20260414 15:30:00 US/Eastern-20260415 15:30:00 US/Eastern", ...NO_BAR],
    ["historicalDataUpdate", ...bar("20260415 15:30:00 US/Eastern", 1.3)],
    ["headTimestamp", 41, "19801212 14:30:00"],
  ];
  return table.map(([event, ...args]) => ({ event, args }));
}

describe.each(VERSIONS)("replies at version %d", (version) => {
  it("[TW4] all of them, each with every field in its place", async () => {
    await using wire = await Wire.open(version);
    const { userInfo: _end, openOrder: _open, completedOrder: _completed, ...samples } = SAMPLES;
    expect(await wire.tells(Object.values(samples))).toEqual(expected(version));
  });
});
