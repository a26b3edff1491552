import type { BrokerClient } from "@trenddojo/brokers";
import type { OrderUpdateEvent } from "@trenddojo/brokers/domain";
import { limitOrder, marketOrder, WITHOUT_RISK_LIMITS } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../alpaca/testing/failureOf.ts";
import { TwsClientBench } from "../testing/TwsClientBench.ts";
import { limit, VendorClient } from "../testing/VendorClient.ts";

const REST = limitOrder("AAPL", "buy", 10, 90, "mine-1");
const BRACKET = {
  ...limitOrder("AAPL", "buy", 10, "99.5", "group-1"),
  orderClass: "bracket",
  takeProfit: { price: "101" },
  stopLoss: { stopPrice: "98" },
} as const;

/** A client that is connected, and everything that it is told of orders. */
async function open(options: Parameters<typeof TwsClientBench.open>[0] = {}, account?: string) {
  const bench = await TwsClientBench.open(options);
  const client = await bench.connected(account);
  const events: OrderUpdateEvent[] = [];
  await client.subscribeToOrderUpdates((event) => events.push(event));
  const wait = <Result>(work: Promise<Result>): Promise<Result> => bench.whileTimePasses(work);
  return {
    bench,
    client,
    events,
    wait,
    faults: bench.simulator.faults,
    /** Times that an order of this name was written and came to the gateway. */
    sent: (orderRef: string): number =>
      bench.simulator.journal.requests("placeOrder").filter((request) => request.orderRef === orderRef).length,
    fills: () => events.flatMap((event) => (event.type === "fill" ? [event.fill] : [])),
    statuses: () => events.map(({ order }) => order.status),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

const statusOf = (client: BrokerClient, clientOrderId: string) =>
  client.getOrderByClientOrderId(clientOrderId).then((order) => order?.status ?? null);

describe("an order whose answer does not come", () => {
  it("[IB27] an order that the gateway dropped is of unknown outcome, is sent once, and is in none of its lists", async () => {
    await using desk = await open();
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "ignore" } });
    expect(await desk.wait(failureOf(desk.client.placeOrder(REST)))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      outcome: "unknown",
    });
    expect(await desk.wait(desk.client.getOrderByClientOrderId("mine-1"))).toBeNull();
    await desk.bench.advance(120_000);
    expect(desk.sent("mine-1")).toBe(1);
    expect(await desk.wait(failureOf(desk.client.placeOrder(REST)))).toMatchObject({ code: "DUPLICATE_ORDER" });
    expect(desk.events).toEqual([]);
  });

  it("[IB27] an order that was taken without a word is found by its reference, and told then", async () => {
    await using desk = await open();
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "mute" } });
    expect(await desk.wait(failureOf(desk.client.placeOrder(REST)))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    const found = await desk.wait(desk.client.getOrderByClientOrderId("mine-1"));
    expect(found).toMatchObject({ clientOrderId: "mine-1", status: "submitted" });
    expect(desk.sent("mine-1")).toBe(1);
    expect(desk.statuses()).toEqual(["submitted"]);
    expect(await desk.wait(desk.client.cancelOrder(found?.orderId ?? ""))).toBe(true);
    await desk.bench.until(() => desk.statuses().at(-1) === "canceled");
  });

  it("[IB27] a cancel without an answer is of unknown outcome, and so is a change; neither is sent again", async () => {
    await using desk = await open();
    const { orderId } = await desk.wait(desk.client.placeOrder(REST));
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "ignore" } });
    desk.faults.add({ on: "request", request: "cancelOrder", do: { kind: "ignore" } });
    const change = desk.wait(failureOf(desk.client.modifyOrder(orderId, { price: 91 })));
    expect(await change).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await desk.wait(failureOf(desk.client.cancelOrder(orderId)))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    expect(await desk.wait(desk.client.getOrderByClientOrderId("mine-1"))).toMatchObject({ price: "90" });
    expect(desk.bench.simulator.journal.requests("cancelOrder")).toHaveLength(1);
    expect(desk.sent("mine-1")).toBe(2);
  });

  it("[IB24] a connection that is cut in the middle of orders: each is known afterwards, and its fills are told once", async () => {
    await using desk = await open();
    desk.faults.add({
      on: "request",
      request: "placeOrder",
      nth: 2,
      do: { kind: "after", do: { kind: "reset" } },
    });
    const orders = ["a", "b", "c"].map((id, index) => marketOrder("AAPL", "buy", index + 1, id));
    const settled = await desk.wait(Promise.allSettled(orders.map((order) => desk.client.placeOrder(order))));
    expect(settled.map(({ status }) => status)).toContain("rejected");
    await desk.bench.until(() => desk.client.getConnectionStatus().isHealthy, 60_000);
    const filled = await desk.wait(desk.client.getFills(0));
    await desk.bench.until(() => desk.fills().length === filled.length);
    expect(
      desk
        .fills()
        .map(({ executionId }) => executionId)
        .toSorted(),
    ).toEqual(filled.map(({ executionId }) => executionId).toSorted());
    expect(filled.map(({ clientOrderId }) => clientOrderId)).toContain("b");
    for (const { clientOrderId: id = "" } of orders) expect(desk.sent(id)).toBeLessThanOrEqual(1);
  });

  it("[IB29] after a restart that took its ids back, none is given to a second order", async () => {
    await using desk = await open();
    await desk.wait(desk.client.placeOrder(REST));
    await desk.wait(desk.bench.simulator.restart({ rollBackIds: 50 }));
    await desk.bench.until(() => desk.client.getConnectionStatus().isHealthy, 60_000);
    await desk.wait(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91, "mine-2")));
    const ids = desk.bench.simulator.journal.requests("placeOrder").map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(2);
    const open_ = await desk.wait(desk.client.getOpenOrders());
    expect(open_.map(({ clientOrderId }) => clientOrderId)).toEqual(["mine-1", "mine-2"]);
  });

  it("[H4] when the servers are back and data was lost (1101), what happened meanwhile is read, and told once", async () => {
    await using desk = await open();
    await desk.wait(desk.client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5", "mine-1")));
    desk.bench.simulator.say(1100);
    await desk.bench.until(() => !desk.client.getConnectionStatus().isHealthy);
    expect(await desk.wait(failureOf(desk.client.placeOrder({ ...REST, clientOrderId: "mine-2" })))).toMatchObject({
      outcome: "refused",
    });
    const lost = ["execution", "orderStatus", "openOrder", "commission"].map((reply) =>
      desk.faults.add({ on: "reply", reply, times: 1_000, do: { kind: "skip" } }),
    );
    await desk.bench.quote("AAPL", 99.4, 99.42);
    for (const rule of lost) rule[Symbol.dispose]();
    expect(desk.fills()).toEqual([]);
    desk.bench.simulator.say(1101);
    await desk.bench.until(() => desk.fills().length > 0);
    expect(desk.fills()).toMatchObject([{ clientOrderId: "mine-1", quantity: "10" }]);
    expect(desk.sent("mine-2")).toBe(0);
  });
});

