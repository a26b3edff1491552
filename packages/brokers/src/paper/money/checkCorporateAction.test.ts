import { describe, expect, it } from "vitest";
import type { CorporateAction } from "../../domain/CorporateAction.ts";
import { ScenarioRun } from "../scenarios/ScenarioRun.ts";
import { TEN_O_CLOCK as T } from "../scenarios/fixture.ts";

const split = {
  type: "split",
  actionId: "S",
  symbol: "SPY",
  at: T,
  newShares: 2,
  oldShares: 1,
  cashInLieuPrice: null,
} as const;
const dividend = {
  type: "cash_dividend",
  actionId: "D",
  symbol: "SPY",
  at: T,
  amountPerShare: "0.5",
  payAt: T,
} as const;
const rename = { type: "symbol_change", actionId: "R", symbol: "SPY", at: T, newSymbol: "NASD" } as const;

/** Holds 15 SPY, marked at 99.99, and 10 IBM, marked at 49.995. Nothing is known of NASD. */
function account(): ScenarioRun {
  const run = new ScenarioRun();
  for (const line of [
    "quote 99.98x300 100.00x15",
    "a: buy 15 market",
    "quote 49.99x300 50.00x10 IBM",
    "b: buy 10 market IBM",
  ]) {
    run.play(line);
  }
  return run;
}

const ID = "The id of an action has 1 to 128 printable characters.";
const RATIO = "A split is a ratio of two different whole numbers from 1 to 1000000, not";
const PRICE = "The price of fractions is a decimal above zero, or null.";
const AMOUNT = "A dividend is a decimal number of dollars a share above zero.";
const PAID = "A dividend is paid at a finite instant, at its ex-date or later.";

describe("[PX230] what is refused, and why", () => {
  it.each<[string, CorporateAction, string, Record<string, string>]>([
    ["an empty id", { ...split, actionId: "" }, ID, { field: "actionId" }],
    ["an id of 129 characters", { ...split, actionId: "x".repeat(129) }, ID, { field: "actionId" }],
    ["an id that begins with a line's end", { ...split, actionId: "\nS" }, ID, { field: "actionId" }],
    ["an id that ends with one", { ...split, actionId: "S\n" }, ID, { field: "actionId" }],
    [
      "a split of nothing",
      { ...split, newShares: 0 },
      `${RATIO} 0:1.`,
      { field: "newShares", newShares: "0", oldShares: "1" },
    ],
    [
      "a split into too many",
      { ...split, newShares: 1_000_001 },
      `${RATIO} 1000001:1.`,
      { field: "newShares", newShares: "1000001", oldShares: "1" },
    ],
    [
      "a split of too many",
      { ...split, oldShares: 1_000_001 },
      `${RATIO} 2:1000001.`,
      { field: "newShares", newShares: "2", oldShares: "1000001" },
    ],
    [
      "a split into as many",
      { ...split, oldShares: 2 },
      `${RATIO} 2:2.`,
      { field: "newShares", newShares: "2", oldShares: "2" },
    ],
    ["no price", { ...split, cashInLieuPrice: "x" }, PRICE, { field: "cashInLieuPrice" }],
    ["a price of zero", { ...split, cashInLieuPrice: "0" }, PRICE, { field: "cashInLieuPrice" }],
    [
      "a fraction without its price",
      { ...split, newShares: 3, oldShares: 2 },
      "The split leaves a fraction of a lot, so it needs the price at which that is paid.",
      { field: "cashInLieuPrice" },
    ],
    ["a dividend of nothing", { ...dividend, amountPerShare: "0" }, AMOUNT, { field: "amountPerShare" }],
    ["no amount", { ...dividend, amountPerShare: "x" }, AMOUNT, { field: "amountPerShare" }],
    [
      "a dividend of the whole mark",
      { ...dividend, amountPerShare: "99.990" },
      "A dividend of 99.99 a share is not below the mark of SPY, 99.99.",
      { field: "amountPerShare", amountPerShare: "99.99", mark: "99.99" },
    ],
    ["a dividend that was paid before", { ...dividend, payAt: T - 1 }, PAID, { field: "payAt" }],
    ["a dividend that is never paid", { ...dividend, payAt: Number.NaN }, PAID, { field: "payAt" }],
    ["a dividend at the end of time", { ...dividend, payAt: Number.POSITIVE_INFINITY }, PAID, { field: "payAt" }],
    ["the old name", { ...rename, newSymbol: "SPY" }, "The new symbol is the old one.", { field: "newSymbol" }],
    [
      "a name that is held",
      { ...rename, newSymbol: "IBM" },
      "IBM is held already, so SPY cannot take its name.",
      { field: "newSymbol", newSymbol: "IBM" },
    ],
  ])("%s", (_title, action, text, params) => {
    const run = account();
    const before = run.exchange.balances(run.now);
    expect(run.exchange.onCorporateAction(action)).toMatchObject([
      {
        type: "corporate_action_rejected",
        actionId: action.actionId,
        symbol: action.symbol,
        code: "INVALID_ORDER",
        reason: { rule: "PX230", text, params },
      },
    ]);
    expect(run.exchange.balances(run.now)).toEqual(before);
  });

  it.each<[string, CorporateAction, string]>([
    ["of a share", { ...split, symbol: "NOPE" }, "NOPE"],
    ["of a new name", { ...rename, newSymbol: "NOPE" }, "NOPE"],
  ])("an unknown symbol %s", (_title, action, symbol) => {
    const [event] = account().exchange.onCorporateAction(action);
    const reason = { rule: "PX230", text: `No instrument is called ${symbol}.`, params: { symbol } };
    expect(event).toMatchObject({ code: "SYMBOL_NOT_FOUND", reason });
  });

  it("an action that was applied before", () => {
    const { exchange } = account();
    exchange.onCorporateAction(split);
    const reason = { rule: "PX230", text: "Action S was applied before.", params: { actionId: "S" } };
    expect(exchange.onCorporateAction(split)).toMatchObject([{ code: "DUPLICATE_ORDER", reason }]);
  });
});

it.each<[string, CorporateAction, string]>([
  ["an id of 128 characters", { ...split, actionId: "x".repeat(128) }, "split_applied"],
  ["the largest ratio", { ...split, newShares: 1_000_000 }, "split_applied"],
  ["a dividend that is paid at once", dividend, "dividend_accrued"],
  ["a dividend of a share without a mark", { ...dividend, symbol: "NASD" }, "dividend_accrued"],
  ["a name that nobody holds", rename, "symbol_changed"],
])("[PX230] %s is taken", (_title, action, type) => {
  const run = account();
  expect(run.exchange.onCorporateAction(action)[0]?.type).toBe(type);
});
