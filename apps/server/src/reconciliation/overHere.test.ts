import { executionId, money, price, quantity, type Fill, type Order } from "@trenddojo/brokers/domain";
import { alerts, fills, type OrderRow } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyFill } from "../orders/applyFill.ts";
import { isFoundAlive } from "../orders/foundAlive.ts";
import { booksOf, createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { reconcileAccount } from "./reconcileAccount.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

const LONG_AGO_MS = 10_000;
const step = { message: "", action: null, userId: null } as const;

/** An order that was sent and has ended in this way. */
async function ended(name: string, event: "reject" | "cancel" | "expire", filled = false): Promise<OrderRow> {
  await kit.send([kit.intent(name)]);
  const { id } = await kit.row(name);
  if (event !== "reject") await kit.journal.record(id, () => ({ ...step, event: "accept" }));
  if (filled) await book(name, "30");
  await kit.journal.record(id, () => ({ ...step, event }));
  return kit.row(name);
}

async function book(name: string, shares: string): Promise<OrderRow | null> {
  const { orderId, clientOrderId } = toldOrder(name);
  const fill: Fill = {
    executionId: executionId(`${name}-${shares}`),
    orderId,
    clientOrderId,
    symbol: "AAPL",
    side: "buy",
    quantity: quantity(shares),
    price: price("10"),
    fees: money("0"),
    filledAt: 5,
    reason: null,
  };
  const { id } = await kit.row(name);
  return applyFill(id, fill, { journal: kit.journal, id: `f-${name}-${shares}`, now: kit.clock.now() });
}

/** One look at a broker that has it open. @returns those that are to be canceled */
async function look(name: string, told: Partial<Order> = {}): Promise<readonly string[]> {
  const canceled: string[] = [];
  const parts = kit.reconcileParts(booksOf([toldOrder(name, told)]));
  await reconcileAccount({ ...parts, cancelFoundAlive: ({ id }) => void canceled.push(id) }, "open");
  return canceled;
}

const openAlerts = async (subject: string) =>
  (await alerts.listCurrent(kit.db, kit.account.userId, 100))
    .filter((alert) => alert.subject === subject)
    .map(({ kind, message }) => `${kind}: ${message}`);

describe("an order that is over here and alive at its broker", () => {
  it.each(["reject", "cancel", "expire"] as const)(
    "[SV526] after its %s is found by the next look, told, counted and canceled",
    async (event) => {
      const name = `alive-${event}`;
      const { state: was } = await ended(name, event);
      await kit.clock.advance(LONG_AGO_MS);
      expect(await look(name)).toEqual([name]);
      const row = await kit.row(name);
      expect(row).toMatchObject({ state: "WORKING", venueOrderId: `v-${name}` });
      expect(isFoundAlive(row)).toBe(true);
      expect(row.reason?.message).toBe(`It was ${was}, and the broker has it after all: the desk cancels it`);
      expect(await openAlerts(name)).toEqual([expect.stringContaining(`it was ${was}, and the broker has it`)]);
    },
  );

  it("[SV526] keeps what was filled of it", async () => {
    await ended("part", "cancel", true);
    await kit.clock.advance(LONG_AGO_MS);
    await look("part", { status: "partially_filled", filledQuantity: quantity("30"), averageFillPrice: price("10") });
    expect(await kit.row("part")).toMatchObject({ state: "PARTIALLY_FILLED", filledQuantity: "30" });
  });

  it("[SV526] stays over where the answer may be older than its end, and where a request of ours is under way", async () => {
    const { id } = await ended("lately", "cancel");
    expect(await look("lately")).toEqual([]);
    expect(await kit.row("lately")).toMatchObject({ state: "CANCELED" });
    await kit.clock.advance(LONG_AGO_MS);
    using _underWay = kit.inFlight.begin(id);
    expect(await look("lately")).toEqual([]);
    expect(await kit.row("lately")).toMatchObject({ state: "CANCELED" });
  });

  it("[SV527] an execution of a rejected order is booked, counted and alarmed", async () => {
    const { id } = await ended("traded", "reject");
    expect(await book("traded", "30")).toMatchObject({ state: "REJECTED", filledQuantity: "30" });
    expect(await openAlerts(id)).toEqual([
      expect.stringContaining("it was filled after it was REJECTED: 30 of 100 are filled now"),
    ]);
    expect(await book("traded", "70")).toMatchObject({ state: "FILLED", filledQuantity: "100" });
    expect(await fills.listByOrder(kit.db, id)).toHaveLength(2);
  });
});
