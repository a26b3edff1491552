import { orderId, parseFixed } from "@trenddojo/brokers/domain";
import { orders, type OrderRow } from "@trenddojo/db";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { recentOrders } from "./recentOrders.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

it("[SV59] what was refused before it could trade is no first order; what may have gone is one", async () => {
  await kit.send([kit.intent("a")]);
  const row = await kit.row("a");
  const counts = (state: OrderRow["state"]) => recentOrders([{ ...row, state }]).length === 1;
  expect((["DENIED", "REJECTED", "NOT_PLACED", "EXPIRED_UNSENT"] as const).filter(counts)).toEqual([]);
  const went = ["INTENT", "SENDING", "UNKNOWN", "WORKING", "FILLED", "CANCELED", "EXPIRED"] as const;
  expect(went.filter(counts)).toEqual(went);
});

it("[SV59] a group is one recent order, with the exits that it was asked for with", async () => {
  await kit.send(kit.bracket("b"));
  const group = await orders.listGroup(kit.db, orderId("b"));
  const linked = {
    orderClass: "bracket",
    takeProfit: { price: parseFixed("12") },
    stopLoss: { stopPrice: parseFixed("9") },
  };
  const [entry] = group;
  expect(recentOrders(group)).toEqual([
    expect.objectContaining({ clientOrderId: "tdM-b", timeInForce: "gtc", linked, at: entry?.createdAt }),
  ]);
  const external = group.map((row) => ({ ...row, origin: "external", price: null }) as const);
  expect(recentOrders(external).map(({ linked: exits }) => exits)).toEqual([undefined]);
});
