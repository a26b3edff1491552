import fc from "fast-check";
import { parseFixed } from "../../domain/decimal.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperExchange } from "../PaperExchange.ts";
import type { OrderChanges } from "../InFlight.ts";
import type { OfficialAuction } from "../../domain/MarketNews.ts";
import type { TradingStatus } from "../../domain/tradingStatus.ts";
import { order, tick } from "./fixture.ts";

/** Something that is done to an exchange. Orders are named by how many were given before. */
export type Act =
  | { readonly kind: "tick"; readonly waitMs: number; readonly tick: Omit<MarketData, "timestamp" | "receivedAt"> }
  | { readonly kind: "submit"; readonly waitMs: number; readonly order: Omit<ParsedOrder, "clientOrderId"> }
  | { readonly kind: "cancel"; readonly waitMs: number; readonly nth: number }
  | { readonly kind: "replace"; readonly waitMs: number; readonly nth: number; readonly changes: OrderChanges }
  | { readonly kind: "status"; readonly waitMs: number; readonly symbol: string; readonly status: TradingStatus }
  | { readonly kind: "official"; readonly waitMs: number; readonly auction: Omit<OfficialAuction, "at"> }
  | { readonly kind: "advance"; readonly waitMs: number };

// Mostly one symbol, so that orders meet.
const symbol = fc.constantFrom("SPY", "SPY", "SPY", "IBM", "HARD");
const waitMs = fc.constantFrom(0, 1, 500, 1_000, 60_000);
const cents = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to });
const size = fc.constantFrom(0, 1, 7, 50, 100, 300, 1_000, null);
const fixedCents = (value: number): bigint => parseFixed((value / 100).toFixed(2));

const anyTick = fc
  .record({
    symbol,
    bid: cents(9_900, 10_100),
    spread: cents(-2, 10),
    sides: fc.constantFrom("both", "both", "both", "bid", "ask", "none"),
    bidSize: size,
    askSize: size,
    last: fc.option(cents(9_850, 10_150), { freq: 2 }),
    lastSize: size,
    volume: fc.nat(10_000),
  })
  .map(({ symbol, bid, spread, sides, bidSize, askSize, last, lastSize, volume }) => {
    const hasBid = sides === "both" || sides === "bid";
    const hasAsk = sides === "both" || sides === "ask";
    const {
      timestamp: _timestamp,
      receivedAt: _receivedAt,
      ...parts
    } = tick({
      symbol,
      timestamp: 0,
      bid: hasBid ? bid / 100 : null,
      ask: hasAsk ? (bid + spread) / 100 : null,
      bidSize: hasBid ? bidSize : null,
      askSize: hasAsk ? askSize : null,
      last: last === null ? null : last / 100,
      lastSize: last === null ? null : lastSize,
      volume,
    });
    return parts;
  });

const anyOrder = fc
  .record({
    symbol,
    side: fc.constantFrom("buy", "sell"),
    type: fc.constantFrom("market", "limit", "limit", "limit", "stop", "stop_limit"),
    timeInForce: fc.constantFrom("day", "day", "gtc", "gtc", "ioc", "fok"),
    extendedHours: fc.constantFrom(false, false, false, true),
    quantity: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 400 }) },
      { weight: 1, arbitrary: fc.integer({ min: 400, max: 3_000 }) },
    ),
    limit: cents(9_850, 10_150),
    stop: cents(9_850, 10_150),
  })
  .map(({ quantity, limit, stop, ...parts }) => {
    const { clientOrderId: _id, ...rest } = order({ id: "x", ...parts });
    const { type } = parts;
    return {
      ...rest,
      quantity: parseFixed(quantity),
      price: type === "limit" || type === "stop_limit" ? fixedCents(limit) : null,
      stopPrice: type === "stop" || type === "stop_limit" ? fixedCents(stop) : null,
    };
  });

const anyChanges = fc.record(
  {
    quantity: cents(1, 800).map((shares) => parseFixed(shares)),
    price: cents(9_850, 10_150).map(fixedCents),
    timeInForce: fc.constantFrom("day", "gtc"),
  },
  { requiredKeys: [] },
);

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("tick"), waitMs, tick: anyTick }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("submit"), waitMs, order: anyOrder }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel"), waitMs, nth: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("replace"), waitMs, nth: fc.nat(12), changes: anyChanges }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("advance"), waitMs: fc.constantFrom(60_000, 3_600_000, 20_000_000) }),
  },
);

/** Anything that may be done to an account over some days, in any order. */
export const anyDay: fc.Arbitrary<readonly Act[]> = fc.array(anyAct, { minLength: 1, maxLength: 80, size: "max" });

/** Does acts to an exchange, keeping the time and the names of the orders. */
export class DayRun {
  readonly exchange: PaperExchange;
  now: number;
  readonly #orderIds: string[];

  constructor(exchange: PaperExchange, now: number, orderIds: readonly string[] = []) {
    this.exchange = exchange;
    this.now = now;
    this.#orderIds = [...orderIds];
  }

  /** The same day, going on with another exchange. */
  continueWith(exchange: PaperExchange): DayRun {
    return new DayRun(exchange, this.now, this.#orderIds);
  }

  do(act: Act): readonly PaperEvent[] {
    this.now += act.waitMs;
    switch (act.kind) {
      case "tick":
        return this.exchange.onTick({ ...act.tick, timestamp: this.now, receivedAt: this.now });
      case "submit":
        return this.#submit(act.order);
      case "cancel":
        return this.exchange.cancel(this.now, this.#orderIds[act.nth] ?? "nobody");
      case "replace":
        return this.exchange.replace(this.now, this.#orderIds[act.nth] ?? "nobody", act.changes);
      case "status":
        return this.exchange.onStatus({ symbol: act.symbol, status: act.status, at: this.now });
      case "official":
        return this.exchange.onAuction({ ...act.auction, at: this.now });
      case "advance":
        return this.exchange.advanceTo(this.now);
    }
  }

  #submit(terms: Omit<ParsedOrder, "clientOrderId">): readonly PaperEvent[] {
    const { clientOrderId } = order({ id: `o${this.#orderIds.length}` });
    const events = this.exchange.submit(this.now, { ...terms, clientOrderId });
    for (const event of events) {
      if (event.type === "order_accepted" || event.type === "order_rejected") this.#orderIds.push(event.orderId);
    }
    return events;
  }
}
