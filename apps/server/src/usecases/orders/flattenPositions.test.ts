import { randomUUID } from "node:crypto";
import { quantity } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { createManualDesk } from "../../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../../testing/faultyRegistry.ts";
import { OWNER } from "../../testing/people.ts";

it("[SV80] closes what is held once the cancels are over, not what was held before", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(id, "FILLED");
  const exit = await trader.place({ type: "limit", symbol: "AAPL", side: "sell", quantity: "4", price: "120.00" });
  faults.getOpenOrders = (client) => async (options) => {
    delete faults.getOpenOrders;
    // The exit is filled before its cancel arrives.
    trader.feed.quote("AAPL", 120, 120.02);
    await trader.untilState(exit.id, "FILLED");
    return client.getOpenOrders(options);
  };
  const { orders } = await trader.api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: OWNER.password });
  const [closing] = await Promise.all(orders.map(({ orderId }) => trader.untilState(orderId, "FILLED")));
  expect(closing).toMatchObject({ side: "sell", quantity: "6" });
});

it("[SV385] what is sold short is bought back, and the same step again is the same order", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "sell", quantity: "5", price: "99.00" });
  await trader.untilState(id, "FILLED");
  faults.getPositions = (client) => async (options) => {
    const held = await client.getPositions(options);
    // The broker goes on naming it, as one does whose books are behind.
    faults.getPositions = () => () => Promise.resolve(held);
    return held;
  };
  const step = { idempotencyKey: randomUUID(), password: OWNER.password };
  const first = await trader.api.orders.flatten.mutate(step);
  const [closing] = await Promise.all(first.orders.map(({ orderId }) => trader.untilState(orderId, "FILLED")));
  expect(closing).toMatchObject({ side: "buy", quantity: "5" });
  expect(await trader.api.orders.flatten.mutate(step)).toEqual(first);
});

it("[SV80] what cannot be closed now is told with its reason, and its key may be used again", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const flatten = (idempotencyKey: string) =>
    trader.api.orders.flatten.mutate({ idempotencyKey, password: OWNER.password });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(id, "FILLED");
  const exit = await trader.place({ type: "stop", symbol: "AAPL", side: "sell", quantity: "10", stopPrice: "80.00" });
  await trader.untilState(exit.id, "WORKING");
  faults.getMarketHours = (client) => async (market, options) => ({
    ...(await client.getMarketHours(market, options)),
    isOpen: false,
  });
  const key = randomUUID();
  const refused = await flatten(key);
  expect(refused).toMatchObject({ orders: [], refused: [{ symbol: "AAPL", code: "MARKET_CLOSED" }] });
  expect(refused.refused[0]?.message).toMatch(/it opens at/);
  // Its exit is there as long as it cannot be closed.
  await trader.untilState(exit.id, "WORKING");
  delete faults.getMarketHours;
  const again = await flatten(key);
  expect(again.orders).toHaveLength(1);
  await trader.untilState(exit.id, "CANCELED");
});

it("[SV80] what was denied at the last moment is tried again by the same step", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(id, "FILLED");
  let asked = 0;
  faults.getMarketHours = (client) => async (market, options) => {
    asked += 1;
    return { ...(await client.getMarketHours(market, options)), isOpen: asked === 1 };
  };
  const step = { idempotencyKey: randomUUID(), password: OWNER.password };
  const flatten = () => trader.api.orders.flatten.mutate(step);
  expect(await flatten()).toMatchObject({ orders: [], refused: [{ code: "MARKET_CLOSED" }] });
  const { orders: all } = await trader.api.orders.list.query({ filter: "all" });
  expect(all.map(({ state }) => state).toSorted()).toEqual(["DENIED", "FILLED"]);
  delete faults.getMarketHours;
  expect((await flatten()).orders).toHaveLength(1);
});

it("[SV582] no limit on one order, on the pace or of a blocked symbol keeps a position open", async () => {
  await using trader = await createManualDesk();
  const { api, accountId } = trader;
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(id, "FILLED");
  const exit = await trader.place({ type: "stop", symbol: "AAPL", side: "sell", quantity: "10", stopPrice: "80.00" });
  await trader.untilState(exit.id, "WORKING");
  const { base } = await api.risk.policy.query({ accountId });
  const tight = { maxOrderValue: "100", maxOrderQuantity: "5", maxOrdersPerMinute: 1 };
  await api.risk.setLimits.mutate({ accountId, limits: { ...base, ...tight } });
  const own = { isBlocked: true, maxOrderValue: "50", maxOrderQuantity: "2", maxPositionFraction: null };
  await api.risk.setSymbolLimit.mutate({ accountId, limit: { symbol: "AAPL", ...own } });
  const flattened = await api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: OWNER.password });
  expect(flattened.refused).toEqual([]);
  const [closing] = await Promise.all(flattened.orders.map(({ orderId }) => trader.untilState(orderId, "FILLED")));
  expect(closing).toMatchObject({ side: "sell", quantity: "10", filledQuantity: "10" });
});

it("[SV583] never closes more than is held, also where all orders may go again by then", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "101.00" });
  await trader.untilState(id, "FILLED");
  faults.getOpenOrders = (client) => async (options) => {
    delete faults.getOpenOrders;
    await trader.api.orders.resume.mutate({ to: "ACTIVE", password: OWNER.password });
    // The next that asks for the instrument judges the closing order: somebody has sold six elsewhere since it was sized.
    faults.searchInstruments = () => (query, limit, more) => {
      faults.getPositions = () => async (asked) =>
        (await client.getPositions(asked)).map((held) => ({ ...held, quantity: quantity("4") }));
      return client.searchInstruments(query, limit, more);
    };
    return client.getOpenOrders(options);
  };
  const step = { idempotencyKey: randomUUID(), password: OWNER.password };
  const { orders, refused } = await trader.api.orders.flatten.mutate(step);
  expect({ orders, refused }).toMatchObject({ orders: [], refused: [{ symbol: "AAPL", code: "RISK_LIMIT_EXCEEDED" }] });
  const all = await trader.api.orders.list.query({ filter: "all" });
  expect(all.orders.map(({ state, side }) => `${side} ${state}`).toSorted()).toEqual(["buy FILLED", "sell DENIED"]);
});
