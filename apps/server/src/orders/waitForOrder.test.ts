import { orderId, venueOrderId } from "@trenddojo/brokers/domain";
import type { Db, OrderRow } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subjects, InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { waitForOrder } from "./waitForOrder.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => void (kit = await createJournalKit()));
afterAll(() => kit.close());

const isOver = ({ state }: OrderRow) => state !== "SENDING";

/** The database, counting what is asked of it. */
function counting(): { readonly db: Db; count: () => number } {
  let count = 0;
  const db = new Proxy(kit.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      count += 1;
      return value.bind(target);
    },
  });
  return { db, count: () => count };
}

const accept = (name: string) =>
  kit.journal.record(orderId(name), () => ({
    event: "accept",
    message: "Working",
    action: "order.acknowledged",
    userId: null,
    changes: { venueOrderId: venueOrderId(`v-${name}`) },
  }));

describe("who waits for an order", () => {
  it("[SV510] hears of what this process commits without reading it again", async () => {
    await kit.send([kit.intent("a")]);
    const { db, count } = counting();
    const parts = { db, bus: new InProcessTickBus(), clock: kit.clock, journal: kit.journal };
    const waited = waitForOrder(parts, { userId: kit.account.userId, orderId: orderId("a"), isOver, isNew: true });
    await accept("a");
    expect(await waited).toMatchObject({ id: "a", state: "WORKING" });
    expect(count()).toBe(0);
  });

  it("[SV510] looks at one that may have changed before, and again at each hint of another node", async () => {
    await kit.send([kit.intent("b")]);
    const bus = new InProcessTickBus();
    const elsewhere = { follow: () => () => undefined };
    const { db, count } = counting();
    const parts = { db, bus, clock: kit.clock, journal: elsewhere };
    const waited = waitForOrder(parts, { userId: kit.account.userId, orderId: orderId("b"), isOver });
    await expect.poll(count).toBe(1);
    await accept("b");
    bus.publish(subjects.order("b"));
    expect(await waited).toMatchObject({ id: "b", state: "WORKING" });
    expect(count()).toBe(2);
  });

  it("[SV510] gets it as it stands where no hint comes at all", async () => {
    await kit.send([kit.intent("c")]);
    const parts = {
      db: kit.db,
      bus: new InProcessTickBus(),
      clock: kit.clock,
      journal: { follow: () => () => undefined },
    };
    const waited = waitForOrder(parts, { userId: kit.account.userId, orderId: orderId("c"), isOver, isNew: true });
    await accept("c");
    await kit.clock.advance(2_000);
    expect(await waited).toMatchObject({ id: "c", state: "WORKING" });
  });
});
