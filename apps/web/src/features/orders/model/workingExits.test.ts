import type { OrderView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { account, aLinkedOrder, anOrder } from "../../../testing/builders.ts";
import { workingExitsText } from "./workingExits.ts";

const exits = [aLinkedOrder("take_profit"), aLinkedOrder("stop_loss")];
const known = (orders: readonly OrderView[]) => new Map(orders.map((order) => [order.id, { order, heardAt: 1 }]));
const closing = { account, symbol: "AAPL", draft: { side: "sell" }, held: "100" } as const;

test("[UO41] a ticket that closes a position says that its exits work, and what becomes of them", () => {
  expect(workingExitsText(closing, known([...exits, anOrder({ side: "sell" })]))).toBe(
    "2 exits are working for this position; they shrink with it.",
  );
  expect(workingExitsText(closing, known([exits[0] ?? anOrder(), aLinkedOrder("entry")]))).toBe(
    "1 exit is working for this position; it shrinks with it.",
  );
});

test("[UO41] of a broker that is not the paper exchange no more is promised than is known", () => {
  const elsewhere = { ...account, broker: "alpaca" };
  expect(workingExitsText({ ...closing, account: elsewhere }, known(exits))).toBe(
    "2 exits are working for this position; cancel what should not outlive it.",
  );
});

test("[UO41] exits that wait, ended, or work for another position are none, and an order that opens has none", () => {
  const others = [
    aLinkedOrder("take_profit", { isHeld: true }),
    aLinkedOrder("stop_loss", { state: "CANCELED" }),
    aLinkedOrder("take_profit", { id: "msft", symbol: "MSFT" }),
    aLinkedOrder("stop_loss", { id: "away", accountId: "account-2" }),
    aLinkedOrder("stop_loss", { id: "short", side: "buy" }),
  ];
  expect(workingExitsText(closing, known(others))).toBeUndefined();
  expect(workingExitsText({ ...closing, draft: { side: "buy" } }, known(exits))).toBeUndefined();
  expect(workingExitsText({ ...closing, held: "-100" }, known(exits))).toBeUndefined();
  expect(workingExitsText({ ...closing, held: undefined }, known(exits))).toBeUndefined();
});
