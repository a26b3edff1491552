import { expect, test } from "vitest";
import { aFill, aLinkedOrder, anOrder } from "../../../testing/builders.ts";
import { orderEventToast } from "./orderEventToast.ts";
import { isCancelable, isOpen, ORDER_STATE_TEXT } from "./orderStateText.ts";
import { filledText, orderTitle, priceText, termsText } from "./orderText.ts";

const states = Object.values(ORDER_STATE_TEXT).map(({ label }) => label);

const fill = aFill();

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
  const trail = { by: "percent", value: "1.5" } as const;
  expect(priceText(anOrder({ type: "stop", stopPrice: "184.71", trail }))).toBe("Trails 1.5 %, stop 184.71");
  expect(priceText(anOrder({ type: "stop", stopPrice: null, trail }))).toBe("Trails 1.5 %, stop —");
  expect(orderTitle(anOrder({ notional: "500" }))).toBe("Buy $500.00 of AAPL");
});

test("[UO42] a list names the time in force of every order that is not for the day, and what it filled at", () => {
  const market = { type: "market", price: null } as const;
  expect(termsText(anOrder())).toBe("Limit 187.50");
  expect(termsText(anOrder({ ...market, timeInForce: "cls" }))).toBe("Market on close");
  expect(termsText(anOrder({ timeInForce: "opg" }))).toBe("Limit on open 187.50");
  expect(termsText(anOrder({ timeInForce: "gtc" }))).toBe("Limit 187.50 GTC");
  expect(termsText(anOrder({ ...market, timeInForce: "ioc" }))).toBe("Market IOC");
  expect(termsText(anOrder({ type: "stop_limit", stopPrice: "180", timeInForce: "gtc" }))).toBe(
    "Stop 180.00 limit 187.50 GTC",
  );
  expect(filledText(anOrder())).toBe("");
  expect(filledText(anOrder({ filledQuantity: "40", averageFillPrice: "187.51" }))).toBe("40 filled at 187.51");
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

test("[UO36] a group that the broker did not take is told of once, by the order that was placed", () => {
  const refused = (role: "entry" | "stop_loss") =>
    orderEventToast({
      sequence: 1,
      type: "state",
      at: fill.filledAt,
      order: aLinkedOrder(role, { state: "REJECTED", acknowledgedAt: null }),
      fill: null,
      message: "Rejected",
    });
  expect(refused("entry")).toMatchObject({ tone: "bad" });
  expect(refused("stop_loss")).toBeNull();
});
