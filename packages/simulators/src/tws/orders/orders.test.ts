import { OrderAction, OrderType, TimeInForce } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { TwsBench } from "../testing/TwsBench.ts";
import { fieldOf, limit, order, stock, VendorClient } from "../testing/VendorClient.ts";

const SELL = { action: OrderAction.SELL };
const stop = (auxPrice: number, change = {}) => order({ orderType: OrderType.STP, auxPrice, ...SELL, ...change });

/** 09:00 in New York on a Friday: the market opens in half an hour. */
const BEFORE_OPEN = Date.UTC(2026, 10, 20, 14, 0);

describe("sequences", () => {
  it("[TW10] a market order: openOrder, status, execution, openOrder and status filled, commission", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, order())).toEqual([
      "openOrder 1 PreSubmitted",
      "orderStatus 1 PreSubmitted 0",
      "execDetails 1 10",
      "openOrder 1 Filled",
      "orderStatus 1 Filled 10",
      "commissionReport",
    ]);
  });

  it("[TW11] the status may come before execution and commission", async () => {
    await using bench = await TwsBench.open({ quirks: { filledBeforeExecution: true } });
    using client = await VendorClient.open(bench);
    expect((await client.place(1, order())).slice(2)).toEqual([
      "openOrder 1 Filled",
      "orderStatus 1 Filled 10",
      "execDetails 1 10",
      "commissionReport",
    ]);
  });

  it("[TW12] a limit order rests, fills in parts as quotes come, and the rest is cancelled with 202", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, limit(99))).toEqual([
      "openOrder 1 PreSubmitted",
      "orderStatus 1 PreSubmitted 0",
      "openOrder 1 Submitted",
      "orderStatus 1 Submitted 0",
    ]);
    bench.feed.quote("AAPL", 98.9, 98.95, 4);
    expect(await client.story()).toEqual([
      "execDetails 1 4",
      "openOrder 1 Submitted",
      "orderStatus 1 Submitted 4",
      "commissionReport",
    ]);
    expect(await client.cancel(1)).toEqual([
      "orderStatus 1 PendingCancel 4",
      "orderStatus 1 Cancelled 4",
      "error 202 1",
    ]);
  });

  it("[TW12] a limit order goes straight to Submitted, and a cancel straight to Cancelled, where they do", async () => {
    await using bench = await TwsBench.open({ quirks: { preSubmitsLimits: false, tellsPendingCancel: false } });
    using client = await VendorClient.open(bench);
    expect(await client.place(1, limit(99))).toEqual(["openOrder 1 Submitted", "orderStatus 1 Submitted 0"]);
    expect(await client.cancel(1)).toEqual(["orderStatus 1 Cancelled 0", "error 202 1"]);
  });

  it("[TW13] a stop is PreSubmitted until it is set off", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, order());
    client.api.placeOrder(2, stock("AAPL"), stop(95));
    await client.settled();
    expect(client.heard.find(({ event }) => event === "orderStatus")?.args.slice(1)).toEqual(
      expect.arrayContaining(["PreSubmitted", "trigger"]),
    );
    await client.story();
    bench.feed.quote("AAPL", 94.9, 94.95);
    bench.feed.print("AAPL", 94.9);
    expect(await client.story()).toEqual([
      "openOrder 2 Submitted",
      "orderStatus 2 Submitted 0",
      "execDetails 2 10",
      "openOrder 2 Filled",
      "orderStatus 2 Filled 10",
      "commissionReport",
    ]);
  });

  it("[TW14] IOC that finds nothing is cancelled, FOK that does not fill whole is Inactive", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect((await client.place(1, limit(99, { tif: TimeInForce.IOC }))).slice(-3)).toEqual([
      "orderStatus 1 PendingCancel 0",
      "orderStatus 1 Cancelled 0",
      "error 202 1",
    ]);
    expect((await client.place(2, limit(99, { tif: TimeInForce.FOK }))).slice(-2)).toEqual([
      "openOrder 2 Inactive",
      "orderStatus 2 Inactive 0",
    ]);
  });

  it("[TW15] without transmit there is silence, until the same id is sent again with it", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, order({ transmit: false }))).toEqual([]);
    client.api.reqAllOpenOrders();
    expect(await client.story()).toEqual([]);
    expect((await client.place(1, order())).at(-2)).toBe("orderStatus 1 Filled 10");
  });

  it("[TW16] MIT waits until the market touches its price", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    const touched = order({ orderType: OrderType.MIT, auxPrice: 98 });
    expect(await client.place(1, touched)).toEqual(["openOrder 1 PreSubmitted", "orderStatus 1 PreSubmitted 0"]);
    bench.feed.quote("AAPL", 97.9, 97.95);
    bench.feed.print("AAPL", 97.95);
    expect(await client.story()).toContain("orderStatus 1 Filled 10");
  });
});

