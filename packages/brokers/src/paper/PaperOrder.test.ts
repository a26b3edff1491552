import { describe, expect, it } from "vitest";
import type { MarketData } from "../domain/marketData.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperExchange } from "./PaperExchange.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const quote = (at: number, ask: number, parts: Partial<MarketData> = {}): MarketData =>
  tick({ timestamp: at, bid: ask - 0.04, ask, bidSize: 300, askSize: 200, ...parts });
const throughJson = (snapshot: PaperSnapshot): unknown => JSON.parse(JSON.stringify(snapshot));

/** The account itself, and as it is restored from its snapshot and from its journal. */
function everyWay(exchange: PaperExchange, journal: readonly PaperEvent[]): readonly PaperExchange[] {
  const kept = paperSnapshotSchema.parse(throughJson(exchange.snapshot()));
  return [
    exchange,
    PaperExchange.restore(paperConfig(), kept, []),
    PaperExchange.restore(paperConfig(), null, journal),
  ];
}

describe("the average price of an order", () => {
  it.each([
    ["0.034677531", 288.4, "288.4"],
    ["0.000000001", 288.44, "288.44"],
    ["1.5", 100.02, "100.02"],
  ])("[PX87] %s at %s and nothing else average that very price", (quantity, ask, average) => {
    const exchange = PaperExchange.create(paperConfig());
    const journal = [
      ...exchange.onTick(quote(T, ask, { symbol: "PART" })),
      ...exchange.submit(T, order({ id: "a", symbol: "PART", quantity })),
    ];
    for (const each of everyWay(exchange, journal)) {
      expect(each.orderByClientId("a")).toMatchObject({ status: "filled", averageFillPrice: average });
    }
  });

  it("[PX87] several fills are summed exactly and rounded once", () => {
    const exchange = PaperExchange.create(paperConfig());
    const journal = [
      ...exchange.onTick(quote(T, 100.01, { askSize: 1 })),
      ...exchange.submit(T, order({ id: "a", type: "limit", price: "101", quantity: "3" })),
      ...exchange.onTick(quote(T + 1_000, 100.02)),
    ];
    // (100.01 + 2 × 100.02) ÷ 3 = 100.01666…
    for (const each of everyWay(exchange, journal)) {
      expect(each.orderByClientId("a")?.averageFillPrice).toBe("100.016666667");
    }
  });

  it("[PX87] [PX4] a snapshot that still keeps the rounded sum of an order is read, and the sum is not", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(quote(T, 288.4, { symbol: "PART" }));
    exchange.submit(T, order({ id: "a", symbol: "PART", quantity: "0.034677531" }));
    const kept = exchange.snapshot();
    const older = { ...kept, orders: kept.orders.map((each) => ({ ...each, filledNotional: "10.00099994" })) };
    const restored = PaperExchange.restore(paperConfig(), paperSnapshotSchema.parse(older), []);
    expect(restored.orderByClientId("a")?.averageFillPrice).toBe("288.4");
    expect(restored.snapshot()).toEqual(kept);
  });
});

describe("what set a stop off", () => {
  it("[PX80] an order keeps it, over a restart too, and says it while it works", () => {
    const exchange = PaperExchange.create(paperConfig());
    const journal = [
      ...exchange.onTick(quote(T, 100.02, { last: 100, lastSize: 10, volume: 10 })),
      ...exchange.submit(T, order({ id: "a", type: "stop_limit", stopPrice: "100.5", price: "100.55" })),
    ];
    expect(exchange.orderByClientId("a")?.triggeredBy).toBeUndefined();
    journal.push(...exchange.onTick(quote(T + 1_000, 100.62, { last: 100.6, lastSize: 10, volume: 20 })));
    const triggeredBy = {
      rule: "PX36",
      text: "The print 100.60 is at or above the stop 100.50.",
      params: { by: "print", price: "100.6", stopPrice: "100.5" },
    };
    for (const each of everyWay(exchange, journal)) {
      expect(each.orderByClientId("a")).toMatchObject({ status: "submitted", triggeredBy });
    }
    const { orderId = "" } = exchange.orderByClientId("a") ?? {};
    expect(exchange.explain(orderId)?.text).toBe(
      "The ask 100.62 is above your limit 100.55. Triggered: The print 100.60 is at or above the stop 100.50.",
    );
  });

  it("[PX4] a snapshot of before it was kept is read without it", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(quote(T, 100.62, { last: 100.6, lastSize: 10, volume: 20 }));
    exchange.submit(T, order({ id: "a", type: "stop", stopPrice: "100.5", quantity: "300" }));
    const { orders, ...rest } = exchange.snapshot();
    const older = { ...rest, orders: orders.map(({ triggeredBy: _triggeredBy, ...each }) => each) };
    const restored = PaperExchange.restore(paperConfig(), paperSnapshotSchema.parse(older), []);
    expect(restored.orderByClientId("a")).toMatchObject({ status: "partially_filled", filledQuantity: "200" });
    expect(restored.orderByClientId("a")?.triggeredBy).toBeUndefined();
  });
});
