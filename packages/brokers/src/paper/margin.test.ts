import { describe, expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { initialMargin, maintenanceMargin, openingQuantity, sideMargin } from "./margin.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { DEFAULT_PAPER_PROFILE, readProfile } from "./profile.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const TERMS = readProfile(DEFAULT_PAPER_PROFILE);
const shares = (count: number): bigint => parseFixed(count);

describe("[PX71] the part of a side's orders that can only open", () => {
  it.each([
    ["buys of a flat account", "buy", 100, 0, 100],
    ["buys that add to a long", "buy", 100, 50, 100],
    ["buys that cover a part of a short", "buy", 100, -150, 0],
    ["buys beyond a short", "buy", 100, -40, 60],
    ["sales of a flat account", "sell", 100, 0, 100],
    ["sales of a part of a long", "sell", 100, 150, 0],
    ["sales beyond a long", "sell", 100, 40, 60],
    ["sales that add to a short", "sell", 100, -50, 100],
  ] as const)("%s", (_title, side, open, held, opening) => {
    expect(openingQuantity(side, shares(open), shares(held))).toBe(shares(opening));
  });
});

it("[PX71] the reserve goes up to the next billionth of a dollar, never down", () => {
  // One billionth of a share at one dollar: half a billionth of margin.
  expect(sideMargin("buy", { quantity: 1n, notional: parseFixed(1) }, 0n, TERMS)).toBe(1n);
  expect(sideMargin("buy", { quantity: shares(2), notional: shares(2) * parseFixed(10) }, 0n, TERMS)).toBe(
    parseFixed(10),
  );
});

it("[PX70] [PX72] the margin of what is held goes up to the next billionth of a dollar, on either side", () => {
  const long = { long: 1n, short: 0n, cost: 0n };
  const short = { long: 0n, short: -1n, cost: 0n };
  expect([long, short].map((exposure) => initialMargin(exposure, TERMS))).toEqual([1n, 1n]);
  expect([long, short].map((exposure) => maintenanceMargin(exposure, TERMS))).toEqual([1n, 1n]);
});

it("[PX71] what a fill leaves to be closed, the orders of the other side hold nothing back for", () => {
  const exchange = PaperExchange.create(paperConfig());
  exchange.onTick(tick({ timestamp: T, bid: 99.98, ask: 100, bidSize: 300, askSize: 300 }));
  exchange.submit(T, order({ id: "sale", side: "sell", type: "limit", price: "110" }));
  expect(exchange.balances(T).reserved).toBe("11000");
  exchange.submit(T, order({ id: "purchase", quantity: "60" }));
  expect(exchange.balances(T).reserved).toBe("4400");
});
