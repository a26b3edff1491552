import { expect, it } from "vitest";
import { money } from "../../domain/decimal.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { paperSnapshotSchema } from "../paperSnapshotSchema.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "../scenarios/fixture.ts";
import { toAccountEvent } from "./toAccountEvent.ts";

const CONFIG = paperConfig();
const quote = (at: number, bid: number): Parameters<PaperExchange["onTick"]>[0] =>
  tick({ timestamp: at, bid, ask: bid, bidSize: 5_000, askSize: 5_000 });
const DIVIDEND = { type: "cash_dividend", actionId: "D1", symbol: "SPY", at: T, amountPerShare: "0.24" } as const;
const SPLIT = { type: "split", actionId: "S1", symbol: "SPY", at: T, newShares: 3, oldShares: 2 } as const;

function holding(quantity: string, side: "buy" | "sell" = "buy", config = CONFIG): PaperExchange {
  const exchange = PaperExchange.create(config);
  exchange.onTick(quote(T, 100));
  exchange.submit(T, order({ id: "a", quantity, side }));
  return exchange;
}

const sentences = (exchange: PaperExchange): readonly (string | undefined)[] =>
  exchange.money.told.map((event) => toAccountEvent(event, "7")?.message);

it("[PX250] a dividend is told on its ex-date and when it is paid, with what it brings", () => {
  const exchange = holding("100");
  exchange.onCorporateAction({ ...DIVIDEND, payAt: T + 60_000 });
  exchange.advanceTo(T + 60_000);
  expect(sentences(exchange)).toEqual([
    "SPY pays 0.24 a share: 24.00 earned on 100 shares.",
    "SPY paid its dividend: 24.00.",
  ]);
  const [first] = exchange.money.told.map((event) => toAccountEvent(event, "7"));
  expect(first).toMatchObject({
    id: `E7-${exchange.money.told[0]?.seq}`,
    kind: "dividend",
    symbol: "SPY",
    amount: "24",
    why: { rule: "PX234", params: { amountPerShare: "0.24", quantity: "100", amount: "24" } },
  });
});

it("[PX250] a short position owes it, and its shares are said to be short", () => {
  const exchange = holding("1", "sell");
  exchange.onCorporateAction({ ...DIVIDEND, payAt: T });
  exchange.onCorporateAction({ ...SPLIT, newShares: 2, oldShares: 1, cashInLieuPrice: null });
  expect(sentences(exchange)).toEqual([
    "SPY pays 0.24 a share: 0.24 owed on 1 share short.",
    "The dividend of SPY was taken from the account: 0.24.",
    "SPY split 2:1: 1 share short became 2.",
  ]);
});

it("[PX250] a split tells what was paid for the fraction; one that cannot be applied says why", () => {
  const exchange = holding("3");
  exchange.onCorporateAction({ ...SPLIT, actionId: "S0", cashInLieuPrice: null });
  exchange.onCorporateAction({ ...SPLIT, cashInLieuPrice: "66.66" });
  exchange.onCorporateAction({ ...SPLIT, cashInLieuPrice: "66.66" });
  expect(sentences(exchange)).toEqual([
    "What the issuer of SPY did was not applied. The split leaves a fraction of a lot, so it needs the price at which that is paid.",
    "SPY split 3:2: 3 shares became 4. 33.33 settled the fraction.",
  ]);
});

it("[PX250] a margin call and its end say their numbers", () => {
  const exchange = holding("100", "buy", paperConfig({ startingCash: money("7000") }));
  exchange.onTick(quote(T + 1_000, 39));
  exchange.advanceTo(T + 2_000);
  exchange.onTick(quote(T + 3_000, 100));
  exchange.advanceTo(T + 4_000);
  const told = exchange.money.told.map((event) => toAccountEvent(event, "7"));
  expect(told).toMatchObject([
    { kind: "margin_call", symbol: null, why: { rule: "PX240" } },
    { kind: "margin_call_ended", symbol: null },
  ]);
  expect(sentences(exchange)).toEqual([
    "Margin call: 75.00 short. Equity 900.00 is below the maintenance margin of 975.00: pay in, or close positions.",
    "The margin call is over: equity 7,000.00 covers the maintenance margin of 2,500.00.",
  ]);
});

it("[PX250] what an account holds nothing of is not told", () => {
  const exchange = PaperExchange.create(CONFIG);
  exchange.onTick(quote(T, 100));
  exchange.onCorporateAction({ ...DIVIDEND, payAt: T });
  exchange.onCorporateAction({ ...SPLIT, cashInLieuPrice: null });
  expect(exchange.money.told).toEqual([]);
});

it("[PX250] what was told outlasts a restart from events and from a snapshot alike", () => {
  const exchange = holding("100");
  exchange.onCorporateAction({ ...DIVIDEND, payAt: T + 60_000 });
  const snapshot = paperSnapshotSchema.parse(JSON.parse(JSON.stringify(exchange.snapshot())));
  const later = exchange.advanceTo(T + 60_000);
  const again = PaperExchange.restore(CONFIG, snapshot, later);
  expect(again.money.told).toEqual(exchange.money.told);
  expect(again.money.told).toHaveLength(2);
});
