import { expect, it } from "vitest";
import type { Reason } from "../../domain/Reason.ts";
import { DEFAULT_PAPER_PROFILE, type PaperProfile } from "../profile.ts";
import { MIDNIGHT, paperConfig } from "../scenarios/fixture.ts";
import { ScenarioRun } from "../scenarios/ScenarioRun.ts";
import { money } from "../../domain/decimal.ts";

/** Why the last order of a script is refused, with its numbers. */
function refusal(profile: Partial<PaperProfile>, script: string): Reason | undefined {
  const config = paperConfig({ startingCash: money("10000"), profile: { ...DEFAULT_PAPER_PROFILE, ...profile } });
  const run = new ScenarioRun(config);
  for (const line of script.split("\n")) if (line.trim() !== "") run.play(line.trim());
  const last = run.journal.at(-1);
  return last?.type === "order_rejected" ? last.reason : undefined;
}

it("[PX202] a purchase beyond settled cash is told what waits and until when", () => {
  const script = `
    quote 99.98x300 100.00x100
    a: buy 100 market
    quote 100.00x100 100.02x100
    b: sell 100 market
    c: buy 50 market`;
  expect(refusal({ account: "cash" }, script)).toEqual({
    rule: "PX202",
    text: "The order needs 5001.00 of settled cash, and 0.00 is free. 9999.77 is not settled yet; the next of it settles in 9 h 59 min.",
    params: { required: "5001", available: "0", unsettled: "9999.77", settlesAt: MIDNIGHT + 20 * 3_600_000 },
  });
});

it("[PX202] where nothing waits to settle, nothing is said of it", () => {
  expect(refusal({ account: "cash" }, "a: buy 101 limit 100.00")).toEqual({
    rule: "PX202",
    text: "The order needs 10100.00 of settled cash, and 10000.00 is free.",
    params: { required: "10100", available: "10000", unsettled: "0" },
  });
});

const HELD = `
  quote 99.98x300 100.00x10
  a: buy 10 market
  b: sell 4 limit 110.00
  c: sell 20 limit 110.00`;
const held = { held: "10", selling: "4", quantity: "20" };

it("[PX203] a cash account is told how much can be sold", () => {
  expect(refusal({ account: "cash" }, HELD)).toEqual({
    rule: "PX203",
    text: "A cash account sells what it holds: at most 6 of SPY can be sold.",
    params: { ...held, available: "6" },
  });
});

it("[PX210] a short that nobody lends is told so", () => {
  expect(refusal({ borrow: { others: { availability: "none" } } }, HELD)).toEqual({
    rule: "PX210",
    text: "No shares of SPY can be borrowed, so none can be sold short.",
    params: { ...held, located: "0" },
  });
});

it("[PX211] a short beyond what can be located is told how much that is", () => {
  const others = { availability: "hard", annualRate: "0", shares: "13" } as const;
  expect(refusal({ borrow: { others } }, HELD)).toEqual({
    rule: "PX211",
    text: "SPY is hard to borrow: 13 shares can be located, and 14 would be short.",
    params: { ...held, located: "13", wanted: "14" },
  });
});
