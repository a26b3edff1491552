import { expect, test } from "vitest";
import { capabilities, everything, instrument } from "../../../testing/builders.ts";
import { dollarsReason, exitChoices, orderTypeChoices, takesParts, timeInForceChoices } from "./ticketChoices.ts";
import { EMPTY_DRAFT, exitChoiceOf } from "./ticketDraft.ts";
import type { TicketDraft } from "./ticketDraft.ts";

const reasons = (choices: readonly { readonly value: string; readonly disabledReason: string | undefined }[]) =>
  Object.fromEntries(
    choices.flatMap(({ value, disabledReason }) => (disabledReason === undefined ? [] : [[value, disabledReason]])),
  );
const draft = (change: Partial<TicketDraft>): TicketDraft => ({ ...EMPTY_DRAFT, ...change });

test("[UT42] every kind is in the list; what the broker cannot do has its reason", () => {
  expect(orderTypeChoices(everything).map(({ label }) => label)).toEqual([
    "Market",
    "Limit",
    "Stop",
    "Stop limit",
    "Trailing stop",
  ]);
  expect(reasons(orderTypeChoices(everything))).toEqual({});
  expect(reasons(orderTypeChoices(capabilities))).toEqual({ trailing_stop: "plain stops only" });
  expect(reasons(exitChoices(capabilities, EMPTY_DRAFT, "100"))).toEqual({
    take_profit: "single orders only",
    stop_loss: "single orders only",
    both: "single orders only",
    oco: "single orders only",
  });
});

test("[UT43] a stop and an order with exits can wait only for the day or until canceled", () => {
  const stops = reasons(timeInForceChoices(everything, draft({ type: "trailing_stop" })));
  expect(Object.keys(stops)).toEqual(["ioc", "fok", "opg", "cls"]);
  const exits = { choice: "both", takeProfit: "", stopLoss: "", stopLimit: "" } as const;
  expect(reasons(timeInForceChoices(everything, draft({ exits })))["ioc"]).toBe(
    "exits wait: for the day, or until canceled",
  );
  expect(reasons(timeInForceChoices(everything, EMPTY_DRAFT))).toEqual({});
});

test("[UT44] a pair that closes needs a position on its side; exits need an entry and a number of shares", () => {
  const sell = draft({ side: "sell" });
  expect(reasons(exitChoices(everything, sell, "100"))).toEqual({});
  expect(reasons(exitChoices(everything, sell, "0"))).toEqual({ oco: "nothing is held to sell" });
  expect(reasons(exitChoices(everything, sell, undefined))).toEqual({ oco: "what is held is not known yet" });
  expect(reasons(exitChoices(everything, EMPTY_DRAFT, "100"))).toEqual({
    oco: "nothing was sold short to buy back",
  });
  expect(reasons(exitChoices(everything, EMPTY_DRAFT, "-5"))).toEqual({});
  expect(reasons(exitChoices(everything, draft({ side: "sell", type: "stop" }), "100"))["both"]).toBe(
    "an entry is a market or a limit order",
  );
  expect(reasons(exitChoices(everything, draft({ unit: "dollars" }), "-5"))["both"]).toBe(
    "exits need a number of shares",
  );
});

test("[UT45] exits that the order could not have are none, and come back with the type that can have them", () => {
  const exits = { choice: "both", takeProfit: "", stopLoss: "", stopLimit: "" } as const;
  expect(exitChoiceOf(draft({ type: "stop", exits }))).toBe("none");
  expect(exitChoiceOf(draft({ type: "limit", exits }))).toBe("both");
  expect(exitChoiceOf(draft({ type: "market", exits: { ...exits, choice: "oco" } }))).toBe("none");
});

test("[UT46] dollars and parts of a share go where broker and instrument take them", () => {
  expect(dollarsReason(everything, instrument)).toBeUndefined();
  expect(dollarsReason(capabilities, instrument)).toBe("shares only");
  expect(dollarsReason(everything, { ...instrument, fractionable: false })).toBe("traded in whole shares");
  expect(takesParts(everything, instrument, EMPTY_DRAFT)).toBe(true);
  expect(takesParts(everything, instrument, draft({ timeInForce: "gtc" }))).toBe(false);
  expect(takesParts(capabilities, instrument, EMPTY_DRAFT)).toBe(false);
});
