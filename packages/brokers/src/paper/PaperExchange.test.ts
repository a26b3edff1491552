import { describe, expect, it } from "vitest";
import { money } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { PaperJournalError } from "./PaperJournalError.ts";
import { DEFAULT_PAPER_PROFILE } from "./profile.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const quote = (at: number, parts: Partial<MarketData> = {}): MarketData =>
  tick({ timestamp: at, bid: 99.98, ask: 100.02, bidSize: 300, askSize: 200, ...parts });
const types = (events: readonly PaperEvent[]): readonly string[] => events.map(({ type }) => type);

function openExchange(): PaperExchange {
  const exchange = PaperExchange.create(paperConfig());
  exchange.onTick(quote(T));
  return exchange;
}

describe("time", () => {
  it("[PX1] a call for an earlier instant is taken as made at the last one", () => {
    const exchange = openExchange();
    exchange.advanceTo(T + 5_000);
    const [accepted] = exchange.submit(T + 1_000, order({ id: "a", type: "limit", price: "99.00" }));
    expect(accepted).toMatchObject({ type: "order_accepted", at: T + 5_000 });
    expect(exchange.submit(Number.NaN, order({ id: "b", type: "limit", price: "99.00" }))[0]).toMatchObject({
      at: T + 5_000,
    });
    expect(exchange.now).toBe(T + 5_000);
  });

  it("[PX1] the first call without a time is taken as made at the epoch", () => {
    const exchange = PaperExchange.create(paperConfig());
    expect(exchange.advanceTo(Number.NaN)).toMatchObject([{ type: "day_started", at: 0 }]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, T - 1])(
    "[PX1] a tick at %s does nothing",
    (timestamp) => {
      const exchange = openExchange();
      exchange.submit(T, order({ id: "a", type: "limit", price: "99.00" }));
      const before = exchange.snapshot();
      expect(exchange.onTick(quote(timestamp, { ask: 98 }))).toEqual([]);
      expect(exchange.snapshot()).toEqual(before);
    },
  );

  it("[PX1] a tick that is late for the market, but new for its symbol, counts as of now", () => {
    const exchange = openExchange();
    exchange.submit(T + 60_000, order({ id: "a", type: "limit", price: "99.00" }));
    expect(exchange.onTick(quote(T + 30_000, { bid: 98.9, ask: 98.95 }))).toMatchObject([
      { type: "order_filled", at: T + 60_000 },
    ]);
  });

  it("[PX43] the boundaries that were passed come first in the answer", () => {
    const exchange = openExchange();
    exchange.submit(T, order({ id: "a", type: "limit", price: "99.00" }));
    const nextDay = T + 24 * 3_600_000;
    const events = exchange.submit(nextDay, order({ id: "b", type: "limit", price: "99.00" }));
    expect(types(events)).toEqual(["order_expired", "day_started", "order_accepted"]);
    expect(events[0]?.at).toBe(T + 6 * 3_600_000);
  });

  it("[PX2] where the calendar does not reach, nothing has changed and nothing is lost", () => {
    const { session } = paperConfig();
    const end = T + 20 * 3_600_000;
    const exchange = PaperExchange.create(
      paperConfig({
        session: (at) => {
          if (at > end) throw new RangeError("beyond the calendar");
          return session(at);
        },
      }),
    );
    exchange.onTick(quote(T));
    const before = exchange.snapshot();
    expect(() => exchange.advanceTo(end + 1)).toThrow(RangeError);
    expect(exchange.snapshot()).toEqual(before);
  });
});

describe("ticks that make no sense", () => {
  it.each([
    ["NaN prices", { bid: Number.NaN, ask: Number.NaN }],
    ["negative prices", { bid: -1, ask: -1 }],
    ["infinite prices", { bid: Number.POSITIVE_INFINITY, ask: Number.POSITIVE_INFINITY }],
    ["NaN sizes", { bidSize: Number.NaN, askSize: Number.NaN }],
    ["negative sizes", { bidSize: -100, askSize: -100 }],
    ["prices beyond reason", { bid: 1e300, ask: 1e301 }],
  ])("[PX20] %s are no quote and no mark", (_title, parts) => {
    const exchange = openExchange();
    exchange.submit(T, order({ id: "a" }));
    expect(exchange.onTick(quote(T + 1_000, parts))).toEqual([]);
    expect(exchange.submit(T + 1_000, order({ id: "b" }))).toMatchObject([
      { type: "order_rejected", code: "NO_MARKET_DATA" },
    ]);
    expect(exchange.positions()).toMatchObject([{ marketPrice: "100", markedAt: T }]);
  });

  it("[PX21] a print without a usable price or volume is none", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.submit(T, order({ id: "a", type: "limit", price: "99.00" }));
    for (const parts of [
      { last: Number.NaN },
      { last: 0 },
      { last: -5 },
      { last: 98, lastSize: 0 },
      { last: 98, lastSize: Number.NaN },
    ]) {
      expect(exchange.onTick(tick({ timestamp: T, volume: Number.NaN, ...parts }))).toEqual([]);
    }
  });

  it("[PX21] the same tick again brings no size back", () => {
    const exchange = openExchange();
    exchange.submit(T, order({ id: "a", quantity: "300" }));
    expect(exchange.onTick(quote(T))).toEqual([]);
    expect(exchange.onTick(quote(T + 1))).toMatchObject([{ type: "order_filled", quantity: "100" }]);
  });

  it.each([
    ["at once", []],
    ["after the reset", [0]],
  ])("[PX21] the first print of a new day counts though the volume fell, %s", (_title, volumes) => {
    const exchange = PaperExchange.create(paperConfig());
    const print = (at: number, volume: number): MarketData => tick({ timestamp: at, last: 100, lastSize: 100, volume });
    exchange.onTick(print(T, 1_000_000));
    exchange.submit(T, order({ id: "a", type: "limit", price: "100.50", timeInForce: "gtc" }));
    for (const volume of volumes) expect(exchange.onTick(print(T + 1, volume))).toEqual([]);
    expect(exchange.onTick(print(T + 2, 100))).toMatchObject([{ type: "order_filled" }]);
  });
});

