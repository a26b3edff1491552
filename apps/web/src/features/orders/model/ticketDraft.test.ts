import { ORDER_SIDES, TIMES_IN_FORCE } from "@trenddojo/brokers/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EXIT_CHOICES } from "./exitsDraft.ts";
import { draftProblems, EMPTY_DRAFT, toOrderInput, UNREADABLE } from "./ticketDraft.ts";
import type { TicketDraft } from "./ticketDraft.ts";

const exits = { choice: "both", takeProfit: "199", stopLoss: "180", stopLimit: "" } as const;

test("[UT7] an order holds exactly the prices that its type has, as exact strings", () => {
  const draft = { ...EMPTY_DRAFT, quantity: "100", price: "187.51", stopPrice: "180" };
  expect(toOrderInput("AAPL", draft)).not.toHaveProperty("price");
  expect(toOrderInput("AAPL", { ...draft, type: "limit" })).toMatchObject({
    type: "limit",
    quantity: "100",
    price: "187.51",
  });
  expect(toOrderInput("AAPL", { ...draft, type: "stop" })).toMatchObject({ type: "stop", stopPrice: "180" });
  expect(toOrderInput("AAPL", { ...draft, type: "stop_limit" })).toMatchObject({ price: "187.51", stopPrice: "180" });
});

test.each([
  ["", "Enter a quantity, such as 100."],
  ["ten", "“ten” is not a number with at most 9 decimals. Enter a quantity, such as 100."],
  ["0", "It must be above zero."],
  ["-5", "It must be above zero."],
])("[UT8] a quantity of “%s” is no order, and the field says why", (quantity, problem) => {
  const draft = { ...EMPTY_DRAFT, quantity };
  expect(draftProblems(draft).quantity).toEqual([problem]);
  expect(toOrderInput("AAPL", draft)).toBeUndefined();
});

test("[UT9] a price that the type does not need is no problem", () => {
  expect(draftProblems({ ...EMPTY_DRAFT, quantity: "1", price: "abc" }).price).toEqual([]);
});

test("[UT30] an order kind sends its own terms: a trail, an amount of money, an end, exits", () => {
  const draft = { ...EMPTY_DRAFT, quantity: "100" };
  const common = { symbol: "AAPL", side: "buy", extendedHours: false };
  expect(toOrderInput("AAPL", { ...draft, type: "trailing_stop", trail: { by: "percent", value: "1.5" } })).toEqual({
    ...common,
    type: "stop",
    timeInForce: "day",
    quantity: "100",
    trail: { by: "percent", value: "1.5" },
  });
  expect(toOrderInput("AAPL", { ...draft, unit: "dollars", notional: "500" })).toEqual({
    ...common,
    type: "market",
    timeInForce: "day",
    notional: "500",
  });
  const expiresAt = "2026-11-30T21:00:00.000Z";
  expect(toOrderInput("AAPL", { ...draft, type: "limit", price: "187", timeInForce: "gtc", expiresAt })).toEqual({
    ...common,
    type: "limit",
    timeInForce: "gtc",
    quantity: "100",
    price: "187",
    expiresAt,
  });
  expect(toOrderInput("AAPL", { ...draft, exits: { ...exits, stopLimit: "179.5" } })).toEqual({
    ...common,
    type: "market",
    timeInForce: "day",
    quantity: "100",
    orderClass: "bracket",
    takeProfit: { price: "199" },
    stopLoss: { stopPrice: "180", price: "179.5" },
  });
  expect(toOrderInput("AAPL", { ...draft, exits: { ...exits, choice: "stop_loss" } })).toMatchObject({
    orderClass: "oto",
    stopLoss: { stopPrice: "180" },
  });
  const oco = { ...draft, side: "sell", type: "limit", price: "199", exits: { ...exits, choice: "oco" } } as const;
  expect(toOrderInput("AAPL", oco)).toEqual({
    ...common,
    side: "sell",
    type: "limit",
    timeInForce: "day",
    quantity: "100",
    price: "199",
    orderClass: "oco",
    stopLoss: { stopPrice: "180" },
  });
});

test("[UT31] half an end is no order, and a draft that shows no end does not ask for one", () => {
  const draft = { ...EMPTY_DRAFT, quantity: "1", expiresAt: UNREADABLE };
  expect(draftProblems({ ...draft, timeInForce: "gtc" }).expiresAt).toEqual([
    "Give the whole date and time, or clear them.",
  ]);
  expect(toOrderInput("AAPL", { ...draft, timeInForce: "gtc" })).toBeUndefined();
  expect(toOrderInput("AAPL", draft)).not.toHaveProperty("expiresAt");
});

/** Everything filled in, whatever is shown of it. */
const anyDraft: fc.Arbitrary<TicketDraft> = fc.record({
  side: fc.constantFrom(...ORDER_SIDES),
  type: fc.constantFrom("market", "limit", "stop", "stop_limit", "trailing_stop"),
  unit: fc.constantFrom("shares", "dollars"),
  quantity: fc.constant("3"),
  notional: fc.constant("500"),
  price: fc.constant("187"),
  stopPrice: fc.constant("186"),
  trail: fc.constant({ by: "amount", value: "2" }),
  timeInForce: fc.constantFrom(...TIMES_IN_FORCE),
  expiresAt: fc.constantFrom("", "2026-11-30T21:00:00.000Z"),
  extendedHours: fc.boolean(),
  exits: fc.record({
    choice: fc.constantFrom(...EXIT_CHOICES),
    takeProfit: fc.constantFrom("199", "180"),
    stopLoss: fc.constantFrom("180", "199"),
    stopLimit: fc.constantFrom("", "179"),
  }),
});

test("[UT32] what a ticket does not show it does not send, in whatever order its fields were filled", () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      const order = toOrderInput("AAPL", draft);
      if (order === undefined) return;
      const isMarket = draft.type === "market";
      const inDollars = isMarket && draft.unit === "dollars" && draft.timeInForce === "day";
      expect("notional" in order).toBe(inDollars);
      expect("quantity" in order).toBe(!inDollars);
      expect("price" in order).toBe(draft.type === "limit" || draft.type === "stop_limit");
      expect("stopPrice" in order).toBe(draft.type === "stop" || draft.type === "stop_limit");
      expect("trail" in order).toBe(draft.type === "trailing_stop");
      expect("expiresAt" in order).toBe(draft.timeInForce === "gtc" && draft.expiresAt !== "");
      const { choice } = draft.exits;
      const canExit = choice === "oco" ? draft.type === "limit" : (isMarket || draft.type === "limit") && !inDollars;
      expect("orderClass" in order).toBe(choice !== "none" && canExit);
      expect("takeProfit" in order).toBe(canExit && (choice === "take_profit" || choice === "both"));
      expect("stopLoss" in order).toBe(canExit && ["stop_loss", "both", "oco"].includes(choice));
    }),
  );
});
