import { expect, test } from "vitest";
import { issuesByField } from "./ticketIssues.ts";

test("[UT17] each objection stands beside its field, whether it is named by name or by path, and only once", () => {
  const issues = [
    { field: "quantity", message: "Too many." },
    { field: "order.quantity", message: "Too many." },
    { field: "order.price", message: "Off the grid." },
    { field: null, message: "Trading is halted." },
    { field: "symbol", message: "Not traded here." },
  ];
  expect(issuesByField(issues)).toEqual({
    quantity: ["Too many."],
    price: ["Off the grid."],
    stopPrice: [],
    timeInForce: [],
    other: ["Trading is halted.", "Not traded here."],
  });
});
