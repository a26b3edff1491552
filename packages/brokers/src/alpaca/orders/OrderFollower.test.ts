import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../deps.ts";
import { until, type ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage, toldLines } from "../../testing/alpaca/SessionStage.ts";
import { wireActivityOf, wireFill, wireOrderOf, wireTime, wireUpdate } from "../../testing/alpaca/wireBuilders.ts";
import { limitOrder } from "../../testing/builders.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { seededRandom } from "../../testing/seededRandom.ts";
import { FillHistory } from "../account/FillHistory.ts";
import type { AlpacaSession } from "../AlpacaSession.ts";
import { TradingRest } from "../rest/TradingRest.ts";
import { wireOrder } from "../rest/wireOrder.ts";
import { OrderBook } from "./OrderBook.ts";
import { OrderFollower } from "./OrderFollower.ts";
import { OrderSync } from "./OrderSync.ts";

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, clock, client } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

describe("what happened meanwhile", () => {
  it("[AL13] after a gap everything that was missed is told once, in order, and only then orders are taken", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "gap"));
    alpaca.close("orders");
    await until(() => client.getConnectionStatus().channels.orders.state === "down");
    expect(await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 1, 80)))).toMatchObject({
      code: "CONNECTION_FAILED",
      outcome: "refused",
    });
    const order = wireOrderOf({ id: orderId, client_order_id: "gap" });
    const filled = { ...order, status: "filled", filled_qty: "10", filled_avg_price: "90", updated_at: wireTime(3) };
    alpaca.on(`GET /v2/orders/${orderId}`, { json: filled });
    stage.book.activities = [wireActivityOf(order, "4", "89.5", "4"), wireActivityOf(order, "6", "90", "10")];
    await clock.advanceUntil(() => client.getConnectionStatus().isHealthy, 100, 30_000);
    expect(told.flatMap((each) => (each.type === "fill" ? [each.fill.quantity] : []))).toEqual(["4", "6"]);
    // The stream repeats what was read meanwhile.
    alpaca.say("orders", wireFill(order, "6", "90", "10"));
    alpaca.say("orders", wireUpdate("new", { ...order, updated_at: wireTime(1) }));
    await clock.advance(3_000);
    expect(toldLines(told)).toEqual(["order submitted 0", "fill partially_filled 4", "fill filled 10"]);
    expect(await client.placeOrder(limitOrder("AAPL", "buy", 1, 80))).toMatchObject({ status: "submitted" });
  });

  it("[AL13] nor is anything missed between a reading and the stream's return", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "between"));
    const order = wireOrderOf({ id: orderId, client_order_id: "between" });
    alpaca.on(`GET /v2/orders/${orderId}`, { json: order });
    alpaca.handshake.orders = 502;
    alpaca.close("orders");
    await until(() => client.getConnectionStatus().channels.orders.state === "down");
    const before = alpaca.seen(`GET /v2/orders/${orderId}`).length;
    await clock.advanceUntil(() => alpaca.seen(`GET /v2/orders/${orderId}`).length > before, 500, 30_000);
    await until(() => alpaca.seen("GET /v2/account/activities/FILL").length > 0);
    await clock.advance(100);
    alpaca.on(`GET /v2/orders/${orderId}`, { json: { ...order, status: "canceled", updated_at: wireTime(30) } });
    alpaca.handshake.orders = null;
    await clock.advanceUntil(() => client.getConnectionStatus().isHealthy, 500, 120_000);
    expect(toldLines(told)).toEqual(["order submitted 0", "order canceled 0"]);
  });

  it("[AL19] fills that an open stream does not tell are found and told", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "mute"));
    const order = wireOrderOf({ id: orderId, client_order_id: "mute" });
    const filled = { ...order, status: "filled", filled_qty: "10", filled_avg_price: "90", updated_at: wireTime(3) };
    alpaca.on(`GET /v2/orders/${orderId}`, { json: filled });
    stage.book.activities = [wireActivityOf(order, "10", "90", "10")];
    await clock.advanceUntil(() => told.some(({ type }) => type === "fill"), 1_000, 120_000);
    expect(toldLines(told)).toEqual(["order submitted 0", "fill filled 10"]);
  });

  it("[AL16] an event that nobody knows leads to the order being read", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "odd"));
    const order = wireOrderOf({ id: orderId, client_order_id: "odd", updated_at: wireTime(1) });
    alpaca.on(`GET /v2/orders/${orderId}`, { json: { ...order, status: "canceled", updated_at: wireTime(2) } });
    alpaca.say("orders", wireUpdate("order_eaten_by_dog", { ...order, status: "eaten" }));
    await clock.advanceUntil(() => told.length > 1, 1_000, 30_000);
    await clock.advanceUntil(() => told.at(-1)?.order.status === "canceled", 1_000, 30_000);
    expect(told.map(({ order: { status } }) => status)).not.toContain("filled");
  });
});