describe("what the gateway tells of orders", () => {
  it.each(["duplicate", "swap"] as const)(
    "[IB26] each fill is told once, with its commission, where callbacks %s",
    async (kind) => {
      await using desk = await open();
      for (const reply of ["orderStatus", "openOrder", "execution", "commission"]) {
        desk.faults.add({ on: "reply", reply, times: 1_000, do: { kind } });
      }
      await desk.bench.quote("AAPL", 100, 100.02, 30);
      await desk.wait(desk.client.placeOrder(limitOrder("AAPL", "buy", 50, "100.02", "mine-1")));
      await desk.bench.quote("AAPL", 100, 100.01, 30);
      await desk.bench.until(() => desk.statuses().at(-1) === "filled");
      expect(desk.fills().map(({ quantity }) => quantity)).toEqual(["30", "20"]);
      // A dollar an order, at least: the second part costs nothing more.
      expect(desk.fills().map(({ fees }) => fees)).toEqual(["1", "0"]);
      const filled = desk.events.map(({ order }) => Number(order.filledQuantity));
      expect(filled).toEqual(filled.toSorted((a, b) => a - b));
    },
  );

  it("[IB22] the status of a fill may come before its execution", async () => {
    await using desk = await open({ quirks: { filledBeforeExecution: true } });
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "mine-1")));
    await desk.bench.until(() => desk.statuses().at(-1) === "filled");
    expect(desk.events.filter(({ type }) => type === "fill")).toHaveLength(1);
    expect(desk.events.at(-1)).toMatchObject({ type: "fill", order: { filledQuantity: "10" } });
  });

  it.each(["pending", "unset"] as const)(
    "[IB22] a fill whose commission is %s is told all the same, and says that its commission is not known",
    async (commissions) => {
      await using desk = await open({ quirks: { commissions } });
      await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "mine-1")));
      await desk.bench.until(() => desk.fills().length > 0);
      expect(desk.fills()).toMatchObject([{ fees: "0", reason: expect.stringContaining("commission") }]);
      expect(desk.statuses().at(-1)).toBe("filled");
    },
  );

  it("[IB22] an execution that was lost on its way is asked for, and told", async () => {
    await using desk = await open();
    desk.faults.add({ on: "reply", reply: "execution", do: { kind: "skip" } });
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "mine-1")));
    await desk.bench.until(() => desk.fills().length > 0, 30_000);
    expect(desk.fills()).toMatchObject([{ quantity: "10", clientOrderId: "mine-1" }]);
  });

  it("[IB22] a corrected execution fills nothing twice: the order has its new price", async () => {
    await using desk = await open();
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10, "mine-1")));
    await desk.bench.until(() => desk.fills().length > 0);
    const [execution] = desk.bench.simulator.journal.orders().flatMap((entry) => entry.execution ?? []);
    desk.bench.simulator.correct(execution?.id ?? "", "99.9");
    await desk.bench.until(() => desk.events.at(-1)?.order.averageFillPrice === "99.9");
    expect(desk.fills()).toHaveLength(1);
    const fills = await desk.wait(desk.client.getFills(0));
    expect(fills).toMatchObject([{ executionId: desk.fills()[0]?.executionId, price: "99.9", quantity: "10" }]);
  });

  it("[IB23] a fill that comes after a cancel was asked for: the cancel is too late, and the order is filled", async () => {
    await using desk = await open();
    const { orderId } = await desk.wait(desk.client.placeOrder(REST));
    desk.faults.add({ on: "request", request: "cancelOrder", do: { kind: "fill" } });
    const cancel = desk.wait(
      desk.client.cancelOrder(orderId).then(
        () => "asked",
        (error: unknown) => String(Reflect.get(Object(error), "code")),
      ),
    );
    expect(["asked", "ORDER_CLOSED"]).toContain(await cancel);
    await desk.bench.until(() => desk.statuses().at(-1) === "filled");
    expect(desk.fills()).toHaveLength(1);
  });

  it("[IB21] an order of another hand is the account's too: it is listed, is not changed here, and goes with all", async () => {
    await using desk = await open();
    const { simulator } = desk.bench;
    const account = simulator.accounts[0] ?? "";
    simulator.placeManual({
      account,
      symbol: "AAPL",
      action: "BUY",
      quantity: "5",
      orderType: "LMT",
      limitPrice: "91",
    });
    const [manual] = await desk.wait(desk.client.getOpenOrders());
    expect(manual).toMatchObject({ symbol: "AAPL", quantity: "5", price: "91" });
    expect(manual?.clientOrderId).toBe(`ib-${manual?.orderId}`);
    const change = failureOf(desk.client.modifyOrder(manual?.orderId ?? "", { price: 90 }));
    expect(await desk.wait(change)).toMatchObject({ code: "NOT_SUPPORTED", outcome: "refused" });
    await desk.wait(desk.client.placeOrder(REST));
    expect(await desk.wait(desk.client.cancelAllOrders())).toBe(2);
    expect(await desk.wait(desk.client.getOpenOrders())).toEqual([]);
  });

  it("[H8] a position that is closed takes no other position with it", async () => {
    await using desk = await open();
    desk.bench.feed.quote("TSLA", 250, 250.05);
    for (const [symbol, price] of [
      ["AAPL", 101],
      ["MSFT", 201],
      ["TSLA", 251],
    ] as const) {
      await desk.wait(desk.client.placeOrder(limitOrder(symbol, "buy", 3, price)));
    }
    await desk.bench.until(() => desk.fills().length === 3);
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "sell", 3)));
    await desk.bench.until(() => desk.fills().length === 4);
    const positions = await desk.wait(desk.client.getPositions());
    expect(positions.map(({ symbol }) => symbol).toSorted()).toEqual(["MSFT", "TSLA"]);
  });
});

