import { describe, expect, it } from "vitest";
import { fixedFromTick, parseFixed } from "../domain/decimal.ts";
import type { MarketData } from "../domain/marketData.ts";
import { MarketView } from "./MarketView.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
import { DEFAULT_PAPER_PROFILE } from "./profile.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const DAY = 24 * 3_600_000;
const print = (at: number, last: number, volume: number, parts: Partial<MarketData> = {}): MarketData =>
  tick({ timestamp: at, last, lastSize: 100, volume, ...parts });

describe("after a restart", () => {
  /** Holds 100, the last print is 113, and a sale at 112 rests. */
  function lived(): { readonly exchange: PaperExchange; readonly journal: readonly PaperEvent[] } {
    const exchange = PaperExchange.create(paperConfig());
    const journal = [
      ...exchange.onTick(tick({ timestamp: T, ask: 110, askSize: 500 })),
      ...exchange.submit(T, order({ id: "a" })),
      ...exchange.onTick(tick({ timestamp: T + 1_000 })),
      ...exchange.onTick(print(T + 2_000, 113, 900)),
      ...exchange.submit(T + 3_000, order({ id: "b", side: "sell", type: "limit", price: "112.00" })),
    ];
    return { exchange, journal };
  }

  it("[PX21] a print that was there before counts no second time", () => {
    const { exchange, journal } = lived();
    const restored = PaperExchange.restore(paperConfig(), null, journal);
    const repeated = print(T + 4_000, 113, 900);
    expect(exchange.onTick(repeated)).toEqual([]);
    expect(restored.onTick(repeated)).toEqual([]);
    const next = print(T + 5_000, 113, 1_000);
    expect(restored.onTick(next)).toEqual(exchange.onTick(next));
    expect(restored.fills(T)).toHaveLength(2);
  });

  it("[PX21] what was printed meanwhile fills nothing, also where a snapshot knows an older print", () => {
    const { exchange } = lived();
    const snapshot = exchange.snapshot();
    const later = exchange.submit(T + 3_000, order({ id: "c", type: "limit", price: "90.00" }));
    const restored = PaperExchange.restore(paperConfig(), snapshot, later);
    expect(restored.onTick(print(T + 60_000, 114, 5_000))).toEqual([]);
    expect(restored.onTick(print(T + 61_000, 114, 5_100))).toMatchObject([{ type: "order_filled", price: "112" }]);
  });

  it("[PX36] nor does it set a stop off, which then waits for the next print", () => {
    const { journal } = lived();
    const restored = PaperExchange.restore(paperConfig(), null, journal);
    restored.onTick(print(T + 4_000, 113, 900, { ask: 113.1, askSize: 100 }));
    const stop = order({ id: "d", type: "stop", stopPrice: "112.50" });
    expect(restored.submit(T + 5_000, stop)).toMatchObject([{ type: "order_accepted" }]);
    expect(restored.onTick(print(T + 6_000, 113, 1_000, { ask: 113.1, askSize: 100 }))).toMatchObject([
      { type: "order_triggered" },
      { type: "order_filled", price: "113.1" },
      { type: "order_filled", price: "112" },
    ]);
  });

  it("[PX4] a snapshot made before the next tick remembers that none has come yet", () => {
    const { journal } = lived();
    const snapshot = PaperExchange.restore(paperConfig(), null, journal).snapshot();
    const restored = PaperExchange.restore(paperConfig(), snapshot, []);
    expect(restored.snapshot()).toEqual(snapshot);
    expect(restored.onTick(print(T + 4_000, 113, 900))).toEqual([]);
  });

  it("[PX23] the print that was there before is a mark all the same", () => {
    const { journal } = lived();
    const restored = PaperExchange.restore(paperConfig(), null, journal);
    restored.onTick(print(T + 4_000, 113, 900));
    expect(restored.positions()).toMatchObject([{ marketPrice: "113" }]);
  });
});

describe("from one open session straight to the next", () => {
  const quoted = { bid: 109.9, bidSize: 500, ask: 110, askSize: 500 };

  it("[PX36] yesterday's last print sets no stop off", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(print(T, 90, 900));
    exchange.onTick(print(T + DAY, 90, 900, quoted));
    const events = exchange.submit(T + DAY, order({ id: "a", side: "sell", type: "stop", stopPrice: "105.00" }));
    expect(events).toMatchObject([{ type: "order_accepted" }]);
  });

  it("[PX22] yesterday's quote is none, however long a quote may stand", () => {
    const exchange = PaperExchange.create(
      paperConfig({ profile: { ...DEFAULT_PAPER_PROFILE, maxQuoteAgeMs: 7 * DAY } }),
    );
    exchange.onTick(tick({ timestamp: T, ...quoted }));
    expect(exchange.submit(T + DAY, order({ id: "a" })).at(-1)).toMatchObject({ code: "NO_MARKET_DATA" });
  });

  it("[PX4] nor is it after a restart in between", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(print(T, 90, 900));
    const restored = PaperExchange.restore(paperConfig(), exchange.snapshot(), []);
    restored.onTick(print(T + DAY, 90, 900, quoted));
    const events = restored.submit(T + DAY, order({ id: "a", side: "sell", type: "stop", stopPrice: "105.00" }));
    expect(events).toMatchObject([{ type: "order_accepted" }]);
  });
});

