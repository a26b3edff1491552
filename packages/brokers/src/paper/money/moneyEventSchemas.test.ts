import { expect, it } from "vitest";
import { money } from "../../domain/decimal.ts";
import { TEN_O_CLOCK as T } from "../scenarios/fixture.ts";
import { actionIdSchema } from "./moneyEventSchemas.ts";
import { paperEventSchema } from "../paperEventSchema.ts";

it("[PX230] a stored id of an action has 1 to 128 printable characters", () => {
  for (const id of ["S", "2026-06-01 SPY 2:1", "x".repeat(128)]) expect(actionIdSchema.parse(id)).toBe(id);
  for (const id of ["", "x".repeat(129), "\nS", "S\n", "ü"]) expect(actionIdSchema.safeParse(id).success).toBe(false);
});

it.each([
  { seq: 1, at: T, type: "dividend_paid", actionId: "D", symbol: "SPY", amount: money("50") },
  { seq: 1, at: T, type: "margin_call_ended", equity: money("9"), maintenance: money("8") },
])("[PX2] a stored $type has all its parts, or does not parse", (event) => {
  expect(paperEventSchema.parse(event)).toEqual(event);
  const damaged = Object.keys(event).map((part) => ({ ...event, [part]: undefined }));
  expect(damaged.filter((each) => paperEventSchema.safeParse(each).success)).toEqual([]);
});
