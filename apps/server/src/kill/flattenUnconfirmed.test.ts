import { randomUUID } from "node:crypto";
import type { BrokerClient, BrokerRegistry } from "@trenddojo/brokers";
import { expect, it } from "vitest";
import { createManualDesk } from "../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../testing/faultyRegistry.ts";
import { OWNER } from "../testing/people.ts";
import { until } from "../testing/until.ts";

const TIMING = { attemptMs: 2_000, retryMs: 50, retryAtMostMs: 100, lookMs: 50, noticeMs: 50 };
const never = () => () => new Promise<never>(() => undefined);

it("[SV528] flattening ends no halt that a broker has not confirmed: it is asked on, and nothing is closed there until it has", async () => {
  const hung: Faults = {};
  const clients = new Map<string, BrokerClient>();
  const wrapRegistry = (registry: BrokerRegistry): BrokerRegistry => ({
    ...registry,
    create: (request) => {
      const client = faultyRegistry(request.broker === "alpaca" ? hung : {})(registry).create(request);
      clients.set(request.broker, client);
      return client;
    },
  });
  await using trader = await createManualDesk({ wrapRegistry, killTiming: TIMING });
  const { api } = trader;
  await api.brokers.add.mutate({ broker: "alpaca", mode: "mock", label: "Hung", credentials: {} });
  const held = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(held.id, "FILLED");
  await clients.get("alpaca")?.placeOrder({ symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price: "1.00" });
  const listOpen = async () => (await api.orders.list.query({ filter: "open" })).orders;
  await until("it is in the books", async () => (await listOpen()).length === 1);
  hung.cancelAllOrders = never;

  await api.orders.halt.mutate({});
  const flattened = await api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: OWNER.password });
  expect(flattened.orders.map(({ symbol }) => symbol)).toEqual(["AAPL"]);
  expect(flattened.refused).toMatchObject([{ code: "OPEN_ORDERS", message: expect.stringContaining("not confirmed") }]);
  for (const { orderId } of flattened.orders) await trader.untilState(orderId, "FILLED");
  const state = await api.risk.state.query();
  expect(state).toMatchObject({ state: "REDUCING", reason: expect.stringContaining("1 of 2 brokers") });
  expect(state.halt?.steps.map(({ broker, state: step }) => [broker, step]).toSorted()).toEqual([
    ["alpaca", "unconfirmed"],
    ["paper", "confirmed"],
  ]);
  const alerted = async () => (await api.alerts.list.query({ filter: "open" })).alerts.map(({ kind }) => kind);
  expect(await alerted()).toContain("halt_unconfirmed");

  delete hung.cancelAllOrders;
  await until("it confirms, and the halt is over", async () => (await api.risk.state.query()).halt === null);
  expect(await clients.get("alpaca")?.getOpenOrders()).toEqual([]);
  await until("the books", async () => (await listOpen()).length === 0);
  expect(await alerted()).not.toContain("halt_unconfirmed");
  expect(await api.risk.state.query()).toMatchObject({ state: "REDUCING", reason: null, changedBy: "Ada" });
});