describe("what can be asked", () => {
  it("[PX3] ids are made of the seed and the event's number", () => {
    const exchange = PaperExchange.create(paperConfig({ seed: 36 }));
    exchange.onTick(quote(T));
    expect(exchange.submit(T, order({ id: "a" }))).toMatchObject([
      { orderId: "P10-2" },
      { orderId: "P10-2", executionId: "X10-3" },
    ]);
  });

  it("[PX2] orders are found by both ids, and fills from an instant on", () => {
    const exchange = openExchange();
    exchange.submit(T, order({ id: "a" }));
    exchange.submit(T + 1_000, order({ id: "b", side: "sell" }));
    exchange.submit(T + 2_000, order({ id: "c", quantity: "0" }));
    expect(exchange.orders().map(({ status }) => status)).toEqual(["filled", "filled", "rejected"]);
    expect(exchange.orders(T + 1_000).map(({ clientOrderId }) => clientOrderId)).toEqual(["b", "c"]);
    expect(exchange.orders(T + 2_001)).toEqual([]);
    expect(exchange.orderByClientId("b")).toEqual(exchange.order(exchange.orders()[1]?.orderId ?? ""));
    expect(exchange.order("P7-2")).toMatchObject({
      clientOrderId: "a",
      averageFillPrice: "100.02",
      filledQuantity: "100",
    });
    expect(exchange.order("nobody")).toBeUndefined();
    expect(exchange.explain("nobody")).toBeUndefined();
    expect(exchange.openOrders()).toEqual([]);
    expect(exchange.fills(T + 1_000)).toMatchObject([
      { clientOrderId: "b", side: "sell", fees: "0.23", filledAt: T + 1_000 },
    ]);
    expect(exchange.fills(T)).toHaveLength(2);
    expect(exchange.fills(T + 1_001)).toEqual([]);
    expect(exchange.fills(T)[0]?.reason).toBe("Bought 100 at the ask 100.02: 200 shown, 200 left for this order.");
  });

  it("[PX71] a preview tells what the order then holds back, and changes nothing", () => {
    const exchange = openExchange();
    const asked = order({ id: "a", type: "limit", price: "99.00", quantity: "100" });
    const before = exchange.snapshot();
    expect(exchange.preview(T, asked)).toEqual({
      referencePrice: 99_000_000_000n,
      notional: 9_900_000_000_000n,
      fees: 0n,
      required: 4_950_000_000_000n,
      available: 100_000_000_000_000n,
      canExecute: true,
      maintenance: 2_475_000_000_000n,
      buyingPowerAfter: 190_100_000_000_000n,
    });
    expect(exchange.snapshot()).toEqual(before);
    exchange.submit(T, asked);
    expect(exchange.balances(T)).toMatchObject({ reserved: "9900", buyingPower: "190100" });
  });

  it("[PX17] a preview of what cannot go says so, and of what cannot be reckoned nothing", () => {
    const exchange = openExchange();
    expect(exchange.preview(T, order({ id: "a", quantity: "5000" }))).toMatchObject({
      canExecute: false,
      buyingPowerAfter: 0n,
    });
    expect(exchange.preview(T, order({ id: "a", symbol: "NOPE" }))).toBeUndefined();
    expect(exchange.preview(T, order({ id: "a", symbol: "IBM" }))).toBeUndefined();
    // 9998 × 20.60 / 1e6 up to the cent, and 100 × 0.000195 up to the cent.
    expect(exchange.preview(T, order({ id: "a", side: "sell" }))?.fees).toBe(230_000_000n);
  });
});

