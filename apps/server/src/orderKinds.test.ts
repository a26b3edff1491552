import { SystemClock } from "@trenddojo/brokers";
import { createTestStore } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

type ManualDesk = Awaited<ReturnType<typeof createManualDesk>>;

const clock = new SystemClock();
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString();

/** Buys ten shares of AAPL, which then last traded at 100. */
async function holdTen({ place, untilState, feed }: ManualDesk): Promise<void> {
  const { id } = await place({ type: "market", symbol: "AAPL", side: "buy", quantity: "10" });
  await untilState(id, "FILLED");
  feed.print("AAPL", 100);
}

const trailing = (by: "amount" | "percent", value: string, quantity = "10"): OrderInput => ({
  type: "stop",
  symbol: "AAPL",
  side: "sell",
  quantity,
  timeInForce: "gtc",
  trail: { by, value },
});

describe("a trailing stop", () => {
  it.each([
    ["amount", "2.50", { by: "amount", value: "2.5" }, ["97.5", "101.5"]],
    ["percent", "1.5", { by: "percent", value: "1.5" }, ["98.5", "102.44"]],
  ] as const)("[SV41] by %s follows the market up, and sells when it turns", async (by, value, trail, stops) => {
    await using trader = await createManualDesk();
    const { place, detail, feed, untilState } = trader;
    await holdTen(trader);
    const { id } = await place(trailing(by, value));
    const stopAt = (stop: string) =>
      until(`a stop of ${stop}`, async () => {
        const { order } = await detail(id);
        return order.stopPrice === stop ? order : null;
      });
    expect(await stopAt(stops[0])).toMatchObject({ state: "WORKING", trail, type: "stop" });
    feed.quote("AAPL", 103.98, 104);
    feed.print("AAPL", 104);
    await stopAt(stops[1]);
    expect((await detail(id)).events.map(({ type }) => type)).not.toContain("replaced");
    feed.quote("AAPL", 101, 101.02);
    feed.print("AAPL", 101);
    const { averageFillPrice } = await untilState(id, "FILLED");
    expect(averageFillPrice).toBe("101");
  });

  it("[SV49] that moves with every tick is told once a second, ends where it stands, and leaves the audit log alone", async () => {
    await using trader = await createManualDesk();
    const { place, detail, feed, api } = trader;
    await holdTen(trader);
    const { id } = await place(trailing("amount", "2.00"));
    await until("the first stop", async () => (await detail(id)).order.stopPrice === "98");
    const logged = (await api.audit.list.query({})).entries.length;
    const told = (await detail(id)).events.length;
    for (let cents = 10_001; cents <= 10_050; cents += 1) feed.print("AAPL", cents / 100);
    await until("the last stop", async () => (await detail(id)).order.stopPrice === "98.5");
    const { events, order } = await detail(id);
    // Fifty moves; a slow machine takes some seconds over them.
    expect(events.length - told).toBeLessThan(10);
    expect(events.at(-1)).toMatchObject({
      type: "state",
      message: "The stop trails at 98.50",
      order: { stopPrice: "98.5" },
    });
    expect(events.at(-1)?.order.revision).toBe(order.revision);
    expect((await api.audit.list.query({})).entries).toHaveLength(logged);
  });

  it("[SV47] changes its quantity, and nothing that the market sets", async () => {
    await using trader = await createManualDesk();
    const { place, api } = trader;
    await holdTen(trader);
    const { id } = await place(trailing("percent", "2"));
    const change = (changes: object) => api.orders.modify.mutate({ orderId: id, changes });
    expect(await change({ quantity: "8" })).toMatchObject({ state: "WORKING", quantity: "8", trail: { value: "2" } });
    expect(await refusalOf(change({ stopPrice: "99.00" }))).toMatchObject({
      code: "NOT_SUPPORTED",
      issues: [{ field: "stopPrice" }],
    });
    expect((await api.orders.cancel.mutate({ orderId: id })).state).toBe("CANCELED");
  });

  it("[SV14] trails on after a restart", async () => {
    await using store = await createTestStore();
    const keyEncryptionKey = Buffer.alloc(32, 7);
    let id = "";
    let cookie = "";
    {
      await using trader = await createManualDesk({ store, keyEncryptionKey });
      await holdTen(trader);
      ({ id } = await trader.place(trailing("amount", "2.00")));
      trader.feed.print("AAPL", 101);
      await until("the stop", async () => (await trader.detail(id)).order.stopPrice === "99");
      cookie = trader.person.cookie();
    }
    await using trader = await createManualDesk({ store, keyEncryptionKey, cookie });
    const { detail, feed } = trader;
    expect((await detail(id)).order).toMatchObject({ state: "WORKING", stopPrice: "99" });
    feed.print("AAPL", 103);
    await until("the next stop", async () => (await detail(id)).order.stopPrice === "101");
  });

  it("[SV10] with another distance is another order", async () => {
    await using trader = await createManualDesk();
    await holdTen(trader);
    const key = "01936d3c-7a10-7b3e-8c2a-5f0a1b2c3d4e";
    const { id } = await trader.place(trailing("amount", "2.00"), key);
    expect((await trader.place(trailing("amount", "2"), key)).id).toBe(id);
    expect(await refusalOf(trader.place(trailing("percent", "2.00"), key))).toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });
});

