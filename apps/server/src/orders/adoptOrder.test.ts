import { clientOrderId } from "@trenddojo/brokers/domain";
import { SystemRandom } from "@trenddojo/brokers";
import { orders } from "@trenddojo/db";
import { expect, it } from "vitest";
import { IdMaker } from "../lib/IdMaker.ts";
import { createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { adoptOrder } from "./adoptOrder.ts";

it("[SV384] an order that nobody here placed is not stored where what is to be written with it cannot be", async () => {
  const kit = await createJournalKit();
  try {
    const { db, clock, journal, account } = kit;
    const ids = new IdMaker(clock, new SystemRandom());
    const own = clientOrderId("elsewhere");
    const order = toldOrder("v", { clientOrderId: own });
    const onAdopted = () => Promise.reject(new Error("no row"));
    const adopting = adoptOrder({ db, clock, ids, journal, account, onAdopted }, order, [order], new Map());
    await expect(adopting).rejects.toThrow("no row");
    expect(await orders.findByClientOrderId(db, account.id, own)).toBeNull();
  } finally {
    await kit.close();
  }
});
