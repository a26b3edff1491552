import { randomUUID } from "node:crypto";
import { BrokerError } from "@trenddojo/brokers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

const clock = new JumpClock();
const faults: Faults = {};
let trader: Awaited<ReturnType<typeof createManualDesk>>;

beforeAll(async () => {
  trader = await createManualDesk({ clock, wrapRegistry: faultyRegistry(faults) });
});
afterAll(() => trader[Symbol.asyncDispose]());

const buy = (quantity: string, more: object = {}): OrderInput => ({
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity,
  price: "90.00",
  ...more,
});
const preview = (order: OrderInput) => trader.api.orders.preview.query({ accountId: trader.accountId, order });
const place = (order: OrderInput, previewToken?: string, idempotencyKey: string = randomUUID()) =>
  trader.api.orders.place.mutate({ accountId: trader.accountId, idempotencyKey, order, previewToken });
const stored = async () => (await trader.api.orders.list.query({})).orders.length;

describe("an order that was previewed", () => {
  it("[SV73] goes as it was previewed, also in other words for the same terms", async () => {
    const { token, validUntil } = await preview(buy("1"));
    expect(Date.parse(validUntil) - clock.now()).toBeGreaterThan(50_000);
    expect((await place(buy("1.0", { price: "90" }), token)).state).toBe("WORKING");
  });

  it("[SV73] another order, an old preview or a made-up one is refused before anything else, and nothing is stored", async () => {
    const { token } = await preview(buy("2"));
    const before = await stored();
    // Not even well formed: that would be said next.
    const wrong = [
      buy("3"),
      buy("2", { price: "91.00" }),
      buy("2", { symbol: "MSFT" }),
      buy("2", { side: "sell" }),
      buy("0"),
    ];
    for (const order of wrong) {
      expect(await refusalOf(place(order, token))).toMatchObject({
        code: "PREVIEW_OUTDATED",
        message: "The preview is not one of this order: nothing was placed.",
        outcome: "refused",
      });
    }
    const [instant = "", signature = ""] = token.split(".");
    for (const forged of ["", "x", instant, `${Number(instant) + 1}.${signature}`, `${instant}.${"A".repeat(43)}`]) {
      expect(await refusalOf(place(buy("2"), forged))).toMatchObject({ code: "PREVIEW_OUTDATED" });
    }
    const idempotencyKey = randomUUID();
    const { id } = await place(buy("2"), token, idempotencyKey);
    clock.jump(60_001);
    expect(await refusalOf(place(buy("2"), token))).toMatchObject({
      code: "PREVIEW_OUTDATED",
      message: "The preview of this order is more than 60 s old: nothing was placed.",
    });
    expect(await stored()).toBe(before + 1);
    const { entries } = await trader.api.audit.list.query({ limit: 5 });
    expect(entries[0]).toMatchObject({ action: "order.preview_outdated" });
    // A retry of the click that placed it, however late.
    expect(await place(buy("2"), token, idempotencyKey)).toMatchObject({ id });
  });
});

describe("an order that waits for its account", () => {
  const holding = () => {
    let times = 0;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    faults.getMarketHours = (client) => async (market, options) => {
      times += 1;
      await held;
      return client.getMarketHours(market, options);
    };
    return { untilAsked: () => until("the facts", () => times > 0), asked: () => times, release };
  };
  afterEach(() => {
    delete faults.getMarketHours;
  });

  it("[SV75] its key is told of no refusal while it may still be placed", async () => {
    const idempotencyKey = randomUUID();
    const { untilAsked, release } = holding();
    const first = place(buy("4"), undefined, idempotencyKey);
    await untilAsked();
    let isAnswered = false;
    const again = place(buy("4"), "made up", idempotencyKey).finally(() => (isAnswered = true));
    again.catch(() => undefined);
    // Every other call of the person is answered meanwhile, one after another.
    for (let call = 0; call < 20; call += 1) await stored();
    expect(isAnswered).toBe(false);
    release();
    const { id } = await first;
    expect(await again).toMatchObject({ id });
    await trader.api.orders.cancel.mutate({ orderId: id });
  });

  it("[SV75] is valid from the moment it was asked for: later it is refused, and only the audit log knows", async () => {
    const before = await stored();
    const { untilAsked, release } = holding();
    const placing = refusalOf(place(buy("4")));
    await untilAsked();
    clock.jump(10_001);
    release();
    const refusal = await placing;
    expect(refusal).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    expect(refusal.message).toMatch(/^The order waited \d+\.\d s and is valid for 10 s: nothing was placed/);
    expect(await stored()).toBe(before);
    const { entries } = await trader.api.audit.list.query({ limit: 5 });
    expect(entries[0]).toMatchObject({ action: "order.too_late" });
  });

  it("[SV580] waits in line no longer than it is valid: the broker is not asked for it, nor for those behind it", async () => {
    const { untilAsked, release, asked } = holding();
    const first = refusalOf(place(buy("4")));
    await untilAsked();
    const behind = [5, 6, 7].map((count) => refusalOf(place(buy(String(count)))));
    // All of them have come in by then: what one person asks for is answered in turn.
    for (let call = 0; call < 20; call += 1) await stored();
    clock.jump(10_001);
    release();
    for (const refusal of [first, ...behind]) expect(await refusal).toMatchObject({ code: "TIMEOUT" });
    expect(asked()).toBe(1);
  });
});

describe("an order of unknown outcome", () => {
  it("[SV74] counts with its worst case, and holds back its like until a person means it", async () => {
    faults.placeOrder = () => () => Promise.reject(new BrokerError("gone", "TIMEOUT", "paper", { outcome: "unknown" }));
    faults.getOrderByClientOrderId = () => () => new Promise(() => undefined);
    faults.getOpenOrders = () => () => new Promise(() => undefined);
    const lost = await place(buy("70"));
    expect(lost.state).toBe("UNKNOWN");
    delete faults.placeOrder;
    const like = { type: "limit", symbol: "AAPL", side: "buy", quantity: "30", price: "90.00" } as const;
    const asked = await trader.api.orders.preview.query({ accountId: trader.accountId, order: like });
    expect(asked.issues.map(({ rule }) => rule)).toEqual(["unknown_outcome"]);
    expect(asked.issues[0]?.params).toMatchObject({ count: 1, shares: "70", symbol: "AAPL", side: "buy" });
    const meant = (quantity: string) =>
      trader.api.orders.preview.query({
        accountId: trader.accountId,
        order: { ...like, quantity },
        acknowledgesUnknown: true,
      });
    expect((await meant("30")).issues).toEqual([]);
    // 3 and 70 shares at 90 are there: 38 more are 9,990 of 10,000.
    expect((await meant("38")).issues).toEqual([]);
    expect((await meant("39")).issues.map(({ rule }) => rule)).toEqual(["position_limit"]);
    const other = await preview({ ...like, symbol: "MSFT", price: "190.00" });
    expect(other.issues).toEqual([]);
  });
});
