import { randomUUID } from "node:crypto";
import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { createTestStore } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createTestClient } from "../testing/createTestClient.ts";
import { createTestDesk } from "../testing/createTestDesk.ts";
import { OWNER, setUp } from "../testing/people.ts";
import { refusalOf } from "../testing/refusalOf.ts";
import { until } from "../testing/until.ts";

/** 2013-10-08 09:30 in New York. */
const OPENING_2013 = Date.UTC(2013, 9, 8, 13, 30);

describe("a desk whose market stands at an earlier time than its accounts", () => {
  it("[SV40] starts, says at the connection what is the matter, and a new paper account works", async () => {
    await using store = await createTestStore();
    {
      await using desk = await createTestDesk({ store });
      await using person = createTestClient(desk.url);
      await setUp(person);
    }
    const feed = new ManualFeed({ clock: new FakeClock(OPENING_2013) });
    feed.quote("AAPL", 70, 70.02);
    await using desk = await createTestDesk({ store, feed });
    await using person = createTestClient(desk.url);
    await person.api.auth.signIn.mutate(OWNER);

    const reason =
      /^This account has lived until .*; the market stands at 2013-10-08 09:30 \(New York time\)\. Add a new/;
    const builtIn = await until("the reason", async () => {
      const [connection] = await person.api.brokers.list.query();
      return connection === undefined || connection.status.error === null ? null : connection;
    });
    expect(builtIn).toMatchObject({
      status: { state: "disconnected", isConnected: false, error: { code: "CONNECTION_FAILED" } },
    });
    expect(builtIn.status.error?.message).toMatch(reason);
    expect(await refusalOf(person.api.brokers.connect.mutate({ connectionId: builtIn.id }))).toMatchObject({
      code: "CONNECTION_FAILED",
      message: expect.stringMatching(reason),
    });

    const added = await person.api.brokers.add.mutate({
      broker: "paper",
      mode: "paper",
      label: "2013",
      credentials: {},
    });
    expect(added.status).toMatchObject({ state: "connected", isHealthy: true, error: null });
    const account = (await person.api.accounts.list.query()).find(({ connectionId }) => connectionId === added.id);
    const order = await person.api.orders.place.mutate({
      accountId: account?.id ?? "",
      idempotencyKey: randomUUID(),
      order: { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "60.00", timeInForce: "gtc" },
    });
    expect(order.state).toBe("WORKING");
  });
});
