import { expect, it } from "vitest";
import { Latch } from "../lib/Latch.ts";
import { createManualDesk } from "../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../testing/faultyRegistry.ts";
import { refusalOf } from "../testing/refusalOf.ts";
import { until } from "../testing/until.ts";

it("[SV531] holds back what a client keeps until its turn", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const turn = new Latch();
  let isHeld = false;
  const sent: string[] = [];
  faults.placeOrder = (client) => async (order, placing) => {
    isHeld = true;
    await turn.wait(new AbortController().signal);
    const refusal = placing?.refusal?.() ?? null;
    if (refusal !== null) throw refusal;
    sent.push(order.clientOrderId ?? "");
    return client.placeOrder(order, placing);
  };
  const placed = trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "50.00" });
  await until("the client to have it", () => isHeld);
  await trader.api.orders.halt.mutate({ reason: "a fire drill" });
  turn.set();
  const { id } = await placed;
  const { reason } = await trader.untilState(id, "REJECTED");
  expect(reason?.message).toContain("trading was halted; nothing was sent");
  expect(sent).toEqual([]);
});

it("[SV581] holds back a change that a client keeps until its turn", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "50.00" });
  await trader.untilState(id, "WORKING");
  const turn = new Latch();
  let isHeld = false;
  const sent: string[] = [];
  faults.modifyOrder = (client) => async (orderId, changes, options) => {
    isHeld = true;
    await turn.wait(new AbortController().signal);
    const refusal = options?.refusal?.() ?? null;
    if (refusal !== null) throw refusal;
    sent.push(orderId);
    return client.modifyOrder(orderId, changes, options);
  };
  const changing = refusalOf(trader.api.orders.modify.mutate({ orderId: id, changes: { price: "51.00" } }));
  await until("the client to have it", () => isHeld);
  await trader.api.orders.halt.mutate({ reason: "a fire drill" });
  turn.set();
  expect((await changing).message).toContain("trading was halted; nothing was sent");
  expect(sent).toEqual([]);
  expect(await trader.untilState(id, "CANCELED")).toMatchObject({ price: "50" });
});
