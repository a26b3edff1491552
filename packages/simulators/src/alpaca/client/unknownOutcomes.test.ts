import { limitOrder, marketOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import type { FaultRuleInput } from "../faults/FaultRule.ts";
import { ClientBench } from "../testing/ClientBench.ts";
import { failureOf } from "../testing/failureOf.ts";
import { toldBy } from "../testing/toldBy.ts";

const POST = { on: "request", method: "POST", path: "/v2/orders" } as const;
const MINE = limitOrder("AAPL", "buy", 10, 90, "mine");

/** Ways in which an order is there and its answer is not. */
const TAKEN: Readonly<Record<string, FaultRuleInput>> = {
  "a connection that is cut": { ...POST, do: { kind: "drop", when: "after" } },
  "a 500 in JSON": {
    ...POST,
    do: {
      kind: "answer",
      when: "after",
      status: 500,
      body: '{"code":50010000,"message":"internal server error occurred"}',
    },
  },
  "a 504 in HTML": {
    ...POST,
    do: { kind: "answer", when: "after", status: 504, body: "<html>Gateway Time-out</html>" },
  },
  "half an answer": { ...POST, do: { kind: "truncate", bytes: 100 } },
  "an answer that is not JSON": { ...POST, do: { kind: "answer", when: "after", status: 200, body: "<html></html>" } },
};

const placed = (bench: ClientBench): number => bench.simulator.journal.requests("POST", "/v2/orders").length;

describe("orders whose outcome is not known", () => {
  it.each(Object.entries(TAKEN))("[AL4] %s: unknown, found by its client order id, sent once", async (_what, rule) => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    bench.simulator.faults.add(rule);
    expect(await failureOf(client.placeOrder(MINE))).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(await client.getOrderByClientOrderId("mine")).toMatchObject({ status: "submitted", quantity: "10" });
    await bench.advance(20_000);
    expect(placed(bench)).toBe(1);
    expect(await client.getOpenOrders()).toHaveLength(1);
  });

  it("[AL7] no answer in time: unknown; the client finds the order by itself, and tells it", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    // Nobody tells: the answer is late, and so is the stream.
    bench.simulator.faults.add({ on: "message", stream: "trading", do: { kind: "mute" } });
    bench.simulator.faults.add({ ...POST, do: { kind: "delay", when: "after", ms: 60_000 } });
    const told = await toldBy(client);
    const placing = failureOf(client.placeOrder(MINE));
    await bench.advance(12_000);
    expect(await placing).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    await bench.until(() => told.length > 0);
    expect(told).toEqual(["order mine submitted 0"]);
    await bench.advance(60_000);
    expect([placed(bench), (await client.getOrderHistory(1)).length]).toEqual([1, 1]);
  });

  it("[AL4] cut before it was taken: unknown too, found nowhere, and the same id is free for another try", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    bench.simulator.faults.add({ ...POST, do: { kind: "drop", when: "before" } });
    expect(await failureOf(client.placeOrder(MINE))).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(await client.getOrderByClientOrderId("mine")).toBeNull();
    await bench.advance(20_000);
    expect(placed(bench)).toBe(1);
    await client.placeOrder(MINE);
    expect(await client.getOpenOrders()).toMatchObject([{ clientOrderId: "mine" }]);
  });

  it("[AL4] sent again by its owner, an order that was taken is refused as its double, and stays one", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    bench.simulator.faults.add({ ...POST, do: { kind: "drop", when: "after" } });
    await failureOf(client.placeOrder(MINE));
    expect(await failureOf(client.placeOrder(MINE))).toMatchObject({ code: "DUPLICATE_ORDER", outcome: "refused" });
    expect(await client.getOpenOrders()).toHaveLength(1);
  });

  it("[AL8] 429 is a refusal: nothing was placed, and nobody tries again", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    bench.simulator.faults.add({
      ...POST,
      do: { kind: "answer", when: "before", status: 429, body: "too many requests", withRateLimit: false },
    });
    const error = await failureOf(client.placeOrder(MINE));
    expect(error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", outcome: "refused", retryable: true });
    await bench.advance(20_000);
    expect([placed(bench), await client.getOpenOrders()]).toEqual([1, []]);
  });

  it("[AL8] a budget that is spent is a refusal until the minute is over", async () => {
    await using bench = await ClientBench.open({ requestsPerMinute: 30 });
    const client = await bench.connected();
    let refusal: unknown;
    for (let count = 0; refusal === undefined && count < 30; count += 1) {
      refusal = await client.getOrderByClientOrderId("mine").then(
        () => undefined,
        (error: unknown) => error,
      );
    }
    expect(refusal).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    expect(await failureOf(client.placeOrder(MINE))).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", outcome: "refused" });
    await bench.advance(61_000);
    await bench.quote("AAPL", 100, 100.02);
    expect(await client.placeOrder(MINE)).toMatchObject({ status: "submitted" });
    expect(await client.getOpenOrders()).toHaveLength(1);
  });

  it("[AL11] a fill comes before the answer to its order, and is told once", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const told = await toldBy(client);
    bench.simulator.faults.add({ ...POST, do: { kind: "delay", when: "after", ms: 2_000 } });
    const placing = client.placeOrder(marketOrder("AAPL", "buy", 3, "mine"));
    await bench.until(() => told.some((line) => line.startsWith("fill mine")), 1_500);
    await bench.advance(2_000);
    expect(await placing).toMatchObject({ clientOrderId: "mine", status: "filled" });
    expect(told.at(-1)).toBe("fill mine filled 3");
    expect(told.filter((line) => line.startsWith("fill mine filled"))).toHaveLength(1);
    expect(await client.getPositions()).toMatchObject([{ quantity: "3" }]);
  });

  it.each(["cancel", "change"] as const)("[AL4] a %s whose answer is lost is unknown, and done", async (command) => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const { orderId } = await client.placeOrder(MINE);
    const method = command === "cancel" ? "DELETE" : "PATCH";
    bench.simulator.faults.add({ on: "request", method, do: { kind: "drop", when: "after" } });
    const sending = command === "cancel" ? client.cancelOrder(orderId) : client.modifyOrder(orderId, { price: 91 });
    expect(await failureOf(sending)).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(await client.getOrderByClientOrderId("mine")).toMatchObject(
      command === "cancel" ? { orderId, status: "canceled" } : { orderId, status: "submitted", price: "91" },
    );
  });

  it("[AL14] a change whose answer was lost does not hide the order from its cancel", async () => {
    await using bench = await ClientBench.open();
    const client = await bench.connected();
    const { orderId } = await client.placeOrder(MINE);
    bench.simulator.faults.add({ on: "message", stream: "trading", do: { kind: "mute" } });
    bench.simulator.faults.add({ on: "request", method: "PATCH", do: { kind: "drop", when: "after" } });
    await failureOf(client.modifyOrder(orderId, { price: 91 }));
    // One request ends it: were it for the order that was replaced, its answer would have to be waited for first.
    expect(await client.cancelOrder(orderId)).toBe(true);
    expect(
      bench.simulator.journal.entries.filter((each) => each.kind === "request" && each.method === "DELETE"),
    ).toHaveLength(1);
    expect(await client.getOrderStatus(orderId)).toBe("canceled");
  });
});
