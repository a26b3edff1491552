import { EventName, OrderAction } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { ACCOUNT, TwsBench } from "../testing/TwsBench.ts";
import { fieldOf, limit, order, stock, VendorClient } from "../testing/VendorClient.ts";

const SELL = { action: OrderAction.SELL };

describe("summaries", () => {
  it("[TW50] two at most: the third is 322; whether a cancel frees one is a quirk", async () => {
    for (const cancelFreesSummary of [true, false]) {
      await using bench = await TwsBench.open({ quirks: { cancelFreesSummary } });
      using client = await VendorClient.open(bench);
      const { api } = client;
      for (const id of [1_000, 1_001, 1_002]) api.reqAccountSummary(id, "All", "NetLiquidation");
      expect(await client.story()).toEqual(["error 322 1002"]);
      api.cancelAccountSummary(1_000);
      api.reqAccountSummary(1_003, "All", "NetLiquidation");
      expect(await client.story()).toEqual(cancelFreesSummary ? [] : ["error 322 1003"]);
    }
  });

  it("[TW51] what changed is told again after three minutes, and a tag that is none is refused", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqAccountSummary(1_000, "All", "AccountType,TotalCashValue");
    client.api.reqAccountSummary(1_001, "All", "Wealth");
    expect(await client.story()).toEqual(["error 321 1001"]);
    await client.place(1, order());
    await bench.clock.advance(180_000);
    await client.settled();
    expect(client.of(EventName.accountSummary).map(([, , tag, value]) => [tag, value])).toEqual([
      ["TotalCashValue", "998998.80"],
    ]);
  });
});

describe("positions and figures", () => {
  it("[TW52] a position that is closed is told once with 0", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqPositions();
    await client.settled();
    client.api.placeOrder(1, stock("AAPL"), order());
    client.api.placeOrder(2, stock("AAPL"), order(SELL));
    await client.settled();
    expect(client.of(EventName.position).map(([, , held]) => held)).toEqual([10, 0]);
    client.api.cancelPositions();
    client.api.placeOrder(3, stock("AAPL"), order());
    await client.settled();
    expect(client.of(EventName.position)).toHaveLength(2);
  });

  it("[TW53] updates are of one account at a time: 2100 for the one that was there", async () => {
    await using bench = await TwsBench.open({ accounts: [{ id: "DU1" }, { id: "DU2" }] });
    using client = await VendorClient.open(bench);
    client.api.reqAccountUpdates(true, "DU1");
    client.api.reqAccountUpdates(true, "DU2");
    client.api.reqAccountUpdates(true, "DU3");
    await client.settled();
    expect(client.of(EventName.accountDownloadEnd)).toEqual([["DU1"], ["DU2"]]);
    expect(client.infos).toEqual(expect.arrayContaining([2100, 321]));
    expect(await client.place(1, order())).toEqual(["error 435 1"]);
    expect(await client.place(1, order({ account: "DU2" }))).toContain("orderStatus 1 Filled 10");
    client.api.reqPositions();
    await client.settled();
    expect(client.of(EventName.position).map(([account]) => account)).toEqual(["DU2"]);
  });

  it("[TW54] P&L is told when it changes, a second at a time", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, order());
    client.api.reqPnL(1_000, ACCOUNT, "");
    await client.settled();
    bench.feed.quote("AAPL", 101, 101.02);
    await bench.clock.advance(3_000);
    await client.settled();
    expect(client.of(EventName.pnl).map(([, , unrealized]) => unrealized)).toEqual([-0.1, 9.9]);
    client.api.cancelPnL(1_000);
    bench.feed.quote("AAPL", 102, 102.02);
    await bench.clock.advance(3_000);
    await client.settled();
    expect(client.of(EventName.pnl)).toHaveLength(2);
  });
});

describe("executions", () => {
  it("[TW55] gains come with the commission of a closing fill, and none with an opening one", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, order());
    bench.feed.quote("AAPL", 101, 101.02);
    client.heard.length = 0;
    client.api.placeOrder(2, stock("AAPL"), order(SELL));
    await client.settled();
    const [report] = client.of(EventName.commissionReport)[0] ?? [];
    const commission = Number(fieldOf(report, "commission"));
    expect(commission).toBeGreaterThan(1);
    expect(Number(fieldOf(report, "realizedPNL"))).toBeCloseTo(9.8 - commission, 6);
  });

  it.each([
    ["pending", "-1"],
    ["unset", "undefined"],
  ] as const)("[TW56] a commission may be %s", async (commissions, told) => {
    await using bench = await TwsBench.open({ quirks: { commissions } });
    using client = await VendorClient.open(bench);
    client.api.placeOrder(1, stock("AAPL"), order());
    await client.settled();
    expect(fieldOf(client.of(EventName.commissionReport)[0]?.[0], "commission")).toBe(told);
  });

  it("[TW57] are those of today, filtered as asked, whoever asks", async () => {
    await using bench = await TwsBench.open();
    using owner = await VendorClient.open(bench, 1);
    await owner.place(1, order());
    await owner.place(2, order(), stock("MSFT"));
    using other = await VendorClient.open(bench, 2);
    const ids = async (filter: object): Promise<readonly unknown[]> => {
      other.heard.length = 0;
      other.api.reqExecutions(1_000, filter);
      await other.settled();
      return other.of(EventName.execDetails).map(([, contract]) => fieldOf(contract, "symbol"));
    };
    expect(await ids({})).toEqual(["AAPL", "MSFT"]);
    expect(await ids({ symbol: "MSFT" })).toEqual(["MSFT"]);
    expect(await ids({ clientId: 2 })).toEqual([]);
    expect(await ids({ side: "SELL" })).toEqual([]);
    expect(await ids({ time: "20261120-15:00:01" })).toEqual([]);
    expect(await ids({ time: "20261120-14:59:59" })).toEqual(["AAPL", "MSFT"]);
    await bench.clock.advance(15 * 3_600_000);
    expect(await ids({})).toEqual([]);
  });

  it("[TW58] completed orders are those of today, with how they ended", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, order());
    await client.place(2, limit(90));
    await client.cancel(2);
    client.heard.length = 0;
    client.api.reqCompletedOrders(true);
    await client.settled();
    expect(
      client
        .of(EventName.completedOrder)
        .map(([, , state]) => [fieldOf(state, "status"), fieldOf(state, "completedStatus")]),
    ).toEqual([
      ["Filled", "Filled Size: 10"],
      ["Cancelled", "Cancelled by Trader"],
    ]);
  });
});