describe("hours", () => {
  it("[TW17] before the open a market order waits with warning 399, and fills at the open", async () => {
    await using bench = await TwsBench.open({ startAt: BEFORE_OPEN });
    using client = await VendorClient.open(bench);
    expect(await client.place(1, order())).toEqual([
      "openOrder 1 PreSubmitted",
      "orderStatus 1 PreSubmitted 0",
      "error 399 1",
    ]);
    await bench.clock.advance(31 * 60_000);
    bench.feed.quote("AAPL", 100, 100.05);
    expect(await client.story()).toContain("orderStatus 1 Filled 10");
  });

  it("[TW17] a limit order rests PreSubmitted before the open, and is Submitted with it", async () => {
    await using bench = await TwsBench.open({ startAt: BEFORE_OPEN });
    using client = await VendorClient.open(bench);
    expect(await client.place(1, limit(99))).toContain("error 399 1");
    await bench.clock.advance(31 * 60_000);
    expect(await client.story()).toEqual(["openOrder 1 Submitted", "orderStatus 1 Submitted 0"]);
  });

  it("[TW18] GTD ends at its time, and DAY with the session", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, limit(99, { tif: TimeInForce.GTD, goodTillDate: "20261120 10:30:00 US/Eastern" }));
    await client.place(2, limit(99));
    await bench.clock.advance(31 * 60_000);
    expect(await client.story()).toEqual(["orderStatus 1 Cancelled 0", "error 202 1"]);
    await bench.clock.advance(6 * 3_600_000);
    expect(await client.story()).toEqual(["orderStatus 2 Cancelled 0", "error 202 2"]);
  });
});

