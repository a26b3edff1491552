import { expect, test } from "vitest";
import { aLinkedOrder, anOrder } from "../../../testing/builders.ts";
import { changeableFields, orderChanges } from "./orderChanges.ts";

test("[UO26] what can be changed is what the kind of the order lets be changed, and the rest has its reason", () => {
  const trail = { by: "percent", value: "1.5" } as const;
  expect(changeableFields(anOrder()).fields).toEqual(["quantity", "price"]);
  expect(changeableFields(anOrder({ type: "stop", price: null, stopPrice: "184", trail }))).toEqual({
    fields: ["quantity"],
    note: "The market moves the stop of a trailing stop.",
  });
  expect(changeableFields(aLinkedOrder("take_profit"))).toEqual({
    fields: ["price"],
    note: "The quantity of an exit is that of what it closes.",
  });
  expect(changeableFields(aLinkedOrder("entry")).fields).toEqual(["quantity", "price"]);
  expect(changeableFields(anOrder({ type: "market", price: null, notional: "500" }))).toEqual({
    fields: [],
    note: "it is for an amount of money; cancel it and place another",
  });
});

test("[UO27] a change holds what was changed and can be, and nothing while a number is none", () => {
  const edited = { quantity: "90", price: "187.5", stopPrice: "" };
  expect(orderChanges(anOrder(), edited).changes).toEqual({ quantity: "90" });
  expect(orderChanges(anOrder(), { ...edited, quantity: "100" }).changes).toBeUndefined();
  expect(orderChanges(aLinkedOrder("take_profit"), { ...edited, price: "200" }).changes).toEqual({ price: "200" });
  const broken = orderChanges(anOrder(), { ...edited, price: "ten" });
  expect([broken.changes, broken.problems.price.length]).toEqual([undefined, 1]);
});
