import { accountId, orderId } from "@trenddojo/brokers/domain";
import { orders } from "@trenddojo/db";
import { expect, it } from "vitest";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { ExecutionTimes } from "./ExecutionTimes.ts";

it("[SV113] orders took so long from the wire to the answer: how many, the middle one and the slowest of a hundred", async () => {
  const kit = await createJournalKit();
  try {
    const { db, clock, account } = kit;
    const times = new ExecutionTimes(db, clock);
    expect(await times.read({ id: accountId("another"), userId: account.userId })).toBeNull();
    const sentAt = clock.now();
    for (const [index, tookMs] of [40, 10, 900, 20, 30].entries()) {
      const name = `o${index}`;
      await kit.send([kit.intent(name)]);
      const changes = { sentAt, acknowledgedAt: sentAt + tookMs };
      const taken = { orderId: orderId(name), from: "SENDING", to: "WORKING", now: sentAt, changes } as const;
      await db.transaction((tx) => orders.applyTransition(tx, taken));
    }
    // One that has no answer yet counts for nothing.
    await kit.send([kit.intent("waiting")]);
    const lost = {
      orderId: orderId("waiting"),
      from: "SENDING",
      to: "UNKNOWN",
      now: 1,
      changes: { sentAt: 1 },
    } as const;
    await db.transaction((tx) => orders.applyTransition(tx, lost));
    expect(await times.read(account)).toEqual({ count: 5, medianMs: 30, p99Ms: 900 });
  } finally {
    await kit.close();
  }
});
