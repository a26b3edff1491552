import { expect, test } from "vitest";
import { anAlert } from "../../../testing/builders.ts";
import { lastedText, summariseAlerts } from "./alertText.ts";
import { alertToasts } from "./alertToasts.ts";

const seen = { acknowledgedAt: "2026-11-23T15:05:00.000Z" };
const over = { recoveredAt: "2026-11-23T15:12:30.000Z" };

test("[UV1] the bell counts what nobody has acknowledged, and says what is ongoing", () => {
  const alerts = [anAlert({ id: "1" }), anAlert({ id: "2", ...seen }), anAlert({ id: "3", ...over })];
  expect(summariseAlerts(alerts)).toEqual({
    unseen: 2,
    isCritical: true,
    label: "Alerts: 2 not acknowledged, 2 ongoing",
  });
  expect(summariseAlerts([anAlert({ ...over })])).toMatchObject({ unseen: 1, isCritical: false });
  expect(summariseAlerts([]).label).toBe("Alerts: none");
});

test("[UV2] a new critical alert is told in a toast that stays; neither an old one, a lesser one nor one that is over", () => {
  const before = [anAlert({ id: "1" })];
  const now = [
    anAlert({ id: "1" }),
    anAlert({ id: "2", severity: "warning" }),
    anAlert({ id: "3", ...over }),
    anAlert({ id: "4", message: "Paper cannot be reached." }),
  ];
  expect(alertToasts(before, now)).toEqual([
    { tone: "bad", title: "Connection down", detail: "Paper cannot be reached.", mode: null, sticky: true },
  ]);
  expect(alertToasts(undefined, now)).toEqual([]);
});

test("[UV3] how long it lasted is known once it is over", () => {
  expect([lastedText(anAlert()), lastedText(anAlert(over))]).toEqual([null, "after 12 min"]);
});
