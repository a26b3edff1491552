import { EventName, OrderAction, OrderType } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { TwsBench } from "../testing/TwsBench.ts";
import { fieldOf, limit, order, stock, VendorClient } from "../testing/VendorClient.ts";

const SELL = { action: OrderAction.SELL };

describe("what a group never does", () => {
  it.each([1, 2, 3])(
    "[TW103] of an OCA group of type %i that one tick could fill twice, one fills, and the other is not there any more",
    async (ocaType) => {
      await using bench = await TwsBench.open();
      using client = await VendorClient.open(bench);
      await client.place(1, limit(99, { ocaGroup: "g", ocaType }));
      await client.place(2, limit(98.5, { ocaGroup: "g", ocaType }));
      bench.feed.quote("AAPL", 97.9, 98, 1_000);
      const story = await client.story();
      expect(story.filter((line) => line.startsWith("execDetails"))).toEqual(["execDetails 1 10"]);
      expect(story).toContain("orderStatus 2 Cancelled 0");
    },
  );

  it("[TW103] one that waited for the other of its group goes on with what is left of it", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, limit(99, { ocaGroup: "g", ocaType: 2 }));
    await client.place(2, limit(98.5, { ocaGroup: "g", ocaType: 2 }));
    bench.feed.quote("AAPL", 97.9, 98, 4);
    await client.story();
    bench.feed.quote("AAPL", 97.9, 98.01, 100);
    await client.story();
    client.api.reqExecutions(1_000_000, {});
    await client.settled();
    const filled = client.of(EventName.execDetails).map(([, , told]) => Number(fieldOf(told, "shares")));
    expect(filled.reduce((sum, shares) => sum + shares, 0)).toBe(10);
  });

  it("[TW104] one working order more than a side of a contract may have is rejected; the other side is another", async () => {
    await using bench = await TwsBench.open({ quirks: { ordersPerSide: 2 } });
    using client = await VendorClient.open(bench);
    await client.place(1, limit(90));
    await client.place(2, limit(91));
    expect(await client.place(3, limit(92))).toEqual([
      "error 201 3",
      "openOrder 3 Inactive",
      "orderStatus 3 Inactive 0",
    ]);
    expect(await client.place(4, limit(110, SELL))).toContain("orderStatus 4 Submitted 0");
    expect(await client.place(5, limit(390), stock("MSFT"))).toContain("orderStatus 5 Submitted 0");
    await client.cancel(1);
    expect(await client.place(6, limit(92))).toContain("orderStatus 6 Submitted 0");
  });
});

describe("orders that trail with a limit", () => {
  const trail = (change = {}) =>
    order({
      orderType: OrderType.TRAIL_LIMIT,
      auxPrice: 1,
      trailStopPrice: 99,
      lmtPriceOffset: 0.5,
      ...SELL,
      ...change,
    });
  const told = (client: VendorClient) => {
    const [, , given] = client.of(EventName.openOrder).at(-1) ?? [];
    return ["orderType", "trailStopPrice", "lmtPrice"].map((field) => fieldOf(given, field));
  };

  it("[TW100] the stop follows the market, the limit follows the stop, and it works at that limit once it is met", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, trail())).toEqual(["openOrder 1 PreSubmitted", "orderStatus 1 PreSubmitted 0"]);
    bench.feed.print("AAPL", 102);
    bench.feed.quote("AAPL", 101.9, 102);
    bench.feed.print("AAPL", 101.5);
    client.api.reqOpenOrders();
    await client.settled();
    expect(told(client)).toEqual(["TRAIL LIMIT", "101", "100.5"]);
    await client.story();
    bench.feed.quote("AAPL", 100.2, 100.25);
    bench.feed.print("AAPL", 100.2);
    expect(await client.story()).toEqual(["openOrder 1 Submitted", "orderStatus 1 Submitted 0"]);
    bench.feed.quote("AAPL", 100.6, 100.7);
    expect(await client.story()).toContain("orderStatus 1 Filled 10");
  });

  it("[TW100] a buy follows the market down; a percentage is reckoned of the price", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    const buy = { action: OrderAction.BUY, auxPrice: undefined, trailingPercent: 2, trailStopPrice: 103 };
    await client.place(1, trail(buy));
    bench.feed.print("AAPL", 98);
    client.api.reqOpenOrders();
    await client.settled();
    expect(told(client)).toEqual(["TRAIL LIMIT", "99.96", "100.46"]);
  });

  it.each([
    ["without a stop to begin with", { trailStopPrice: undefined }, 321],
    ["with neither a limit nor its offset", { lmtPriceOffset: undefined }, 321],
    ["with both", { lmtPrice: 98 }, 321],
    ["without a distance", { auxPrice: undefined }, 321],
  ])("[TW100] one %s is refused", async (_, change, code) => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, trail(change))).toEqual([`error ${code} 1`]);
  });

  it("[TW101] types that this gateway does not work are refused with 387, and were never there", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    for (const orderType of [OrderType.MIDPRICE, OrderType.REL, OrderType.MTL]) {
      expect(await client.place(1, order({ orderType }))).toEqual(["error 387 1"]);
    }
    expect(await client.place(1, order())).toContain("orderStatus 1 Filled 10");
  });
});
