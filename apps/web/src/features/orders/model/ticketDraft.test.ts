import { expect, test } from "vitest";
import { draftProblems, EMPTY_DRAFT, toOrderInput } from "./ticketDraft.ts";

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
