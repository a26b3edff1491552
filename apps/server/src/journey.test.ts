import { randomUUID } from "node:crypto";
import { createServerTestDb, createTestDb, findTestServer, type TestDb } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./testing/createTestClient.ts";
import { createTestDesk } from "./testing/createTestDesk.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { until } from "./testing/until.ts";
import type { OrderEventView, Portfolio, QuoteBatch } from "./wire/index.ts";

const server = await findTestServer();
/** How to open each store, or why it is not there. */
const stores: readonly (readonly [string, (() => Promise<TestDb>) | string])[] = [
  ["the embedded database", createTestDb],
  ["a Postgres server", "url" in server ? () => createServerTestDb(server) : server.skipped],
];

describe("the journey of one person", () => {
  it.for(stores)(
    "[SV1] on %s: set up, quotes, orders, fill, position, cancel, audit, sign out and in",
    async ([, open], { skip }) => {
      if (typeof open === "string") return skip(open);
      await using store = await open();
      await using desk = await createTestDesk({ store });
      await using person = createTestClient(desk.url);
      const { api } = person;

      expect(await api.auth.status.query()).toEqual({ setUpRequired: true, user: null });
      const { accountId, connectionId } = await setUp(person);
      expect((await api.auth.status.query()).user?.username).toBe("Ada");

      const batches: QuoteBatch[] = [];
      const quotes = api.marketData.quotes.subscribe(
        { connectionId, symbols: ["AAPL", "MSFT"] },
        { onData: (batch) => void batches.push(batch) },
      );
      const events: OrderEventView[] = [];
      const orderEvents = api.orders.events.subscribe({}, { onData: ({ data }) => void events.push(data) });
      const ask = await until(
        "a quote",
        () => batches.flatMap((batch) => batch.quotes).findLast(([symbol]) => symbol === "AAPL")?.[2],
      );
      expect(batches[0]?.sequence).toBe(0);

      const portfolios: Portfolio[] = [];
      const portfolioUpdates = api.accounts.portfolioUpdates.subscribe(
        { accountId },
        { onData: (portfolio) => void portfolios.push(portfolio) },
      );
      const before = await api.accounts.portfolio.query({ accountId });
      expect(before.balances.cash).toBe("100000");
      const market = await api.orders.place.mutate({
        accountId,
        idempotencyKey: randomUUID(),
        order: { type: "market", symbol: "AAPL", side: "buy", quantity: "10" },
      });
      expect(market.mode).toBe("paper");
      await until(
        "the fill",
        async () => (await api.orders.get.query({ orderId: market.id })).order.state === "FILLED",
      );
      const detail = await api.orders.get.query({ orderId: market.id });
      expect(detail.events.map(({ message }) => message).slice(0, 2)).toEqual([
        "Accepted by the desk",
        "Sending to the broker",
      ]);
      expect(detail.fills.length).toBeGreaterThan(0);
      expect(detail.order.filledQuantity).toBe("10");

      const [position] = (
        await until("the position", async () => {
          const portfolio = await api.accounts.portfolio.query({ accountId });
          return portfolio.positions.length > 0 ? portfolio : null;
        })
      ).positions;
      expect(position).toMatchObject({ symbol: "AAPL", quantity: "10" });

      const limit = await api.orders.place.mutate({
        accountId,
        idempotencyKey: randomUUID(),
        order: {
          type: "limit",
          symbol: "AAPL",
          side: "buy",
          quantity: "5",
          price: (ask * 0.8).toFixed(2),
          timeInForce: "gtc",
        },
      });
      expect(limit.state).toBe("WORKING");
      const modified = await api.orders.modify.mutate({ orderId: limit.id, changes: { quantity: "6" } });
      expect(modified).toMatchObject({ state: "WORKING", quantity: "6" });
      const canceled = await api.orders.cancel.mutate({ orderId: limit.id });
      expect(canceled.state).toBe("CANCELED");
      await until("the events", () => events.some(({ order }) => order.id === limit.id && order.state === "CANCELED"));
      expect(events.map(({ sequence }) => sequence)).toEqual(
        events.map((_, index) => (events[0]?.sequence ?? 0) + index),
      );

      const { entries } = await api.audit.list.query({});
      expect(entries.map(({ action }) => action)).toEqual(
        expect.arrayContaining([
          "desk.set_up",
          "account.opened",
          "order.placed",
          "order.sending",
          "order.acknowledged",
          "order.filled",
          "order.cancel_requested",
          "order.canceled",
        ]),
      );
      expect(await api.audit.verify.query()).toMatchObject({ ok: true, firstBad: null });

      await until("the pushed position", () => portfolios.at(-1)?.positions[0]?.quantity === "10");
      portfolioUpdates.unsubscribe();
      quotes.unsubscribe();
      orderEvents.unsubscribe();
      await api.auth.signOut.mutate();
      expect(person.cookie()).toBe("");
      expect(await api.auth.status.query()).toEqual({ setUpRequired: false, user: null });
      await api.auth.signIn.mutate(OWNER);
      expect((await api.orders.list.query({})).orders).toHaveLength(2);
    },
  );
});