describe("when an order ends", () => {
  const until3 = (expiresAt: string, quantity = "1"): OrderInput => ({
    type: "limit",
    symbol: "AAPL",
    side: "buy",
    quantity,
    price: "50.00",
    timeInForce: "gtc",
    expiresAt,
  });

  it("[SV41] gtc ends at its instant, which is told from the start", async () => {
    await using trader = await createManualDesk();
    const { place, untilState, detail, feed } = trader;
    const expiresAt = new Date(clock.now() + 3_000).toISOString();
    const order = await place(until3(expiresAt));
    expect(order).toMatchObject({ state: "WORKING", expiresAt });
    await until("the end", async () => {
      feed.quote("MSFT", 200, 200.05);
      return (await detail(order.id)).order.state === "EXPIRED";
    });
    await untilState(order.id, "EXPIRED");
    expect((await detail(order.id)).explanation).toMatchObject({ rule: expect.stringMatching(/^PX/) });
  });

  it("[SV2] an end that is past, or of another time in force, is refused at its field", async () => {
    await using trader = await createManualDesk();
    const { place } = trader;
    expect(await refusalOf(place({ ...until3(inDays(1)), timeInForce: "day" }))).toMatchObject({
      code: "INVALID_ORDER",
      issues: [{ field: "expiresAt" }],
    });
    expect(await place(until3(inDays(-1), "2"))).toMatchObject({ state: "REJECTED" });
    expect(await refusalOf(place(until3("tomorrow", "3")))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("[SV2] a market that never closes has no auctions", async () => {
    await using trader = await createManualDesk();
    for (const timeInForce of ["opg", "cls"] as const) {
      const order: OrderInput = { type: "market", symbol: "AAPL", side: "buy", quantity: "1", timeInForce };
      const refusal = await refusalOf(trader.place(order));
      expect(refusal).toMatchObject({ code: "NOT_SUPPORTED", issues: [{ field: "timeInForce" }] });
    }
  });
});

describe("why", () => {
  it("[SV46] an order that rests is explained by its broker's rule and numbers", async () => {
    await using trader = await createManualDesk();
    const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "99.00" });
    expect((await trader.detail(id)).explanation).toMatchObject({
      rule: "PX30",
      params: { price: "100.02", limit: "99", quote: "ask" },
    });
    await trader.api.orders.cancel.mutate({ orderId: id });
    expect((await trader.detail(id)).explanation).toMatchObject({ rule: expect.stringMatching(/^PX/) });
  });

  it("[SV46] a preview of every kind is judged and reckoned", async () => {
    await using trader = await createManualDesk();
    const preview = (order: OrderInput) => trader.api.orders.preview.query({ accountId: trader.accountId, order });
    expect(await preview({ type: "market", symbol: "AAPL", side: "buy", notional: "500" })).toMatchObject({
      isValid: true,
      referencePrice: "100.02",
    });
    const bracket: OrderInput = {
      type: "limit",
      symbol: "AAPL",
      side: "buy",
      quantity: "10",
      price: "99.00",
      orderClass: "bracket",
      takeProfit: { price: "110.00" },
      stopLoss: { stopPrice: "90.00", price: "89.00" },
    };
    expect(await preview(bracket)).toMatchObject({ isValid: true, notional: "990" });
    expect(await preview({ ...bracket, orderClass: "oco" })).toMatchObject({ isValid: false });
  });
});

describe("corporate actions", () => {
  it("[SV51] a split changes position and resting orders at once, without an order", async () => {
    await using trader = await createManualDesk();
    const { place, feed, detail, api, accountId } = trader;
    await holdTen(trader);
    const { id } = await place({
      type: "limit",
      symbol: "AAPL",
      side: "sell",
      quantity: "4",
      price: "120.00",
      timeInForce: "gtc",
    });
    const action = {
      type: "split",
      actionId: "split-1",
      symbol: "AAPL",
      at: feed.marketNow(),
      newShares: 10,
      oldShares: 1,
      cashInLieuPrice: null,
    } as const;
    feed.tell({ kind: "corporate_action", action });
    feed.quote("AAPL", 10, 10.01);
    const { positions } = await until("the split", async () => {
      const portfolio = await api.accounts.portfolio.query({ accountId });
      return portfolio.positions[0]?.quantity === "100" ? portfolio : null;
    });
    expect(positions).toMatchObject([{ symbol: "AAPL", quantity: "100", averagePrice: "10.002" }]);
    const order = await until("the order", async () => {
      const found = await detail(id);
      return found.order.quantity === "40" ? found : null;
    });
    expect(order.order).toMatchObject({ state: "WORKING", quantity: "40", price: "12" });
    expect(order.events.at(-1)).toMatchObject({ type: "replaced", message: "Changed to 40 shares, limit 12.00" });
  });
});