describe("what the gateway refuses", () => {
  it("[IB27] a refused order is refused with the code, the gateway's words and what to do, and does not exist", async () => {
    await using desk = await open();
    const words = "Order rejected - reason:The available funds are not enough";
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "error", code: 201, message: words } });
    const error = await desk.wait(failureOf(desk.client.placeOrder(REST)));
    expect(error).toMatchObject({ code: "INSUFFICIENT_FUNDS", outcome: "refused", details: { ibCode: 201 } });
    expect(await desk.wait(statusOf(desk.client, "mine-1"))).toBeNull();
  });

  it("[IB27] a gateway whose API is read-only says so, and what to do", async () => {
    await using desk = await open({ quirks: { readOnly: true } });
    const error = await desk.wait(failureOf(desk.client.placeOrder(REST)));
    expect(error).toMatchObject({ code: "NOT_SUPPORTED", outcome: "refused" });
    expect(error).toMatchObject({ message: expect.stringContaining("Read-Only API") });
  });

  it("[IB27] a refused change leaves the order as it was, and working", async () => {
    await using desk = await open();
    const { orderId } = await desk.wait(desk.client.placeOrder(REST));
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "error", code: 201, message: "no" } });
    const error = await desk.wait(failureOf(desk.client.modifyOrder(orderId, { price: 91 })));
    expect(error).toMatchObject({ code: "ORDER_REJECTED", outcome: "refused" });
    expect(await desk.wait(desk.client.getOrderByClientOrderId("mine-1"))).toMatchObject({
      price: "90",
      status: "submitted",
    });
    expect(await desk.wait(desk.client.modifyOrder(orderId, { price: 92, quantity: 12 }))).toBe(true);
  });

  it("[IB25] an exit that is refused takes the whole group with it: no entry works without its exits", async () => {
    await using desk = await open();
    const refusal = { kind: "error", code: 201, message: "no" } as const;
    desk.faults.add({ on: "request", request: "placeOrder", nth: 3, do: refusal });
    const error = await desk.wait(failureOf(desk.client.placeOrder(BRACKET)));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    await desk.bench.advance(1_000);
    expect(await desk.wait(desk.client.getOpenOrders())).toEqual([]);
    expect(await desk.wait(desk.client.getFills(0))).toEqual([]);
  });

  it("[IB25] an entry that is refused is refused with its exits", async () => {
    await using desk = await open();
    const refusal = { kind: "error", code: 110, message: "off the tick" } as const;
    desk.faults.add({ on: "request", request: "placeOrder", nth: 1, do: refusal });
    const error = await desk.wait(failureOf(desk.client.placeOrder(BRACKET)));
    expect(error).toMatchObject({ code: "INVALID_ORDER", outcome: "refused" });
    await desk.bench.advance(1_000);
    expect(await desk.wait(desk.client.getOpenOrders())).toEqual([]);
  });

  it("[IB25] a change of an exit keeps it in its group", async () => {
    await using desk = await open();
    const { legs = [] } = await desk.wait(desk.client.placeOrder(BRACKET));
    const profit = legs.find(({ role }) => role === "take_profit")?.orderId ?? "";
    await desk.wait(desk.client.modifyOrder(profit, { price: 102 }));
    await desk.bench.quote("AAPL", 99.48, 99.5);
    await desk.bench.until(() => desk.fills().length > 0);
    await desk.wait(desk.client.modifyOrder(profit, { price: 103 }));
    await desk.bench.quote("AAPL", 103, 103.02);
    await desk.bench.until(() => desk.fills().length > 1);
    await desk.bench.advance(1_000);
    expect(await desk.wait(desk.client.getOpenOrders())).toEqual([]);
    expect(await desk.wait(desk.client.getPositions())).toEqual([]);
  });
});