describe("restoring", () => {
  const lived = (): { readonly exchange: PaperExchange; readonly journal: readonly PaperEvent[] } => {
    const exchange = PaperExchange.create(paperConfig());
    const journal = [
      ...exchange.onTick(quote(T)),
      ...exchange.submit(T, order({ id: "a", quantity: "300" })),
      ...exchange.submit(T, order({ id: "b", type: "limit", price: "99.00" })),
      ...exchange.submit(T, order({ id: "c", type: "stop", stopPrice: "101.00", side: "buy" })),
    ];
    return { exchange, journal };
  };

  it("[PX4] restored from events alone, orders wait for a tick and a holding counts at its last fill", () => {
    const { exchange, journal } = lived();
    const restored = PaperExchange.restore(paperConfig(), null, journal);
    expect(restored.sequence).toBe(exchange.sequence);
    expect(restored.openOrders()).toEqual(exchange.openOrders());
    expect(restored.positions()).toMatchObject([{ quantity: "200", marketPrice: "100.02", unrealizedPnl: "0" }]);
    expect(restored.submit(T, order({ id: "d", type: "limit", price: "100.02" }))).toMatchObject([
      { type: "order_accepted", orderId: "P7-6" },
    ]);
    expect(restored.onTick(quote(T + 1_000))).toMatchObject([{ quantity: "100" }, { quantity: "100" }]);
  });

  it("[PX4] quotes older than the events after their snapshot are dropped", () => {
    const { exchange } = lived();
    const snapshot = exchange.snapshot();
    const later = exchange.cancel(T, "P7-2");
    const restored = PaperExchange.restore(paperConfig(), snapshot, later);
    expect(restored.submit(T, order({ id: "d", side: "sell" }))).toMatchObject([{ code: "NO_MARKET_DATA" }]);
  });

  it("[PX4] a snapshot's starting cash wins over the configuration's", () => {
    const snapshot = lived().exchange.snapshot();
    const restored = PaperExchange.restore(paperConfig({ startingCash: money("5") }), snapshot, []);
    expect(restored.snapshot()).toEqual(snapshot);
  });

  it("[PX10] a duplicate in the journal takes nothing from the order that it repeats", () => {
    const { exchange, journal } = lived();
    const duplicate = exchange.submit(T, order({ id: "b", quantity: "7" }));
    const restored = PaperExchange.restore(paperConfig(), null, [...journal, ...duplicate]);
    expect(restored.orders()).toEqual(exchange.orders());
    expect(restored.orderByClientId("b")).toMatchObject({ status: "submitted", quantity: "100" });
  });

  it("[PX2] a gap, a repetition and an event about no order are refused", () => {
    const { journal } = lived();
    const [first, second, third] = journal;
    if (first === undefined || second === undefined || third === undefined) throw new Error("the journal is too short");
    const restore = (events: readonly PaperEvent[]): PaperExchange =>
      PaperExchange.restore(paperConfig(), null, events);
    expect(() => restore([first, third])).toThrow(PaperJournalError);
    expect(() => restore([first, first])).toThrow(PaperJournalError);
    expect(() => restore([second])).toThrow("event 2, due was 1");
    const orphan = { ...third, seq: 2 };
    expect(() => restore([first, orphan])).toThrow("order P7-2 is not open");
  });
});

describe("a configuration that cannot be", () => {
  it.each([
    ["a negative seed", { seed: -1 }],
    ["a seed that is no integer", { seed: 0.5 }],
    ["negative cash", { startingCash: money("-1") }],
    ["no participation", { profile: { ...DEFAULT_PAPER_PROFILE, participationRate: "0" } }],
    ["more participation than there is", { profile: { ...DEFAULT_PAPER_PROFILE, participationRate: "1.1" } }],
    [
      "a negative commission",
      { profile: { ...DEFAULT_PAPER_PROFILE, commission: { perShare: "-0.01", minimumPerOrder: "0" } } },
    ],
    ["free leverage", { profile: { ...DEFAULT_PAPER_PROFILE, initialMargin: { long: "0", short: "0.5" } } }],
    ["quotes that are always too old", { profile: { ...DEFAULT_PAPER_PROFILE, maxQuoteAgeMs: 0 } }],
    ["a decimal that is none", { profile: { ...DEFAULT_PAPER_PROFILE, participationRate: "half" } }],
  ])("[PX2] %s is refused at once", (_title, overrides) => {
    expect(() => PaperExchange.create(paperConfig(overrides))).toThrow(RangeError);
  });
});
