import { BarSizeSetting, EventName, OrderAction, WhatToShow } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { until } from "../alpaca/testing/until.ts";
import { ACCOUNT, TwsBench } from "./testing/TwsBench.ts";
import { fieldOf, limit, order, stock, VendorClient } from "./testing/VendorClient.ts";

describe("the vendor's client, its low-level API", () => {
  it.each([157, 163, 164, 176, 178, 187, 192, 193])(
    "[TW42] runs a whole session at version %i, and nothing of it is an error",
    async (maxVersion) => {
      await using bench = await TwsBench.open({ maxVersion });
      using client = await VendorClient.open(bench);
      const { api } = client;
      expect(api.serverVersion).toBe(maxVersion);
      expect(client.infos).toEqual([2104, 2106, 2158]);

      api.reqContractDetails(1_001, stock("AAPL"));
      api.reqMatchingSymbols(1_002, "AA");
      api.reqMarketRule(26);
      await client.settled();
      const details = client.of(EventName.contractDetails)[0]?.[1];
      const conId = Number(fieldOf(Reflect.get(Object(details), "contract"), "conId"));
      expect(conId).toBeGreaterThan(0);
      expect(details).toMatchObject({
        minTick: 0.01,
        longName: "Apple Inc.",
        marketRuleIds: "26,26,26,26,26,26,26",
        timeZoneId: "US/Eastern",
        liquidHours:
          "20261120:0930-20261120:1600;20261121:CLOSED;20261122:CLOSED;20261123:0930-20261123:1600;20261124:0930-20261124:1600;20261125:0930-20261125:1600",
      });
      expect(client.of(EventName.marketRule)[0]?.[1]).toEqual([
        { lowEdge: 0, increment: 0.0001 },
        { lowEdge: 1, increment: 0.01 },
      ]);

      api.reqMarketDataType(1);
      api.reqMktData(1_003, stock("AAPL"), "", false, false);
      await client.settled();
      const ticks = client.of(EventName.tickPrice).map(([, type, price]) => [type, price]);
      expect(ticks).toEqual(
        expect.arrayContaining([
          [1, 100],
          [2, 100.02],
          [4, 100.02],
        ]),
      );
      client.heard.length = 0;
      bench.feed.quote("AAPL", 100.01, 100.02);
      await client.settled();
      expect(client.of(EventName.tickPrice).map(([, type, price]) => [type, price])).toEqual([[1, 100.01]]);
      api.cancelMktData(1_003);
      await client.settled();
      client.heard.length = 0;
      bench.feed.quote("AAPL", 100.02, 100.03);
      await client.settled();
      expect(client.heard).toEqual([]);

      await client.place(client.nextId, order({ orderRef: "mine" }));
      await client.place(client.nextId + 1, limit(90, { orderRef: "rests" }));
      api.reqOpenOrders();
      api.reqExecutions(1_004, {});
      api.reqCompletedOrders(false);
      api.reqPositions();
      await client.settled();
      expect(client.of(EventName.openOrder).map(([id, , sent]) => [id, fieldOf(sent, "orderRef")])).toEqual([
        [2, "rests"],
      ]);
      expect(client.of(EventName.execDetails).map(([id, , execution]) => [id, fieldOf(execution, "orderRef")])).toEqual(
        [[1_004, "mine"]],
      );
      expect(client.of(EventName.commissionReport)[0]?.[0]).toMatchObject({ commission: 1, currency: "USD" });
      expect(
        client
          .of(EventName.completedOrder)
          .map(([, sent, state]) => [fieldOf(sent, "orderRef"), fieldOf(state, "status")]),
      ).toEqual([["mine", "Filled"]]);
      expect(client.of(EventName.position).map(([account, , held, cost]) => [account, held, cost])).toEqual([
        [ACCOUNT, 10, 100.03],
      ]);
      for (const end of [
        EventName.openOrderEnd,
        EventName.execDetailsEnd,
        EventName.completedOrdersEnd,
        EventName.positionEnd,
      ]) {
        expect(client.of(end)).toHaveLength(1);
      }

      api.reqAccountSummary(1_005, "All", "NetLiquidation,BuyingPower,$LEDGER");
      api.reqAccountUpdates(true, ACCOUNT);
      api.reqAccountUpdatesMulti(1_006, ACCOUNT, "", false);
      api.reqPositionsMulti(1_007, ACCOUNT, "");
      api.reqPnL(1_008, ACCOUNT, "");
      api.reqPnLSingle(1_009, ACCOUNT, "", conId);
      await client.settled();
      expect(client.of(EventName.accountSummary)[0]).toEqual([
        1_005,
        ACCOUNT,
        "NetLiquidation",
        expect.stringMatching(/^99999\d\.\d\d$/),
        "USD",
      ]);
      expect(client.of(EventName.accountDownloadEnd)).toEqual([[ACCOUNT]]);
      expect(client.of(EventName.updatePortfolio)).toHaveLength(1);
      expect(client.of(EventName.accountUpdateMultiEnd)).toHaveLength(1);
      expect(client.of(EventName.positionMulti)).toHaveLength(1);
      expect(client.of(EventName.pnl)[0]?.[0]).toBe(1_008);
      expect(client.of(EventName.pnlSingle)[0]?.slice(0, 2)).toEqual([1_009, 10]);

      const bars = [BarSizeSetting.MINUTES_ONE, WhatToShow.TRADES] as const;
      api.reqHistoricalData(1_010, stock("AAPL"), "", "3600 S", ...bars, 0, 1, false);
      await until(() => client.of(EventName.historicalData).some(([, date]) => String(date).startsWith("finished")));
      expect(client.of(EventName.historicalData).length).toBe(61);

      await client.place(client.nextId + 2, order({ action: OrderAction.SELL }));
      await client.settled();
      api.reqPositions();
      await client.settled();
      expect(client.of(EventName.position)).toEqual([]);
      await client.cancel(client.nextId + 1);
      expect(
        bench.simulator.journal
          .errors()
          .map(({ code }) => code)
          .filter((code) => code < 2_100),
      ).toEqual([202]);
    },
  );

  it("[TW44] ids are a client's own, go on after it has gone, and its orders keep theirs", async () => {
    await using bench = await TwsBench.open();
    const first = await VendorClient.open(bench, 1);
    await first.place(296, limit(90, { orderRef: "kept" }));
    using other = await VendorClient.open(bench, 2);
    expect(other.nextId).toBe(1);
    first[Symbol.dispose]();
    await until(() => bench.simulator.clients === 1);
    using again = await VendorClient.open(bench, 1);
    expect(again.nextId).toBe(297);
    again.api.reqOpenOrders();
    expect(await again.story()).toEqual(["openOrder 296 Submitted", "orderStatus 296 Submitted 0"]);
    expect((await again.cancel(296)).at(-1)).toBe("error 202 296");
  });

  it("[TW45] a client id in use is told with 326, and the connection ends", async () => {
    await using bench = await TwsBench.open();
    using first = await VendorClient.open(bench, 7);
    using second = VendorClient.start(bench, 7);
    await until(() => second.infos.includes(326) && !second.isConnected);
    await first.settled();
    expect(bench.simulator.clients).toBe(1);
  });
});