describe("ids that mean more than one order", () => {
  it("[IB65] orders that overtake each other on their way to the wire are all taken", async () => {
    await using desk = await open();
    desk.bench.riskPolicy = WITHOUT_RISK_LIMITS;
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10)));
    await desk.bench.advance(2_000);
    const many = Array.from({ length: 60 }, (_, index) => limitOrder("AAPL", "buy", 1, 90, `mine-${index}`));
    const placing = many.map((order) => desk.client.placeOrder(order));
    const selling = desk.client.placeOrder(marketOrder("AAPL", "sell", 5, "less"));
    const settled = await desk.wait(Promise.allSettled([...placing, selling]));
    expect(settled.filter(({ status }) => status === "rejected")).toEqual([]);
    const refs = desk.bench.simulator.journal.requests("placeOrder").map(({ orderRef }) => orderRef);
    expect(refs.indexOf("less")).toBeLessThan(refs.indexOf("mine-59"));
  });

  it("[IB66] an order of another program is not canceled by an id that two of them have", async () => {
    await using desk = await open();
    using second = await VendorClient.open(desk.bench, 2);
    using third = await VendorClient.open(desk.bench, 3);
    const far = (orderRef: string) => limit(80, { orderRef });
    await second.place(900, far("second"));
    const idOf = async (name: string): Promise<string> => {
      const orders = await desk.wait(desk.client.getOpenOrders());
      return orders.find(({ clientOrderId }) => clientOrderId === name)?.orderId ?? "";
    };
    const id = await idOf("second");
    await third.place(900, far("third"));
    await idOf("third");
    expect(await desk.wait(failureOf(desk.client.cancelOrder(id)))).toMatchObject({
      code: "NOT_SUPPORTED",
      outcome: "refused",
      message: expect.stringMatching(/cancel it there/),
    });
    expect(desk.bench.simulator.journal.requests("cancelOrder")).toEqual([]);
    third.api.cancelOrder(900, "");
    await third.settled();
    await idOf("second");
    expect(await desk.wait(desk.client.cancelOrder(id))).toBe(true);
  });
});

