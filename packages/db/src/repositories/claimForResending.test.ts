import { expect, test } from "vitest";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, NOW, seedAccount, seedOrder } from "../testing/fixtures.ts";
import * as orders from "./orders.ts";

await describeEachDriver("sending again", (db) => {
  const ids = createIds();

  test("[DB143] what a later owner sent is not sent again by an earlier one", async () => {
    const order = await seedOrder(db(), await seedAccount(db(), ids), ids);
    const asked = { orderId: order.id, now: NOW };
    const lose = () =>
      db().transaction((tx) => orders.applyTransition(tx, { ...asked, from: "SENDING", to: "UNKNOWN" }));
    const again = (epoch: number) =>
      db().transaction((tx) => orders.claimForResending(tx, { ...asked, epoch, sends: 3 }));
    await db().transaction((tx) => orders.claimForSending(tx, { ...asked, epoch: 7 }));
    await lose();
    expect(await again(6)).toBeNull();
    expect(await again(7)).toMatchObject({ order: { state: "SENDING", attempt: 2, ownerEpoch: 7 } });
    await lose();
    expect(await again(8)).toMatchObject({ order: { state: "SENDING", attempt: 3, ownerEpoch: 8 } });
  });
});
