import { randomUUID } from "node:crypto";
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