describe("a quote that was forgotten", () => {
  const quoted = { bid: 99.98, bidSize: 300, ask: 100, askSize: 200 };
  const ended = (parts: Partial<MarketData> = {}): MarketView => {
    const view = new MarketView();
    view.update(tick({ timestamp: T, ...quoted, ...parts }));
    view.endSession();
    return view;
  };

  it("[PX22] is none as long as it is told again as it was, whatever was told between", () => {
    const view = ended();
    expect(view.update(tick({ timestamp: T + 1, ...quoted }))).toBe("none");
    expect(view.update(print(T + 2, 101, 100, quoted))).toBe("print");
    expect(view.update(tick({ timestamp: T + 3, last: 101, lastSize: 100, volume: 100 }))).toBe("none");
    expect(view.update(print(T + 4, 101, 200, quoted))).toBe("print");
    view.endQuotes();
    view.reopen();
    expect(view.update(print(T + 5, 101, 300, quoted))).toBe("print");
    expect([view.bid.price, view.ask.price]).toEqual([0, 0]);
  });

  it.each([{ bid: 99.97 }, { bidSize: 301 }, { bidSize: null }, { ask: 100.01 }, { askSize: 100 }, { ask: null }])(
    "[PX22] a quote that differs in %o is a new one, and so is the one of before after it",
    (change) => {
      const view = ended();
      expect(view.update(print(T + 1, 101, 100, { ...quoted, ...change }))).toBe("quote_and_print");
      expect(view.update(print(T + 2, 101, 200, quoted))).toBe("quote_and_print");
      expect([view.bid.price, view.ask.price]).toEqual([99.98, 100]);
    },
  );

  it("[PX22] of one side, it is the same whatever is said of the other's size", () => {
    const view = ended({ bid: null, bidSize: null });
    expect(view.update(tick({ timestamp: T + 1, ...quoted, bid: null, bidSize: 5 }))).toBe("none");
    expect(view.ask.price).toBe(0);
  });

  it("[PX4] after a restart the quote that stood may stand; one that had ended before it still has", () => {
    const view = new MarketView();
    view.update(tick({ timestamp: T, ...quoted }));
    view.resume();
    expect(view.update(tick({ timestamp: T + 1, ...quoted }))).toBe("quote");
    view.endSession();
    view.resume();
    expect(view.update(tick({ timestamp: T + 2, ...quoted }))).toBe("none");
  });

  it("[PX98] a halt ends the wait for a print that reopens, the end of a session does not", () => {
    const view = ended();
    view.reopen();
    view.endSession();
    expect(view.isReopening).toBe(true);
    view.endQuotes();
    expect(view.isReopening).toBe(false);
  });

  it("[PX4] [PX22] stays so in a snapshot", () => {
    const lived = PaperExchange.create(paperConfig());
    lived.onTick(tick({ timestamp: T, ...quoted }));
    lived.onTick(print(T + DAY, 100, 100, quoted));
    const snapshot = paperSnapshotSchema.parse(JSON.parse(JSON.stringify(lived.snapshot())));
    const restored = PaperExchange.restore(paperConfig(), snapshot, []);
    expect(restored.snapshot()).toEqual(lived.snapshot());
    for (const exchange of [lived, restored]) {
      exchange.onTick(print(T + DAY + 1, 120, 200, quoted));
      const events = exchange.submit(T + DAY + 2, order({ id: "a", type: "limit", price: "105.00" }));
      expect(events).toMatchObject([{ type: "order_accepted" }]);
    }
  });
});

describe("the mark", () => {
  it("[PX23] of what was bought in a market with one side is the fill", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(tick({ timestamp: T, ask: 110, askSize: 500 }));
    exchange.submit(T, order({ id: "a" }));
    expect(exchange.positions()).toMatchObject([{ marketPrice: "110", marketValue: "11000", markedAt: T }]);
  });

  it("[PX23] is not moved by a fill where the market has told one", () => {
    const view = new MarketView();
    view.update(tick({ timestamp: T, bid: 99, bidSize: 1, ask: 101, askSize: 1 }));
    view.markByFill(parseFixed("101"), T);
    expect(view.mark).toBe(parseFixed("100"));
  });
});

describe("prices below what a tick can tell", () => {
  it.each([Number.MIN_VALUE, 1e-9, 1e-7, 4.99e-7])("[PX20] %s is no price: nothing trades at zero", (price) => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(tick({ timestamp: T, bid: price, ask: price, last: price, lastSize: 100, volume: 100 }));
    expect(exchange.submit(T, order({ id: "a" }))).toMatchObject([{ code: "NO_MARKET_DATA" }]);
  });

  it("[PX20] the smallest price is the smallest that does not become zero", () => {
    for (const price of [5e-7, 1e-6]) {
      const view = new MarketView();
      view.update(tick({ timestamp: T, ask: price }));
      expect(view.ask.price).toBe(price);
      expect(fixedFromTick(view.ask.price)).toBe(1_000n);
    }
  });
});
