import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { orderEventToast } from "./orderEventToast.ts";
import { isCancelable, isOpen, ORDER_STATE_TEXT } from "./orderStateText.ts";
import { orderTitle, priceText } from "./orderText.ts";

const states = Object.values(ORDER_STATE_TEXT).map(({ label }) => label);

const fill = {
  id: "f",
  executionId: "e",
  orderId: "order-1",
  accountId: "account-1",
  symbol: "AAPL",
  side: "buy",
  quantity: "40",
  price: "187.51",
  fees: "0",
  filledAt: "2026-11-23T15:00:01.000Z",
  reason: null,
} as const;

test("[UO4] only an acknowledged order is called working, and no two meanings share a word but those on their way", () => {
  expect(ORDER_STATE_TEXT.SENDING.label).toBe("Sending");
  expect(ORDER_STATE_TEXT.WORKING.label).toBe("Working");
  expect(states.filter((label) => label === "Working")).toHaveLength(1);
  expect(new Set(states).size).toBe(states.length - 1);
});

test("[UO5] an unknown order counts as open and cannot be cancelled blindly; a closed one neither", () => {
  expect([isOpen(anOrder({ state: "UNKNOWN" })), isCancelable(anOrder({ state: "UNKNOWN" }))]).toEqual([true, false]);
  expect([isOpen(anOrder({ state: "FILLED" })), isCancelable(anOrder({ state: "FILLED" }))]).toEqual([false, false]);
  expect(isCancelable(anOrder())).toBe(true);
});

test("[UO6] an order is told in a line", () => {
  expect(orderTitle(anOrder())).toBe("Buy 100 AAPL");
  expect(priceText(anOrder({ type: "stop_limit", stopPrice: "180" }))).toBe("Stop 180.00 limit 187.50");
});

test("[UO7] a partial fill says how much of how much, in the mode of its money", () => {
  const event = {
    sequence: 1,
    type: "fill",
    at: fill.filledAt,
    order: anOrder({ state: "PARTIALLY_FILLED", filledQuantity: "40" }),
    fill,
    message: "",
  } as const;
  expect(orderEventToast(event)).toMatchObject({
    tone: "info",
    mode: "paper",
    sticky: false,
    detail: "Filled 40 at 187.51: 40 of 100 in all.",
  });
});

test("[UO8] a rejection and a doubt stay on the screen, with the reason", () => {
  const rejected = anOrder({
    state: "REJECTED",
    reason: { code: "INSUFFICIENT_FUNDS", message: "Needs 18,750.00, has 12.00.", params: {} },
  });
  expect(
    orderEventToast({
      sequence: 1,
      type: "state",
      at: fill.filledAt,
      order: rejected,
      fill: null,
      message: "Rejected",
    }),
  ).toMatchObject({ tone: "bad", sticky: true, detail: "Needs 18,750.00, has 12.00." });
  expect(
    orderEventToast({
      sequence: 2,
      type: "state",
      at: fill.filledAt,
      order: anOrder({ state: "UNKNOWN" }),
      fill: null,
      message: "No answer",
    }),
  ).toMatchObject({ sticky: true });
});
