import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until, type ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage, toldLines } from "../../testing/alpaca/SessionStage.ts";
import { wireFill, wireOrderOf, wireTime } from "../../testing/alpaca/wireBuilders.ts";
import { limitOrder, marketOrder } from "../../testing/builders.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import type { FakeClock } from "../../testing/FakeClock.ts";
import type { AlpacaSession } from "../AlpacaSession.ts";

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, clock, client } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

describe("orders", () => {
  it("sends an order once and answers with its ids", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const response = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "mine"));
    expect(response).toMatchObject({
      clientOrderId: "mine",
      symbol: "AAPL",
      quantity: "10",
      status: "submitted",
      mode: "paper",
    });
    expect(alpaca.seen("POST /v2/orders")).toHaveLength(1);
    expect(toldLines(told)).toEqual(["order submitted 0"]);
  });

  it("[AL11] a fill that overtakes the answer is told once", async () => {
    await client.connect();
    const told = await stage.follow();
    const order = wireOrderOf({ client_order_id: "fast", type: "market", limit_price: null });
    alpaca.on("POST /v2/orders", () => {
      alpaca.say("orders", wireFill(order, "10", "100.02", "10"));
      return { json: { ...order, status: "pending_new" } };
    });
    const response = await client.placeOrder(marketOrder("AAPL", "buy", 10, "fast"));
    expect(response.orderId).toBe(order.id);
    await until(() => told.some(({ type }) => type === "fill"));
    await clock.advance(0);
    expect(told.filter(({ type }) => type === "fill")).toHaveLength(1);
    expect(toldLines(told).at(-1)).toBe("fill filled 10");
  });

  it("[AL4] an order whose answer is lost is unknown, and found again by its id", async () => {
    await client.connect();
    const told = await stage.follow();
    alpaca.on("POST /v2/orders", { fate: "drop" });
    const placing = await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "lost")));
    expect(placing).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    const missing = { status: 404, json: { code: 40410000, message: "order not found" } };
    alpaca.on("GET /v2/orders:by_client_order_id", missing);
    expect(await client.getOrderByClientOrderId("lost")).toBeNull();
    alpaca.on("GET /v2/orders:by_client_order_id", { json: wireOrderOf({ client_order_id: "lost" }) });
    await clock.advance(6_000);
    await clock.advanceUntil(() => told.length > 0, 1_000, 30_000);
    expect(told[0]?.order).toMatchObject({ clientOrderId: "lost", status: "submitted" });
    expect(alpaca.seen("POST /v2/orders")).toHaveLength(1);
  });

  it("[AL4] the refusal of its double does not end the search for an order whose answer was lost", async () => {
    await client.connect();
    const told = await stage.follow();
    alpaca.on("GET /v2/orders:by_client_order_id", {
      status: 404,
      json: { code: 40410000, message: "order not found" },
    });
    alpaca.on("POST /v2/orders", { fate: "drop" });
    await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "twice")));
    alpaca.on("POST /v2/orders", { status: 422, json: { code: 40010001, message: "client_order_id must be unique" } });
    expect(await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 11, 90, "twice")))).toMatchObject({
      code: "DUPLICATE_ORDER",
      outcome: "refused",
    });
    alpaca.on("GET /v2/orders:by_client_order_id", { json: wireOrderOf({ client_order_id: "twice" }) });
    await clock.advanceUntil(() => told.length > 0, 1_000, 30_000);
    const asked = alpaca.seen("GET /v2/orders:by_client_order_id").length;
    await clock.advance(20_000);
    expect(alpaca.seen("GET /v2/orders:by_client_order_id")).toHaveLength(asked);
  });

  it("[AL4] not found is an answer only where Alpaca itself gives it", async () => {
    await client.connect();
    for (const answer of [
      { status: 404, bytes: "<html>not here</html>" },
      { status: 502, bytes: "bad gateway" },
      { status: 200, bytes: "null" },
    ]) {
      alpaca.on("GET /v2/orders:by_client_order_id", answer);
      expect(await failureOf(client.getOrderByClientOrderId("which"))).toMatchObject({ outcome: "refused" });
    }
  });

  it("[AL16] an order that is taken in a state that nobody knows is unknown, not refused", async () => {
    stage.takeOrders({ status: "frozen_in_amber" });
    await client.connect();
    const error = await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 10, 90)));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", outcome: "unknown" });
    expect(error.details["orderId"]).toMatch(/^61e69015/);
  });

  it("what Alpaca refuses is told with its numbers", async () => {
    await client.connect();
    const json = { code: 40310000, message: "insufficient buying power", buying_power: "100.5", cost_basis: "900" };
    alpaca.on("POST /v2/orders", { status: 403, json });
    const error = await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 10, 90)));
    expect(error).toMatchObject({
      code: "INSUFFICIENT_FUNDS",
      outcome: "refused",
      details: { required: "900", available: "100.5" },
    });
  });

  it("[AL14] a change makes a new order at Alpaca, and is the same one here", async () => {
    const first = wireOrderOf({ client_order_id: "mine" });
    const second = wireOrderOf({ replaces: first.id, limit_price: "91", updated_at: wireTime(1) });
    alpaca.on("POST /v2/orders", { json: first }).on(`GET /v2/orders/${first.id}`, { json: first });
    await client.connect();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "mine"));
    alpaca.on(`PATCH /v2/orders/${first.id}`, { json: { ...second, status: "pending_new" } });
    expect(await client.modifyOrder(orderId, { price: 91 })).toBe(true);
    expect(alpaca.requests.at(-1)).toMatchObject({ method: "PATCH", body: JSON.stringify({ limit_price: "91" }) });
    alpaca
      .on("GET /v2/orders:by_client_order_id", {
        json: { ...first, status: "replaced", replaced_by: second.id, updated_at: wireTime(1) },
      })
      .on(`GET /v2/orders/${second.id}`, { json: second })
      .on(`DELETE /v2/orders/${second.id}`, { status: 204 });
    expect(await client.getOrderByClientOrderId("mine")).toMatchObject({
      orderId,
      clientOrderId: "mine",
      price: "91",
      status: "submitted",
    });
    expect(await client.cancelOrder(orderId)).toBe(true);
    expect(alpaca.requests.at(-1)).toMatchObject({ method: "DELETE", path: `/v2/orders/${second.id}` });
  });

  it("[AL14] after a change whose answer was lost, what is known is canceled also where nothing can be asked", async () => {
    const order = wireOrderOf();
    stage.book.open = [order];
    alpaca.on(`GET /v2/orders/${order.id}`, { json: order }).on(`PATCH /v2/orders/${order.id}`, { fate: "drop" });
    await client.connect();
    expect(await failureOf(client.modifyOrder(order.id, { price: 91 }))).toMatchObject({ outcome: "unknown" });
    alpaca
      .on(`GET /v2/orders/${order.id}`, { status: 503, bytes: "busy" })
      .on(`DELETE /v2/orders/${order.id}`, { status: 204 });
    expect(await client.cancelOrder(order.id)).toBe(true);
  });

  it("[AL14] also in a new process that knows nothing of it", async () => {
    const first = wireOrderOf({ client_order_id: "mine", status: "replaced" });
    const second = wireOrderOf({ replaces: first.id, limit_price: "91", updated_at: wireTime(1) });
    alpaca.on(`GET /v2/orders/${first.id}`, { json: { ...first, replaced_by: second.id } });
    stage.book.open = [second];
    await client.connect();
    expect(await client.getOpenOrders()).toMatchObject([{ orderId: first.id, clientOrderId: "mine", price: "91" }]);
  });

  it("[AL14] [AL22] in whatever order the list has them; and nobody is told of what is long past", async () => {
    const long = { updated_at: "2026-11-19T15:00:00Z", submitted_at: "2026-11-19T15:00:00Z" };
    const first = wireOrderOf({ client_order_id: "mine", status: "replaced", ...long });
    const second = wireOrderOf({ replaces: first.id, limit_price: "91", status: "canceled", ...long });
    const filled = wireOrderOf({ status: "filled", filled_qty: "10", filled_avg_price: "90", ...long });
    stage.book.all = [second, { ...first, replaced_by: second.id }];
    await client.connect();
    const told = await stage.follow();
    stage.book.all = [...stage.book.all, filled];
    expect((await client.getOrderHistory(5)).map(({ orderId, status }) => [orderId, status])).toEqual([
      [first.id, "canceled"],
      [filled.id, "filled"],
    ]);
    expect(await client.getOpenOrders()).toEqual([]);
    await clock.advance(10_000);
    expect(told).toEqual([]);
    expect(alpaca.seen("GET /v2/account/activities/FILL")).toEqual([]);
  });

  it("[AL4] a partly filled order is not changed: nobody says what becomes of its fills", async () => {
    const order = wireOrderOf({ status: "partially_filled", filled_qty: "4", filled_avg_price: "90" });
    alpaca.on(`GET /v2/orders/${order.id}`, { json: order });
    await client.connect();
    expect(await failureOf(client.modifyOrder(order.id, { quantity: 12 }))).toMatchObject({
      code: "ORDER_REJECTED",
      outcome: "refused",
    });
    expect(alpaca.requests.some(({ method }) => method === "PATCH")).toBe(false);
  });

  it("[AL15] legs that are listed nowhere are found through their parent", async () => {
    const exits = { side: "sell", order_class: "bracket" };
    const profit = wireOrderOf({ ...exits, limit_price: "101" });
    const loss = wireOrderOf({ ...exits, type: "stop", limit_price: null, stop_price: "98", status: "held" });
    const parent = wireOrderOf({
      order_class: "bracket",
      status: "filled",
      filled_qty: "10",
      filled_avg_price: "90",
      legs: [profit, loss],
    });
    alpaca.on("GET /v2/orders", ({ query }) => {
      if (query.get("status") === "open") return { json: query.get("nested") === "true" ? [] : [profit] };
      // Placed weeks ago.
      return { json: (query.get("after") ?? "") < "2026-11-01" ? [parent] : [] };
    });
    alpaca.on(`GET /v2/orders/${parent.id}`, { json: parent });
    await client.connect();
    expect((await client.getOpenOrders()).map(({ orderId, group, isHeld }) => [orderId, group?.role, isHeld])).toEqual([
      [profit.id, "take_profit", undefined],
      // Alpaca calls it held as long as the profit works; its entry is filled, so it is watched.
      [loss.id, "stop_loss", undefined],
    ]);
  });
});
