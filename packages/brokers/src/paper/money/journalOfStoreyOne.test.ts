import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { paperEventSchema } from "../paperEventSchema.ts";
import { PaperExchange } from "../PaperExchange.ts";
import type { PaperExchangeConfig } from "../PaperExchangeConfig.ts";
import { paperSnapshotSchema } from "../paperSnapshotSchema.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { paperConfig, tick } from "../scenarios/fixture.ts";

/** What the engine stored before settlement, dividends, borrow fees, trailing stops and groups were kept. */
const STORED = z
  .object({
    events: z.array(z.unknown()),
    snapshot: z.unknown(),
    end: z.object({
      now: z.number(),
      balances: z.record(z.string(), z.union([z.string(), z.number()])),
      positions: z.array(z.record(z.string(), z.unknown())),
      openOrders: z.array(z.record(z.string(), z.unknown())),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL("../testdata/journalOfStoreyOne.json", import.meta.url), "utf8")));

const CONFIG: PaperExchangeConfig = paperConfig({
  profile: { ...DEFAULT_PAPER_PROFILE, commission: { perShare: "0.005", minimumPerOrder: "1" } },
});
const EVENTS = paperEventSchema.array().parse(STORED.events);
const { end } = STORED;

/** What follows from events alone, without the marks that ticks made. */
const booked = ({ cash, fees, realizedPnl, reserved }: Record<string, unknown>): unknown => ({
  cash,
  fees,
  realizedPnl,
  reserved,
});

describe("a journal of an earlier version", () => {
  it("[PX2] parses to what was stored", () => {
    expect(EVENTS).toEqual(STORED.events);
  });

  it("[PX2] gives the account that it was", () => {
    const exchange = PaperExchange.restore(CONFIG, null, EVENTS);
    expect(booked({ ...exchange.balances(end.now) })).toEqual(booked(end.balances));
    expect(
      exchange.positions().map(({ symbol, quantity, averagePrice }) => ({ symbol, quantity, averagePrice })),
    ).toEqual(end.positions.map(({ symbol, quantity, averagePrice }) => ({ symbol, quantity, averagePrice })));
    expect(exchange.openOrders()).toMatchObject(end.openOrders.map(({ reason: _reason, ...order }) => order));
  });

  it("[PX4] goes on from its snapshot, and everything is settled", () => {
    const snapshot = paperSnapshotSchema.parse(STORED.snapshot);
    const later = EVENTS.filter(({ seq }) => seq > snapshot.sequence);
    expect(later.length).toBeGreaterThan(0);
    const exchange = PaperExchange.restore(CONFIG, snapshot, later);
    const { cash, settledCash, dividends, borrowFees } = exchange.balances(end.now);
    expect(booked({ ...exchange.balances(end.now) })).toEqual(booked(end.balances));
    expect(settledCash).toBe(cash);
    expect({ dividends, borrowFees }).toEqual({ dividends: "0", borrowFees: "0" });
  });

  it("[PX4] lives on: it takes ticks, orders and a split", () => {
    const exchange = PaperExchange.restore(CONFIG, null, EVENTS);
    exchange.onTick(tick({ timestamp: end.now + 1_000, bid: 98, ask: 98.02, bidSize: 500, askSize: 500 }));
    const held = exchange.positions().find(({ symbol }) => symbol === "SPY")?.quantity;
    const action = { actionId: "A1", symbol: "SPY", at: end.now + 2_000, newShares: 2, oldShares: 1 };
    exchange.onCorporateAction({ type: "split", ...action, cashInLieuPrice: null });
    expect(exchange.positions().find(({ symbol }) => symbol === "SPY")?.quantity).toBe(String(Number(held) * 2));
  });
});
