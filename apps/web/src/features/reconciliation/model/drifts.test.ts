import type { DriftView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aDrift } from "../../../testing/builders.ts";
import { actionText, orderIdOf, timesText } from "./driftText.ts";
import { evidenceRows } from "./evidenceRows.ts";

test("[UN1] evidence is read in words: names, nested things under their own, lists counted, instants known as such", () => {
  expect(
    evidenceRows({
      askedAt: "2026-11-23T15:00:00.000Z",
      gap: null,
      order: { filled_quantity: "40", isFinal: false, legs: [{ id: "a" }], fills: [] },
    }),
  ).toEqual([
    { label: "Asked at", value: "2026-11-23T15:00:00.000Z", isInstant: true },
    { label: "Gap", value: "none", isInstant: false },
    { label: "Order · Filled quantity", value: "40", isInstant: false },
    { label: "Order · Is final", value: "no", isInstant: false },
    { label: "Order · Legs · 1 · Id", value: "a", isInstant: false },
    { label: "Order · Fills", value: "none", isInstant: false },
  ]);
});

test("[UN7] an instant in epoch milliseconds is read as one by its name; a sum that is as large is not", () => {
  const at = Date.parse("2026-11-23T15:00:00.000Z");
  expect(evidenceRows({ gap: { from: at, what: "not_connected" }, broker: at })).toEqual([
    { label: "Gap · From", value: "2026-11-23T15:00:00.000Z", isInstant: true },
    { label: "Gap · What", value: "not connected", isInstant: false },
    { label: "Broker", value: String(at), isInstant: false },
  ]);
});

test("[UN2] only an order has a page to look at; a position and cash have none", () => {
  const linked = (kind: DriftView["kind"]) => orderIdOf(aDrift({ kind, subject: "order-1" }));
  expect([linked("missing_order"), linked("external_order"), linked("position"), linked("cash")]).toEqual([
    "order-1",
    "order-1",
    undefined,
    undefined,
  ]);
});

test("[UN3] what waits for a person says so only while it waits, and what was adopted says what", () => {
  expect(actionText(aDrift({ action: "asked" }))).toMatch(/^Waits for a person/);
  expect(actionText(aDrift({ action: "asked", resolvedAt: "2026-11-23T15:10:00.000Z" }))).not.toMatch(/^Waits/);
  expect(actionText(aDrift({ action: "adopted", kind: "external_order" }))).toContain("the order");
  expect(actionText(aDrift({ action: "adopted", kind: "cash" }))).not.toContain("the order");
  expect([timesText(1), timesText(4)]).toEqual(["once", "4 times"]);
});
