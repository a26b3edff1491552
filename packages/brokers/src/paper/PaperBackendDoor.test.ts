import { describe, expect, it } from "vitest";
import type { BrokerClient } from "../BrokerClient.ts";
import { money } from "../domain/decimal.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { PaperClient } from "./PaperClient.ts";

/** Calls a method with arguments that its types forbid, as a caller without types may. */
function callUntyped(client: BrokerClient, method: keyof BrokerClient, ...args: readonly unknown[]): Promise<unknown> {
  const found: unknown = Reflect.get(client, method);
  if (typeof found !== "function") throw new TypeError(`${method} is no method`);
  return Promise.resolve(Reflect.apply(found, client, args));
}

const HOSTILE_IDS = ["", "\0", "\ud800", "a b", "é", "x".repeat(129), "x".repeat(100_000)];

describe("the door of the paper backend", () => {
  it.each(HOSTILE_IDS.map((id) => [JSON.stringify(id.slice(0, 20)), id.length, id] as const))(
    "[BC16] an order id that cannot be one (%s, %i characters) is ORDER_NOT_FOUND, and nothing of it is stored or told",
    async (_shown, _length, id) => {
      await using desk = paperDesk();
      await desk.client.connect();
      const before = await desk.store.load();
      for (const call of [
        () => desk.client.cancelOrder(id),
        () => desk.client.modifyOrder(id, { price: 91 }),
        () => desk.client.getOrderStatus(id),
      ]) {
        const error = await failureOf(call());
        expect(error).toMatchObject({ code: "ORDER_NOT_FOUND", outcome: "refused" });
        const told = JSON.stringify([error.message, error.details]);
        expect(told.length).toBeLessThan(300);
        // JSON escapes what cannot be stored.
        expect(told).not.toContain("\\u");
      }
      expect(await desk.store.load()).toEqual(before);
      expect(desk.client.getConnectionStatus().isHealthy).toBe(true);
    },
  );

  it.each<readonly [keyof BrokerClient, readonly unknown[], string]>([
    ["cancelOrder", [undefined], "ORDER_NOT_FOUND"],
    ["modifyOrder", [{}, { price: 1 }], "ORDER_NOT_FOUND"],
    ["modifyOrder", ["P1-1", undefined], "INVALID_ORDER"],
    ["getOrderStatus", [7], "ORDER_NOT_FOUND"],
    ["placeOrder", [undefined], "INVALID_ORDER"],
    ["getOrderHistory", [Number.NaN], "NOT_SUPPORTED"],
    ["getOrderHistory", ["1"], "NOT_SUPPORTED"],
    ["getFills", [Number.NaN], "NOT_SUPPORTED"],
    ["getFills", [undefined], "NOT_SUPPORTED"],
    ["getMarketData", [undefined], "SYMBOL_NOT_FOUND"],
    ["getMarketData", ["\0"], "SYMBOL_NOT_FOUND"],
    ["getMarketHours", [undefined], "NOT_SUPPORTED"],
    ["getMarketHours", [{}], "NOT_SUPPORTED"],
    ["subscribeToMarketData", [undefined, () => undefined], "SYMBOL_NOT_FOUND"],
    ["subscribeToMarketData", ["AAPL", undefined], "NOT_SUPPORTED"],
    ["subscribeToOrderUpdates", [undefined], "NOT_SUPPORTED"],
    ["getHistoricalBars", [undefined], "NOT_SUPPORTED"],
    ["getHistoricalBars", [{ timeframe: "1d", limit: 5 }], "SYMBOL_NOT_FOUND"],
    ["getHistoricalBars", [{ symbol: "AAPL", timeframe: "7q", limit: 5 }], "NOT_SUPPORTED"],
    ["getHistoricalBars", [{ symbol: "AAPL", timeframe: "1d", limit: 0 }], "NOT_SUPPORTED"],
    ["getHistoricalBars", [{ symbol: "AAPL", timeframe: "1d", limit: 5, before: Number.NaN }], "NOT_SUPPORTED"],
    ["searchInstruments", [5, 5], "NOT_SUPPORTED"],
    ["searchInstruments", ["apple", Number.POSITIVE_INFINITY], "NOT_SUPPORTED"],
  ])("[BC48] %s(%j) is refused with a code", async (method, args, code) => {
    await using desk = paperDesk();
    await desk.client.connect();
    const error = await failureOf(callUntyped(desk.client, method, ...args));
    expect(error).toMatchObject({ code, outcome: "refused" });
    expect(error.message).not.toContain("\0");
  });

  it("[BC48] an unforeseen error in a reading is refused: nothing was sent", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const request = {
      get symbol(): string {
        throw new TypeError("a defect of the caller");
      },
    };
    expect(await failureOf(callUntyped(desk.client, "getHistoricalBars", request))).toMatchObject({
      code: "UNKNOWN",
      outcome: "refused",
    });
    expect(await failureOf(callUntyped(desk.client, "placeOrder", request))).toMatchObject({
      code: "UNKNOWN",
      outcome: "refused",
    });
    expect(desk.client.getConnectionStatus().isHealthy).toBe(true);
  });

  it("[PB3] a defect in the exchange ends the session: nothing of the call is stored, and connect heals it", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    const now = desk.clock.now();
    // Beyond the calendar.
    desk.clock.setWallTime(Date.UTC(2040, 0, 2));
    expect(await failureOf(desk.client.cancelOrder(orderId))).toMatchObject({ code: "UNKNOWN", outcome: "refused" });
    desk.clock.setWallTime(now);
    expect(desk.client.getConnectionStatus()).toMatchObject({ state: "degraded", isHealthy: false });
    expect(await desk.client.connect()).toBe(true);
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, status: "submitted" }]);
  });

  it("[PB7] starting cash beyond what is exact is refused when the client is built", () => {
    const build = (startingCash: string) => () =>
      paperDesk({ startingCash: money(startingCash) }).client.getConnectionStatus();
    expect(build("1000000000000")).not.toThrow();
    expect(build("1000000000000.01")).toThrow(RangeError);
    expect(build("500000000000000000")).toThrow(RangeError);
  });

  it("[PB7] the largest starting cash is placed with as any other", async () => {
    await using desk = paperDesk({ startingCash: money("1000000000000") });
    await desk.client.connect();
    await desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await desk.client.placeOrder(marketOrder("AAPL", "buy", 1));
    expect((await desk.client.getBalances()).buyingPower).toMatch(/^1999999999/);
  });

  it.each([
    { mode: "live" },
    { mode: "PAPER" },
    { mode: null },
    { mockMode: false },
    { mode: "mock", mockMode: false },
  ])("[MK8] a paper client is never quietly mocked: %j", (config) => {
    expect(() => Reflect.construct(PaperClient, [config])).toThrow(
      expect.objectContaining({ name: "BrokerError", code: "NOT_SUPPORTED" }),
    );
  });
});
