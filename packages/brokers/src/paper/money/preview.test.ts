import { expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "../scenarios/fixture.ts";
import { ACCESS_FEE_CAP } from "./exchangeFees.ts";

const quoted = (exchange: PaperExchange, symbol = "SPY"): PaperExchange => {
  exchange.onTick(tick({ symbol, timestamp: T, bid: 99.98, ask: 100, bidSize: 300, askSize: 300 }));
  return exchange;
};

it("[PX221] a preview reckons with the commission an order and the fee for access", () => {
  const profile = {
    ...DEFAULT_PAPER_PROFILE,
    exchangeFees: ACCESS_FEE_CAP,
    commission: { perShare: "0", minimumPerOrder: "0", perOrder: "4.95" },
  };
  const exchange = quoted(PaperExchange.create(paperConfig({ profile })));
  // 4.95 + 100 × 0.003
  expect(exchange.preview(T, order({ id: "a" }))?.fees).toBe(parseFixed("5.25"));
});

it("[PX202] a preview for a cash account needs the whole price, of settled cash", () => {
  const exchange = quoted(
    PaperExchange.create(paperConfig({ profile: { ...DEFAULT_PAPER_PROFILE, account: "cash" } })),
  );
  exchange.submit(T, order({ id: "a", quantity: "300" }));
  exchange.onTick(tick({ timestamp: T + 1_000, bid: 99.98, ask: 100, bidSize: 300, askSize: 300 }));
  exchange.submit(T + 1_000, order({ id: "b", side: "sell", quantity: "300" }));
  expect(
    exchange.preview(T + 1_000, order({ id: "c", type: "limit", price: "100.00", quantity: "700" })),
  ).toMatchObject({
    required: parseFixed("70000"),
    available: parseFixed("70000"),
    canExecute: true,
  });
  expect(
    exchange.preview(T + 1_000, order({ id: "c", type: "limit", price: "100.00", quantity: "701" }))?.canExecute,
  ).toBe(false);
});

it("[PX17] a preview of an amount of money reckons with the shares that it buys", () => {
  const exchange = quoted(PaperExchange.create(paperConfig()), "PART");
  const asked = { ...order({ id: "a", symbol: "PART", quantity: "0" }), notional: parseFixed("250") };
  expect(exchange.preview(T, asked)).toMatchObject({ notional: parseFixed("250"), required: parseFixed("125") });
});
