import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { EventName, OrderAction } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import type { AccountStore } from "../AccountStore.ts";
import { GatewayStateError } from "./gatewayState.ts";
import { startTwsSimulator } from "./startTwsSimulator.ts";
import { TwsBench } from "./testing/TwsBench.ts";
import { limit, order, stock, VendorClient } from "./testing/VendorClient.ts";
import type { TwsJournalEntry } from "./TwsJournal.ts";

class MemoryStore implements AccountStore {
  text: string | null = null;
  load(): string | null {
    return this.text;
  }
  save(_key: string, text: string): void {
    this.text = text;
  }
}

describe("what is kept", () => {
  it("[TW91] the account, its orders and its ids are there again in the next life, and the orders go on", async () => {
    const store = new MemoryStore();
    {
      await using bench = await TwsBench.open({ store });
      using client = await VendorClient.open(bench);
      await client.place(1, order({ orderRef: "filled" }));
      await client.place(2, limit(99, { orderRef: "rests" }));
      client.api.placeOrder(3, stock("AAPL"), limit(105, { action: OrderAction.SELL, parentId: 2, orderRef: "child" }));
      await client.settled();
    }
    await using bench = await TwsBench.open({ store });
    using client = await VendorClient.open(bench);
    expect(client.nextId).toBe(4);
    client.api.reqOpenOrders();
    client.api.reqExecutions(1_000, {});
    client.api.reqPositions();
    expect(await client.story()).toEqual([
      "openOrder 2 Submitted",
      "orderStatus 2 Submitted 0",
      "openOrder 3 PreSubmitted",
      "orderStatus 3 PreSubmitted 0",
      "execDetails 1 10",
      "commissionReport",
    ]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(await client.story()).toEqual(
      expect.arrayContaining(["orderStatus 2 Filled 10", "orderStatus 3 Submitted 0"]),
    );
    client.api.reqPositions();
    await client.settled();
    expect(client.of(EventName.position).map(([, , held]) => held)).toEqual([20]);
  });

  it("[TW91] a damaged state is refused, and not taken for an empty one", async () => {
    const store = new MemoryStore();
    store.text = '{"accounts":[]}';
    const clock = new FakeClock();
    const feed = new ManualFeed({ clock });
    const start = startTwsSimulator({ clock, feed, accounts: [{ id: "DU1" }], store });
    await expect(start).rejects.toThrow(GatewayStateError);
  });
});

describe("the journal", () => {
  it("[TW92] says of an order only what is kept by then: who reads it may end the process at once", async () => {
    const store = new MemoryStore();
    const unkept: string[] = [];
    const append = (entry: TwsJournalEntry): void => {
      if (entry.kind === "order" && store.text?.includes(`"${entry.orderRef}"`) !== true) unkept.push(entry.event);
    };
    await using bench = await TwsBench.open({ store, journal: { append } });
    using client = await VendorClient.open(bench);
    await client.place(1, limit(90, { orderRef: "mine" }));
    await client.cancel(1);
    expect(unkept).toEqual([]);
    expect(bench.simulator.journal.orders().map(({ event }) => event)).toEqual(
      expect.arrayContaining(["taken", "cancelled"]),
    );
  });

  it("[TW92] has what became of each order, and each request as it came, in their order", async () => {
    const entries: TwsJournalEntry[] = [];
    await using bench = await TwsBench.open({ journal: { append: (entry) => entries.push(entry) } });
    using client = await VendorClient.open(bench);
    await client.place(1, order({ orderRef: "mine" }));
    await client.place(2, limit(90, { orderRef: "rests" }));
    await client.cancel(2);
    const orders = entries.flatMap((entry) => (entry.kind === "order" ? [`${entry.orderRef} ${entry.event}`] : []));
    expect(orders).toEqual([
      "mine taken",
      "mine transmitted",
      "mine filled",
      "rests taken",
      "rests transmitted",
      "rests working",
      "rests cancelled",
    ]);
    const filled = entries.find((entry) => entry.kind === "order" && entry.event === "filled");
    expect(filled).toMatchObject({
      clientId: 1,
      orderId: 1,
      order: { symbol: "AAPL", status: "Filled", filled: "10", remaining: "0" },
      execution: { quantity: "10", price: "100.02" },
    });
    expect(entries.filter((entry) => entry.kind === "request").map(({ request }) => request)).toEqual(
      expect.arrayContaining(["placeOrder", "cancelOrder"]),
    );
  });
});
