import { expect, test } from "vitest";
import { exitProblems, NO_EXITS } from "./exitsDraft.ts";
import type { ExitsDraft } from "./exitsDraft.ts";
import { exitOutcome } from "./exitOutcome.ts";

const both: ExitsDraft = { choice: "both", takeProfit: "199", stopLoss: "180", stopLimit: "" };
const limit = { price: "187.5", name: "limit price" };

test("[UT33] exits lie on their sides of the entry and of each other, and each field says what it is about", () => {
  const none = { takeProfit: [], stopLoss: [], stopLimit: [] };
  expect(exitProblems(both, { side: "buy", entry: limit })).toEqual(none);
  expect(exitProblems({ ...both, stopLoss: "188" }, { side: "buy", entry: limit })).toEqual({
    ...none,
    stopLoss: ["It must lie below the limit price, 187.50."],
  });
  expect(exitProblems(both, { side: "sell", entry: limit })).toEqual({
    takeProfit: ["It must lie below the limit price, 187.50."],
    stopLoss: ["It must lie above the limit price, 187.50."],
    stopLimit: [],
  });
  expect(exitProblems({ ...both, stopLoss: "199" }, { side: "buy", entry: undefined }).stopLoss).toEqual([
    "It must lie below the take profit, 199.00.",
  ]);
});

test("[UT34] the stop of a pair that closes lies beyond the market from its profit", () => {
  const oco: ExitsDraft = { ...both, choice: "oco" };
  const profit = { price: "199", name: "limit price" };
  expect(exitProblems(oco, { side: "sell", entry: profit }).stopLoss).toEqual([]);
  expect(exitProblems(oco, { side: "buy", entry: profit }).stopLoss).toEqual([
    "It must lie above the limit price, 199.00.",
  ]);
});

test("[UT35] an exit that is chosen needs its price; the limit of a stop may be left out", () => {
  const empty: ExitsDraft = { ...NO_EXITS, choice: "both" };
  expect(exitProblems(empty, { side: "buy", entry: undefined })).toEqual({
    takeProfit: ["Enter a price, such as 199.00."],
    stopLoss: ["Enter a stop price, such as 180.00."],
    stopLimit: [],
  });
  expect(exitProblems({ ...both, stopLimit: "0" }, { side: "buy", entry: undefined }).stopLimit).toEqual([
    "It must be above zero.",
  ]);
  expect(exitProblems({ ...empty, choice: "none" }, { side: "buy", entry: undefined }).takeProfit).toEqual([]);
});

test("[UT36] risk and reward are reckoned from the entry, in dollars to the cent and as a share of it", () => {
  const outcome = exitOutcome(both, { side: "buy", quantity: "100", entry: "187.5", price: "" });
  expect([outcome.reward?.dollars, outcome.risk?.dollars]).toEqual(["1150", "750"]);
  expect(outcome.reward?.share).toBeCloseTo(0.06133, 5);
  expect(outcome.ratio).toBeCloseTo(1150 / 750, 9);
});

test("[UT37] nothing is promised of an exit on the wrong side, or without a quantity or a price to start from", () => {
  const from = { side: "buy", quantity: "100", entry: "187.5", price: "" } as const;
  const nothing = { reward: null, risk: null, ratio: null };
  expect(exitOutcome(both, { ...from, side: "sell" })).toEqual(nothing);
  expect(exitOutcome(both, { ...from, quantity: "" })).toEqual(nothing);
  expect(exitOutcome(both, { ...from, entry: null })).toEqual(nothing);
});