describe("one order that cannot be read", () => {
  const looks = (id: string) => alpaca.seen(`GET /v2/orders/${id}`).length;

  it("[AL13] keeps no lost answer from being looked for, is asked for now and then, and no more once Alpaca does not have it", async () => {
    stage.takeOrders();
    await client.connect();
    const told = await stage.follow();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "odd"));
    const order = wireOrderOf({ id: orderId, client_order_id: "odd", updated_at: wireTime(1) });
    alpaca.on(`GET /v2/orders/${orderId}`, { json: { id: "damaged" } });
    alpaca.say("orders", wireUpdate("order_eaten_by_dog", { ...order, status: "eaten" }));
    await clock.advanceUntil(() => looks(orderId) > 0, 1_000, 30_000);
    const lost = wireOrderOf({ client_order_id: "lost", updated_at: wireTime(1) });
    alpaca.on("POST /v2/orders", { status: 504, bytes: "" });
    alpaca.on("GET /v2/orders:by_client_order_id", { status: 404, json: { message: "order not found" } });
    await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 1, 80, "lost")));
    alpaca.on("GET /v2/orders:by_client_order_id", { json: lost });
    await clock.advanceUntil(() => told.some((each) => each.order.clientOrderId === "lost"), 1_000, 30_000);
    const before = looks(orderId);
    for (let second = 0; second < 20; second += 1) await clock.advance(1_000);
    expect(looks(orderId) - before).toBeGreaterThanOrEqual(2);
    expect(looks(orderId) - before).toBeLessThanOrEqual(5);
    alpaca.on(`GET /v2/orders/${orderId}`, { status: 404, json: { message: "order not found" } });
    for (let second = 0; second < 7; second += 1) await clock.advance(1_000);
    const gone = looks(orderId);
    for (let second = 0; second < 20; second += 1) await clock.advance(1_000);
    expect(looks(orderId)).toBe(gone);
  });

  it("[AL19] whose fills are nowhere is looked for ever more seldom", async () => {
    stage.takeOrders();
    await client.connect();
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90, "nowhere"));
    const order = wireOrderOf({ id: orderId, client_order_id: "nowhere", updated_at: wireTime(1) });
    alpaca.on(`GET /v2/orders/${orderId}`, { json: { ...order, status: "filled", filled_qty: "10" } });
    alpaca.say("orders", wireUpdate("order_eaten_by_dog", { ...order, status: "eaten" }));
    const fills = () => alpaca.seen("GET /v2/account/activities/FILL").length;
    const before = fills();
    for (let second = 0; second < 60; second += 1) await clock.advance(1_000);
    expect(fills() - before).toBeGreaterThanOrEqual(3);
    expect(fills() - before).toBeLessThanOrEqual(8);
  });
});

it("[AL28] once an hour what ended more than a week ago is forgotten", async () => {
  const clock = new FakeClock();
  const transport = { send: () => Promise.reject(new Error("nothing is asked")), [Symbol.dispose]: () => undefined };
  const rest = new TradingRest(transport);
  const book = new OrderBook({ onUpdate: () => undefined });
  const follower = new OrderFollower({
    book,
    sync: new OrderSync(rest, book, new FillHistory(rest)),
    deps: { clock, random: seededRandom(1), logger: silentLogger },
    brokerNow: () => clock.now(),
  });
  const ended = wireOrder.parse(wireOrderOf({ status: "canceled", updated_at: wireTime(60) }));
  book.take(ended, false);
  const known = async () => {
    await follower.tend();
    return book.chains().length;
  };
  const HOUR_MS = 3_600_000;
  await clock.advance(HOUR_MS);
  clock.setWallTime(Date.parse(wireTime(0)) + 7 * 86_400_000);
  expect(await known()).toBe(1);
  clock.setWallTime(Date.parse(wireTime(120)) + 7 * 86_400_000);
  expect(await known()).toBe(1);
  await clock.advance(HOUR_MS);
  expect(await known()).toBe(0);
});