describe("changes", () => {
  it("[TW20] the same id with other terms changes the order; LMT becomes MKT", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, limit(99));
    expect(await client.place(1, limit(98, { totalQuantity: 20 }))).toEqual([
      "openOrder 1 Submitted",
      "orderStatus 1 Submitted 0",
    ]);
    expect(await client.place(1, order({ totalQuantity: 20 }))).toEqual([
      "openOrder 1 Submitted",
      "orderStatus 1 Submitted 0",
      "execDetails 1 20",
      "openOrder 1 Filled",
      "orderStatus 1 Filled 20",
      "commissionReport",
    ]);
  });

  it("[TW21] a change that is refused leaves the order working", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, limit(99));
    expect(await client.place(1, limit(99.005))).toEqual(["error 110 1"]);
    expect(await client.place(1, limit(99, { totalQuantity: 1_000_000 }))).toEqual(["error 201 1"]);
    expect(await client.place(1, limit(99, SELL))).toEqual(["error 105 1"]);
    expect(await client.place(1, limit(99, { orderType: OrderType.TRAIL, auxPrice: 1 }))).toEqual(["error 329 1"]);
    expect(await client.place(1, order({ totalQuantity: 1_000_000 }))).toContain("error 201 1");
    client.api.reqOpenOrders();
    expect(await client.story()).toEqual(["openOrder 1 Submitted", "orderStatus 1 Submitted 0"]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(await client.story()).toContain("orderStatus 1 Filled 10");
  });

  it("[TW22] ids are used once: 103, and 104 for a filled one; 10147 and 10148 for cancels", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(5, order());
    expect(await client.place(4, order())).toEqual(["error 103 4"]);
    expect(await client.place(5, order())).toEqual(["error 104 5"]);
    expect(await client.cancel(5)).toEqual(["error 10148 5"]);
    expect(await client.cancel(77)).toEqual(["error 10147 77"]);
    await client.place(6, limit(90));
    await client.cancel(6);
    expect(await client.place(6, limit(90))).toEqual(["error 103 6"]);
  });

  it("[TW23] another client cancels by the id that it sees, and both hear of it", async () => {
    await using bench = await TwsBench.open();
    using owner = await VendorClient.open(bench, 1);
    using other = await VendorClient.open(bench, 2);
    await owner.place(296, limit(90));
    other.api.reqAllOpenOrders();
    expect(await other.story()).toEqual(["openOrder 296 Submitted", "orderStatus 296 Submitted 0"]);
    other.api.reqOpenOrders();
    expect(await other.story()).toEqual([]);
    expect(await other.cancel(296)).toEqual(["orderStatus 296 Cancelled 0", "error 202 296"]);
    expect((await owner.story()).at(-1)).toBe("error 202 296");
  });

  it("[TW23] a global cancel takes every client's orders", async () => {
    await using bench = await TwsBench.open();
    using owner = await VendorClient.open(bench, 1);
    using other = await VendorClient.open(bench, 2);
    await owner.place(1, limit(90));
    await other.place(1, limit(91));
    other.api.reqGlobalCancel({});
    expect((await other.story()).at(-1)).toBe("error 202 1");
    expect((await owner.story()).at(-1)).toBe("error 202 1");
  });
});

describe("refusals", () => {
  it.each([
    ["a price off the tick", limit(99.005), 110],
    ["a float that is no decimal", limit(0.1 + 0.2), 110],
    ["a price with an exponent", limit(1e-7), 110],
    ["no quantity", order({ totalQuantity: 0 }), 434],
    ["a part of a share", order({ totalQuantity: 1.5 }), 10243],
    ["a type that is not worked here", order({ orderType: OrderType.REL }), 387],
    ["MOC for longer than the day", order({ orderType: OrderType.MOC, tif: TimeInForce.GTC }), 113],
    ["a stop that is immediate", stop(90, { tif: TimeInForce.IOC }), 111],
    ["a preview that is not transmitted", order({ whatIf: true, transmit: false }), 413],
    ["a parent that is not there", limit(99, { parentId: 55 }), 135],
    ["an account that is not there", order({ account: "DU9" }), 321],
    ["eTradeOnly", order({ eTradeOnly: true }), 10268],
  ])("[TW24] %s", async (_, given, code) => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, given)).toEqual([`error ${code} 1`]);
    client.api.reqAllOpenOrders();
    expect(await client.story()).toEqual([]);
    expect(bench.simulator.journal.orders()).toEqual([]);
  });

  it("[TW25] what the account cannot pay is rejected with 201, and Inactive", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    expect(await client.place(1, limit(100, { totalQuantity: 50_000 }))).toEqual([
      "error 201 1",
      "openOrder 1 Inactive",
      "orderStatus 1 Inactive 0",
    ]);
  });

  it("[TW26] a read-only gateway takes neither orders nor cancels", async () => {
    await using bench = await TwsBench.open({ quirks: { readOnly: true } });
    using client = await VendorClient.open(bench);
    expect(await client.place(1, order())).toEqual(["error 321 1"]);
    expect(await client.cancel(1)).toEqual(["error 321 1"]);
  });
});

