import type { AccountEvent } from "@trenddojo/brokers/domain";
import { limitOrder, marketOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { ClientBench } from "../testing/ClientBench.ts";

/** Sunday 2026-11-22, 21:00 in New York. */
const NIGHT = Date.UTC(2026, 10, 23, 2);
const NEXT_DAY = Date.UTC(2026, 10, 21, 1, 0, 5);
const PATIENCE_MS = 900_000;

describe("the night", () => {
  it("[AS100] an order for extended hours trades in it", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    bench.clock.setWallTime(NIGHT);
    const client = await bench.connected();
    expect(await client.getMarketHours("NASDAQ")).toMatchObject({ isOpen: false, session: "overnight" });
    await bench.quote("AAPL", 100, 100.03);
    await client.placeOrder({ ...limitOrder("AAPL", "buy", 10, "100.05", "owl"), extendedHours: true });
    await bench.settle();
    expect(await client.getOrderByClientOrderId("owl")).toMatchObject({ status: "filled", filledQuantity: "10" });
  });
});

describe("news of the account", () => {
  it("[AS110] a split is heard of when the vendor lists it, on the day after; the position has it at once", async () => {
    await using bench = await ClientBench.open({ quirks: { sizes: "displayed" } });
    const client = await bench.connected();
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    const told: AccountEvent[] = [];
    await client.subscribeToAccountEvents(0, (event) => told.push(event));
    const ratio = { newShares: 1, oldShares: 10, cashInLieuPrice: "1000" };
    const action = { type: "split", actionId: "s", symbol: "AAPL", at: bench.clock.now(), ...ratio } as const;
    bench.feed.tell({ kind: "corporate_action", action });
    await bench.advance(3_000);
    expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "1" }]);
    expect(told).toEqual([]);
    bench.clock.setWallTime(NEXT_DAY);
    await bench.until(() => told.length > 0, PATIENCE_MS);
    expect(told).toMatchObject([{ kind: "split", newShares: 1, oldShares: 10, quantityAfter: "1" }]);
  });
});
