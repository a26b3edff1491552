import { executionId, money, price, quantity, type Fill, type Order } from "@trenddojo/brokers/domain";
import { audit, fills } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyFill } from "../orders/applyFill.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import { booksOf, createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import type { ReconcileParts } from "./ReconcileParts.ts";
import { termsFirst, takeOver } from "./takeOver.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

const part = (filled: string, changes: Partial<Order> = {}): Partial<Order> => ({
  filledQuantity: quantity(filled),
  averageFillPrice: price("10.5"),
  status: "partially_filled",
  ...changes,
});

function execution(name: string, shares: string): Fill {
  const { orderId, clientOrderId } = toldOrder(name);
  return {
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
}

const book = async (name: string, shares: string) =>
  applyFill((await kit.row(name)).id, execution(name, shares), {
    journal: kit.journal,
    id: `f-${name}-${shares}`,
    now: kit.clock.now(),
  });

/** An order that works, and what takes over what its broker tells of it. */
async function working(name: string, changes: Parameters<typeof kit.intent>[1] = {}) {
  await kit.send([kit.intent(name, changes)]);
  const parts = kit.reconcileParts(booksOf([]));
  const take = async (told: Partial<Order>, own: Partial<ReconcileParts> = {}) =>
    takeOver({ ...parts, ...own }, (await kit.row(name)).id, toldOrder(name, told));
  if (changes.notional === undefined) await take({});
  const actions = async () => {
    const { entries } = await audit.page(kit.db, { userId: kit.account.userId, chains: ["account:a1"], limit: 50 });
    const { id } = await kit.row(name);
    return entries.filter(({ subject }) => subject === id).map(({ action }) => action);
  };
  return { parts, take, actions };
}

describe("what a broker says of an order that was found there", () => {
  it("[SV524] its total is taken where executions lack, with its average, and carries the order to its end", async () => {
    const { take, actions } = await working("lacking");
    await book("lacking", "20");
    expect(await take(part("60"))).toMatchObject({
      state: "PARTIALLY_FILLED",
      filledQuantity: "60",
      averageFillPrice: "10.5",
    });
    expect(await take(part("100", { status: "filled" }))).toMatchObject({ state: "FILLED", filledQuantity: "100" });
    expect(await actions()).toContain("order.executions_missing");
    expect(await fills.listByOrder(kit.db, (await kit.row("lacking")).id)).toHaveLength(1);
  });

  it("[SV524] nothing lacks where the executions come in the same moment", async () => {
    const { take, actions } = await working("overtaken");
    await book("overtaken", "20");
    let isFirst = true;
    const record = async (...asked: Parameters<OrderJournal["record"]>) => {
      const row = await kit.journal.record(...asked);
      // Between the look at what was said and that at the total.
      if (isFirst) await book("overtaken", "40");
      isFirst = false;
      return row;
    };
    const finding: Pick<ReconcileParts, "journal"> = { journal: Object.assign(Object.create(kit.journal), { record }) };
    expect(await take(part("60"), finding)).toMatchObject({ filledQuantity: "60", averageFillPrice: "10" });
    expect(await actions()).not.toContain("order.executions_missing");
  });

  it("[SV524] what was found is no longer counted as missed", async () => {
    const { parts, take } = await working("found");
    const row = await kit.row("found");
    const { id } = row;
    for (let misses = 0; misses < 4; misses += 1) expect(parts.unknown.missed(row, true)).toBe(false);
    expect(parts.unknown.vanished(id)).toBe(true);
    await take({});
    await kit.clock.advance(60_000);
    expect(parts.unknown.missed(row, true)).toBe(false);
    expect(parts.unknown.vanished(id)).toBe(true);
  });

  it("[SV524] its word ends a request of ours only where none is under way", async () => {
    const { take } = await working("pending");
    const { id } = await kit.row("pending");
    const cancel = { event: "request_cancel", message: "", action: null, userId: null } as const;
    await kit.journal.record(id, () => cancel);
    {
      using _underWay = kit.inFlight.begin(id);
      expect(await take({})).toMatchObject({ state: "PENDING_CANCEL" });
    }
    expect(await take({})).toMatchObject({ state: "WORKING" });
  });

  it("[SV524] the shares that dollars make are known before executions are counted against them", async () => {
    const bought = { type: "market", timeInForce: "day", price: null } as const;
    const { parts, actions } = await working("dollars", { ...bought, notional: money("60"), quantity: quantity("5") });
    const told = toldOrder("dollars", { ...bought, quantity: quantity("6") });
    await termsFirst(parts, await kit.row("dollars"), told);
    expect(await kit.row("dollars")).toMatchObject({ state: "WORKING", quantity: "6" });
    expect(await book("dollars", "6")).toMatchObject({ state: "FILLED", filledQuantity: "6" });
    expect(await actions()).not.toContain("order.overfilled");
  });
});
