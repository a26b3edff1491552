import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount, seedOrder, seedUser } from "../testing/fixtures.ts";
import * as orderEvents from "./orderEvents.ts";
import type { OrderRow } from "./orders.ts";

await describeEachDriver("order events", (db) => {
  const ids = createIds();
  const event = (order: OrderRow, note: string) =>
    ({ userId: order.userId, orderId: order.id, at: NOW, payload: { note } }) as const;

  test("[DB20] numbers are gapless for each user, whatever is rolled back and however many write at once", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const other = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const attempts = Array.from({ length: 24 }, (_, index) =>
      db().transaction(async (tx) => {
        await orderEvents.appendAll(tx, [event(index % 4 === 3 ? other : order, `event ${index}`)]);
        if (index % 3 === 2) throw new Error("the change did not happen after all");
      }),
    );
    const outcomes = await Promise.allSettled(attempts);
    const kept = outcomes.filter((outcome) => outcome.status === "fulfilled").length;
    for (const each of [order, other]) {
      const events = await orderEvents.since(db(), each.userId, 0, 100);
      expect(events.map((row) => row.sequence)).toEqual(events.map((_, index) => index + 1));
      expect(await orderEvents.lastSequence(db(), each.userId)).toBe(events.length);
    }
    const total =
      (await orderEvents.lastSequence(db(), order.userId)) + (await orderEvents.lastSequence(db(), other.userId));
    expect(kept).toBe(16);
    expect(total).toBe(kept);
  });

  test("[DB20] those that are added together are numbered in their order, each user's from the last on", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const other = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const notes = ["a", "b", "c", "d"];
    for (const turn of [0, 1]) {
      const events = notes.map((note, index) => event(index === 1 ? other : order, `${note}${turn}`));
      await db().transaction((tx) => orderEvents.appendAll(tx, events));
    }
    const read = async (userId: OrderRow["userId"]) =>
      (await orderEvents.since(db(), userId, 0, 100)).map(({ sequence, payload, at }) => [
        sequence,
        payload["note"],
        at,
      ]);
    const due = ["a0", "c0", "d0", "a1", "c1", "d1"].map((note, index) => [index + 1, note, NOW]);
    expect(await read(order.userId)).toEqual(due);
    expect(await read(other.userId)).toEqual([
      [1, "b0", NOW],
      [2, "b1", NOW],
    ]);
  });

  test("[DB20] whoever has read a number has all before it", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    let isWriting = true;
    const writers = Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db().transaction((tx) => orderEvents.appendAll(tx, [event(order, `${index}`)])),
      ),
    ).finally(() => {
      isWriting = false;
    });
    while (isWriting) {
      const seen = (await orderEvents.since(db(), order.userId, 0, 100)).map((row) => row.sequence);
      expect(seen).toEqual(seen.map((_, index) => index + 1));
    }
    await writers;
    expect(await orderEvents.lastSequence(db(), order.userId)).toBe(20);
  });

  test("[DB20] a reader resumes after the last number it has", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const second = await seedOrder(db(), { ...(await seedAccount(db(), ids, { owner: order.userId })) }, ids);
    for (const each of [order, second, order])
      await db().transaction((tx) => orderEvents.appendAll(tx, [event(each, each.id)]));
    expect((await orderEvents.since(db(), order.userId, 1, 1)).map((row) => row.sequence)).toEqual([2]);
    expect(await orderEvents.since(db(), order.userId, 3, 10)).toEqual([]);
    expect(await orderEvents.listByOrder(db(), order.id)).toEqual([
      { ...event(order, order.id), sequence: 1 },
      { ...event(order, order.id), sequence: 3 },
    ]);
    const stranger = await seedUser(db(), ids("user"));
    expect(await orderEvents.since(db(), stranger.id, 0, 10)).toEqual([]);
  });

  test("[DB20] an event is never changed, deleted or numbered anew", async () => {
    for (const [statement, guard] of [
      ["update order_events set at = now()", "order_events_append_only"],
      ["delete from order_events", "order_events_append_only"],
      ["truncate order_events", "order_events_append_only"],
      ["update event_streams set last_sequence = last_sequence - 1", "event_streams_sequence_grows"],
      ["delete from event_streams", "event_streams_never_deleted"],
    ] as const) {
      expect(await failureOf(db().execute(sql.raw(statement)), classifyDriverError)).toEqual({
        kind: "guard",
        constraint: guard,
      });
    }
  });
});
