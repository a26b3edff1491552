import type { AccountEventView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { accountEventToast } from "./accountEventToast.ts";

const EVENT: AccountEventView = {
  accountId: "a1",
  sequence: 7,
  at: "2026-11-20T15:00:00.000Z",
  kind: "split",
  symbol: "AAPL",
  mode: "paper",
  message: "AAPL split 4:1: 100 shares became 400.",
};

test("[UA7] what happened without an order is told with its symbol, its sentence and its mode", () => {
  expect(accountEventToast(EVENT)).toEqual({
    title: "Split · AAPL",
    detail: "AAPL split 4:1: 100 shares became 400.",
    tone: "info",
    mode: "paper",
    sticky: false,
  });
});

test("[UA7] a margin call stays until it is put away; its end does not", () => {
  const call = { ...EVENT, kind: "margin_call", symbol: null, message: "Margin call: 1,234.00 short." } as const;
  expect(accountEventToast(call)).toMatchObject({ title: "Margin call", tone: "bad", sticky: true });
  expect(accountEventToast({ ...call, kind: "margin_call_ended" })).toMatchObject({ tone: "good", sticky: false });
});