describe("groups", () => {
  async function bracket(bench: TwsBench, client: VendorClient): Promise<void> {
    const { api } = client;
    api.placeOrder(1, stock("AAPL"), limit(99, { transmit: false }));
    api.placeOrder(2, stock("AAPL"), limit(105, { ...SELL, parentId: 1, transmit: false }));
    api.placeOrder(3, stock("AAPL"), stop(95, { parentId: 1 }));
    await client.settled();
  }

  it("[TW30] a bracket is silent until its last child, children wait for the parent", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await bracket(bench, client);
    const held = client.heard.filter(({ event }) => event === "orderStatus").map(({ args }) => [args[0], args[9]]);
    expect(held).toEqual([
      [1, ""],
      [1, ""],
      [2, "child"],
      [3, "child,trigger"],
    ]);
  });

  it("[TW31] the parent's fill sets the children to work; one that fills cancels the other", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await bracket(bench, client);
    await client.story();
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect((await client.story()).slice(-3)).toEqual([
      "commissionReport",
      "openOrder 2 Submitted",
      "orderStatus 2 Submitted 0",
    ]);
    bench.feed.quote("AAPL", 105.1, 105.2);
    expect(await client.story()).toEqual([
      "execDetails 2 10",
      "openOrder 2 Filled",
      "orderStatus 2 Filled 10",
      "commissionReport",
      "orderStatus 3 Cancelled 0",
      "error 202 3",
    ]);
  });

  it("[TW32] a partial fill of one child takes as much off the other", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await bracket(bench, client);
    bench.feed.quote("AAPL", 98.9, 98.95);
    await client.story();
    bench.feed.quote("AAPL", 105.1, 105.2, 4);
    await client.settled();
    const orders = client.heard.filter(({ event, args }) => event === "openOrder" && args[0] === 3);
    expect(orders.map(({ args }) => fieldOf(args[2], "totalQuantity"))).toEqual(["6"]);
  });

  it("[TW33] whoever cancels the parent cancels its children, and one child the other", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await bracket(bench, client);
    await client.story();
    expect((await client.cancel(1)).filter((line) => line.includes("Cancelled"))).toEqual([
      "orderStatus 1 Cancelled 0",
      "orderStatus 2 Cancelled 0",
      "orderStatus 3 Cancelled 0",
    ]);
  });

  it("[TW34] an OCA group of type 1: any fill cancels the others", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    const group = { ocaGroup: "g", ocaType: 1 };
    await client.place(1, limit(99, group));
    await client.place(2, limit(390, group), stock("MSFT"));
    bench.feed.quote("AAPL", 98.9, 98.95, 4);
    expect((await client.story()).filter((line) => line.includes("Cancelled"))).toEqual(["orderStatus 2 Cancelled 0"]);
  });
});

describe("previews", () => {
  it("[TW40] one openOrder with margins and nothing else; no order rests, no id is used", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.placeOrder(1, stock("AAPL"), limit(100, { whatIf: true }));
    await client.settled();
    const [reply] = client.heard;
    expect(client.heard).toHaveLength(1);
    expect(reply?.args[3]).toMatchObject({
      status: "PreSubmitted",
      initMarginBefore: 0,
      initMarginChange: 500,
      initMarginAfter: 500,
      equityWithLoanBefore: 1_000_000,
      maxCommission: 1,
    });
    expect(fieldOf(reply?.args[3], "commission")).toBe("undefined");
    client.api.reqAllOpenOrders();
    expect(await client.story()).toEqual(["openOrder 1 PreSubmitted"]);
    expect(await client.place(1, order())).toContain("orderStatus 1 Filled 10");
  });

  it.each([
    ["unset", 1],
    ["silent", 0],
  ] as const)("[TW41] a preview may be %s", async (previews, replies) => {
    await using bench = await TwsBench.open({ quirks: { previews } });
    using client = await VendorClient.open(bench);
    client.api.placeOrder(1, stock("AAPL"), limit(100, { whatIf: true }));
    await client.settled();
    expect(client.heard).toHaveLength(replies);
    expect(fieldOf(client.heard[0]?.args[3], "initMarginChange")).toBe(replies === 0 ? "" : "undefined");
  });
});