describe("a login with several accounts", () => {
  const ACCOUNTS = { accounts: [{ id: "DU1" }, { id: "DU2" }] };

  it("[IB66] an order of another program is not canceled by an id that an order of another account has", async () => {
    await using desk = await open(ACCOUNTS, "DU1");
    using second = await VendorClient.open(desk.bench, 2);
    using third = await VendorClient.open(desk.bench, 3);
    await second.place(900, limit(80, { account: "DU1", orderRef: "second" }));
    await third.place(900, limit(80, { account: "DU2", orderRef: "third" }));
    const listed = await desk.wait(desk.client.getOpenOrders());
    expect(listed.map(({ clientOrderId }) => clientOrderId)).toEqual(["second"]);
    const error = await desk.wait(failureOf(desk.client.cancelOrder(listed[0]?.orderId ?? "")));
    expect(error).toMatchObject({ code: "NOT_SUPPORTED", outcome: "refused" });
    expect(desk.bench.simulator.journal.requests("cancelOrder")).toEqual([]);
  });

  it("[IB77] all orders of the account are canceled, also one that is not confirmed yet, and no other account's", async () => {
    await using desk = await open(ACCOUNTS, "DU1");
    using other = await VendorClient.open(desk.bench, 2);
    await other.place(900, limit(80, { account: "DU2", orderRef: "other" }));
    await desk.wait(desk.client.placeOrder(REST));
    desk.faults.add({ on: "request", request: "placeOrder", do: { kind: "mute" } });
    const muted = Promise.allSettled([desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 91, "muted"))]);
    await desk.bench.settle();
    expect(await desk.wait(desk.client.cancelAllOrders())).toBe(2);
    await desk.wait(muted);
    const left = desk.bench.simulator.journal.orders().filter(({ event }) => event === "cancelled");
    expect(left.map(({ orderRef }) => orderRef).toSorted()).toEqual(["mine-1", "muted"]);
    expect(desk.bench.simulator.journal.requests("globalCancel")).toEqual([]);
  });
});

