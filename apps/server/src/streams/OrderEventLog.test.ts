import { orderId, userId } from "@trenddojo/brokers/domain";
import { orders } from "@trenddojo/db";
import { expect, it } from "vitest";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { until } from "../testing/until.ts";
import { followOrderEvents, orderEventView } from "./OrderEventLog.ts";
import { InProcessTickBus } from "./TickBus.ts";

const AT = "2026-11-20T15:00:00.000Z";

it("[SV36] an event that was written before revisions were counted is the oldest", () => {
  const order = {
    id: "o1",
    accountId: "a1",
    mode: "paper",
    clientOrderId: "tdP-o1",
    venueOrderId: null,
    symbol: "AAPL",
    side: "buy",
    type: "market",
    timeInForce: "day",
    extendedHours: false,
    quantity: "1",
    filledQuantity: "0",
    averageFillPrice: null,
    price: null,
    stopPrice: null,
    state: "INTENT",
    reason: null,
    createdAt: AT,
    sentAt: null,
    acknowledgedAt: null,
    updatedAt: AT,
  };
  const row = { userId: userId("ada"), orderId: orderId("o1"), at: Date.parse(AT) };
  const tell = (more: object) =>
    orderEventView({
      ...row,
      sequence: 7,
      payload: { type: "created", at: AT, order: { ...order, ...more }, fill: null, message: "Accepted by the desk" },
    });
  expect(tell({}).order).toMatchObject({
    revision: 0,
    trail: null,
    notional: null,
    expiresAt: null,
    group: null,
    isHeld: false,
  });
  expect(tell({ revision: 3 })).toMatchObject({ sequence: 7, order: { revision: 3 } });
});

it("[SV532] a reader that has too much unread gets its next event once it has read, and every one in the end", async () => {
  const kit = await createJournalKit();
  try {
    const { db, clock, journal, account } = kit;
    for (const name of ["a", "b", "c"]) {
      const row = await db.transaction((tx) => orders.insertIntent(tx, kit.intent(name)));
      await journal.commit(row.id, async ({ tell }) =>
        tell(row, { message: "Accepted by the desk", action: "order.created", userId: null }),
      );
    }
    let unread = 0;
    const stop = new AbortController();
    const parts = { db, clock, bus: new InProcessTickBus(), backlogBytes: () => unread };
    const events = followOrderEvents(parts, account.userId, 0, stop.signal);
    expect((await events.next()).value).toMatchObject({ sequence: 1 });
    unread = 65_536;
    let second: number | null = null;
    const waiting = events.next().then(({ value }) => (second = value?.sequence ?? null));
    await clock.advance(1_000);
    expect(second).toBeNull();
    unread = 0;
    await clock.advance(50);
    await waiting;
    expect(second).toBe(2);
    expect((await events.next()).value).toMatchObject({ sequence: 3 });
    // One that reads no more ends with its socket.
    unread = 65_536;
    const last = events.next();
    stop.abort();
    expect((await last).done).toBe(true);
    await until("no timer to be left", () => clock.pendingTimers === 0);
  } finally {
    await kit.close();
  }
});
