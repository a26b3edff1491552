import type { TradingHaltView, TradingStateView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { haltFailureToast } from "./haltFailureToast.ts";
import { haltSummary, originText, stepDetail } from "./haltText.ts";
import type { HaltStep } from "./haltText.ts";

const AT = "2026-11-23T15:00:00.000Z";
const step = (change: Partial<HaltStep>): HaltStep => ({
  connectionId: "c",
  label: "Paper",
  broker: "paper",
  mode: "paper",
  state: "confirmed",
  openOrders: 12,
  remaining: 0,
  attempts: 1,
  error: null,
  updatedAt: AT,
  ...change,
});
const halt = (change: Partial<TradingHaltView> = {}): TradingHaltView => ({
  id: "h",
  requestedAt: AT,
  requestedBy: "ada",
  source: "web",
  reason: "",
  endedAt: null,
  steps: [step({}), step({ state: "unconfirmed" }), step({ state: "failed" })],
  ...change,
});
const state = (change: Partial<TradingStateView> = {}): TradingStateView => ({
  state: "HALTED",
  reason: null,
  changedAt: AT,
  changedBy: "ada",
  halt: halt(),
  ...change,
});

test("[UK7] what is known of each broker is said with its numbers; what is not known is not called zero", () => {
  expect(stepDetail(step({ state: "requested", openOrders: 1 }))).toBe("asked to cancel 1 open order");
  expect(stepDetail(step({ state: "confirmed" }))).toBe("the broker names no open order");
  expect(stepDetail(step({ state: "unconfirmed", attempts: 3, remaining: 2 }))).toBe(
    "being asked again: attempt 3, 2 orders remaining",
  );
  expect(stepDetail(step({ state: "unconfirmed", attempts: 3, remaining: null }))).toBe(
    "being asked again: attempt 3, the broker has not said what remains",
  );
  expect(stepDetail(step({ state: "failed", attempts: 2, remaining: 1 }))).toBe(
    "attempt 2 failed, 1 order remaining; it is tried again",
  );
});

test("[UK8] only what a broker confirmed counts as confirmed", () => {
  expect(haltSummary(halt())).toBe("1 of 3 brokers confirms that no order is open");
  expect(haltSummary(halt({ steps: [step({ state: "requested" }), step({})] }))).toContain("1 of 2");
  expect(haltSummary(halt({ steps: [step({})] }))).toBe("the broker confirms that no order is open");
  expect(haltSummary(halt({ steps: [] }))).toBe("no broker was connected");
});

test("[UK9] a halt has its author, be it a person, the command line or the desk", () => {
  expect(originText(state())).toBe("by ada");
  expect(originText(state({ changedBy: null, halt: halt({ source: "cli" }) }))).toBe("from the command line");
  expect(originText(state({ changedBy: null, halt: halt({ source: "desk" }) }))).toBe("by the desk itself");
  expect(originText(state({ state: "ACTIVE", changedBy: null, halt: null }))).toBe("");
});

test("[UK10] a halt without an answer is called unknown, and another way is named", () => {
  const toast = haltFailureToast({ kind: "transport", message: "gone" });
  expect([toast.title, toast.sticky]).toEqual(["It is not known whether trading is halted", true]);
  expect(toast.detail).toContain("pnpm desk halt");
});