describe("a group of which a part is lost", () => {
  it("[IB72] what came of it is canceled when the session is there again", async () => {
    await using desk = await open();
    await desk.wait(desk.client.placeOrder(marketOrder("AAPL", "buy", 10)));
    const pair = {
      ...limitOrder("AAPL", "sell", 10, 110, "pair"),
      orderClass: "oco",
      stopLoss: { stopPrice: "95" },
    } as const;
    desk.faults.add({ on: "request", request: "placeOrder", nth: 2, do: { kind: "error", code: 201, message: "no" } });
    desk.faults.add({ on: "request", request: "cancelOrder", do: { kind: "reset" } });
    expect(await desk.wait(failureOf(desk.client.placeOrder(pair)))).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await desk.bench.until(() => desk.client.getConnectionStatus().isHealthy, 60_000);
    await desk.bench.until(() => desk.events.some(({ order }) => order.status === "canceled"));
    expect(await desk.wait(desk.client.getOpenOrders())).toEqual([]);
    expect([desk.sent("pair"), desk.sent("pair:oco")]).toEqual([1, 1]);
  });
});

describe("a preview", () => {
  it("[IB32] places nothing, and says what the order would need", async () => {
    await using desk = await open({ quirks: { previewsTellCommission: true } });
    const preview = await desk.wait(desk.client.previewOrder(marketOrder("AAPL", "buy", 10)));
    expect(Number(preview.margin?.required)).toBeGreaterThan(0);
    expect(Number(preview.estimatedFees)).toBeGreaterThan(0);
    expect(await desk.wait(desk.client.getOrderHistory(1))).toEqual([]);
    expect(desk.events).toEqual([]);
    const asked = desk.bench.simulator.journal.requests("placeOrder");
    expect(asked).toMatchObject([{ whatIf: true, transmit: true }]);
  });

  it.each(["unset", "silent"] as const)(
    "[IB32] that is %s leaves the margin unknown, and makes nothing up",
    async (previews) => {
      await using desk = await open({ quirks: { previews } });
      const preview = await desk.wait(desk.client.previewOrder(marketOrder("AAPL", "buy", 10)));
      expect(preview).toMatchObject({ referencePrice: "100.02", margin: null, buyingPowerAfter: null });
      const error = await desk.wait(failureOf(desk.client.getMarginRequirements(marketOrder("AAPL", "buy", 10))));
      expect(error).toMatchObject({ code: "NOT_SUPPORTED", outcome: "refused" });
    },
  );
});
