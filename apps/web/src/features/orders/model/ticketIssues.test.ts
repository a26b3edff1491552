import { expect, test } from "vitest";
import { EMPTY_DRAFT } from "./ticketDraft.ts";
import type { TicketDraft } from "./ticketDraft.ts";
import { issuesByField } from "./ticketIssues.ts";

/** Only the fields at which an objection came to stand. */
function placed(issues: Parameters<typeof issuesByField>[0], change: Partial<TicketDraft>) {
  const byField = issuesByField(issues, { ...EMPTY_DRAFT, ...change });
  return Object.fromEntries(Object.entries(byField).filter(([, messages]) => messages.length > 0));
}

test("[UT17] each objection stands beside its field, whether it is named by name or by path, and only once", () => {
  const issues = [
    { field: "quantity", message: "Too many." },
    { field: "order.quantity", message: "Too many." },
    { field: "order.price", message: "Off the grid." },
    { field: null, message: "Trading is halted." },
    { field: "symbol", message: "Not traded here." },
  ];
  expect(placed(issues, { type: "limit" })).toEqual({
    quantity: ["Too many."],
    price: ["Off the grid."],
    other: ["Trading is halted.", "Not traded here."],
  });
});

test("[UT28] an objection to a field that the ticket does not show is still read", () => {
  expect(placed([{ field: "price", message: "Off the grid." }], { type: "market" })).toEqual({
    other: ["Off the grid."],
  });
  const dollars = { type: "market", unit: "dollars" } as const;
  expect(placed([{ field: "quantity", message: "Too large." }], dollars)).toEqual({ notional: ["Too large."] });
});

test("[UT29] an exit's objection stands at the exit, also where its path goes deeper", () => {
  const exits = { choice: "both", takeProfit: "199", stopLoss: "180", stopLimit: "" } as const;
  const issues = [
    { field: "order.stopLoss.stopPrice", message: "Off the grid." },
    { field: "takeProfit", message: "Below the entry." },
    { field: "orderClass", message: "Not for this order." },
  ];
  expect(placed(issues, { exits })).toEqual({
    stopLoss: ["Off the grid."],
    takeProfit: ["Below the entry."],
    orderClass: ["Not for this order."],
  });
});
