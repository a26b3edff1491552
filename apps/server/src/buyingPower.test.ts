import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk } from "./testing/createTestDesk.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { setUp } from "./testing/people.ts";
import { raiseLimits, WIDE } from "./testing/raiseLimits.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

describe("buying power", () => {
  /** What a new account can buy for, with limits that leave only the buying power to refuse. */
  async function wide(client: TestClient) {
    const ids = await setUp(client);
    await raiseLimits(client, ids.accountId, WIDE);
    return ids.accountId;
  }
  const codes = async (call: Promise<unknown>) => (await refusalOf(call)).issues.map(({ code }) => code);

  it("[SV30] an order that uses nearly all of it can be changed within it, and not beyond", async () => {
    await using desk = await createTestDesk();
    await using person = createTestClient(desk.url);
    const accountId = await wide(person);
    const buy = (symbol: string, quantity: string, price: string) =>
      person.api.orders.place.mutate({
        accountId,
        idempotencyKey: randomUUID(),
        order: { type: "limit", symbol, side: "buy", quantity, price, timeInForce: "gtc" },
      });
    const large = await buy("AAPL", "1000", "150.00");
    await buy("MSFT", "490", "100.00");
    const change = (changes: { quantity?: string; price?: string }) =>
      person.api.orders.modify.mutate({ orderId: large.id, changes });
    expect(await change({ price: "149.99" })).toMatchObject({ state: "WORKING", price: "149.99" });
    expect(await change({ price: "150.50" })).toMatchObject({ state: "WORKING", price: "150.5" });
    expect(await codes(change({ price: "152.00" }))).toContain("INSUFFICIENT_FUNDS");
  });

  it("[SV31] a market order that the broker has not seen yet holds its reference price back, also for another symbol", async () => {
    const faults: Faults = {};
    await using desk = await createTestDesk({ wrapRegistry: faultyRegistry(faults) });
    await using person = createTestClient(desk.url);
    const accountId = await wide(person);
    let isSending = false;
    faults.placeOrder = () => () => {
      isSending = true;
      return new Promise<never>(() => undefined);
    };
    const order: OrderInput = { type: "market", symbol: "MSFT", side: "buy", quantity: "100" };
    const market = person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order });
    await until("the send", () => isSending);
    // 1,990 shares at 100 are 199,000 of 200,000: alone they would fit.
    const second: OrderInput = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1990", price: "100.00" };
    expect(
      await codes(person.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: second })),
    ).toContain("INSUFFICIENT_FUNDS");
    expect((await market).state).toBe("SENDING");
  });
});
