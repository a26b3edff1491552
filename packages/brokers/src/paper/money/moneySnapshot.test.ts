import { expect, it } from "vitest";
import { money } from "../../domain/decimal.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { paperSnapshotSchema } from "../paperSnapshotSchema.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "../scenarios/fixture.ts";

const CONFIG = paperConfig({ startingCash: money("7000") });
const quote = (at: number, bid: number): Parameters<PaperExchange["onTick"]>[0] =>
  tick({ timestamp: at, bid, ask: bid, bidSize: 100, askSize: 100 });

/** Through JSON and back. */
function restarted(exchange: PaperExchange): PaperExchange {
  return PaperExchange.restore(CONFIG, paperSnapshotSchema.parse(JSON.parse(JSON.stringify(exchange.snapshot()))), []);
}

function lived(): PaperExchange {
  const exchange = PaperExchange.create(CONFIG);
  exchange.onTick(quote(T, 100));
  exchange.submit(T, order({ id: "a" }));
  return exchange;
}

it("[PX240] a margin call that was told is not told again after a restart, and ends once", () => {
  const exchange = lived();
  exchange.onTick(quote(T + 1_000, 39));
  expect(exchange.advanceTo(T + 2_000)).toMatchObject([{ type: "margin_call", deficit: "75" }]);
  const again = restarted(exchange);
  expect(again.advanceTo(T + 3_000)).toEqual([]);
  again.onTick(quote(T + 4_000, 100));
  expect(again.advanceTo(T + 5_000)).toMatchObject([{ type: "margin_call_ended" }]);
});

it("[PX201] [PX230] [PX236] what is unsettled, applied and to be paid outlasts a restart", () => {
  const exchange = lived();
  const dividend = { type: "cash_dividend", actionId: "D1", symbol: "SPY", at: T, amountPerShare: "1" } as const;
  exchange.onCorporateAction({ ...dividend, payAt: T + 60_000 });
  exchange.onTick(quote(T + 1_000, 99));
  exchange.submit(T + 1_000, order({ id: "b", side: "sell" }));
  const again = restarted(exchange);
  expect(again.balances(T + 1_000)).toEqual(exchange.balances(T + 1_000));
  expect(again.balances(T + 1_000)).toMatchObject({ settledCash: "-3000", accruedDividends: "100" });
  expect(again.onCorporateAction({ ...dividend, payAt: T + 60_000 })).toMatchObject([{ code: "DUPLICATE_ORDER" }]);
  expect(again.advanceTo(T + 60_000)).toMatchObject([{ type: "dividend_paid", amount: "100" }]);
});
