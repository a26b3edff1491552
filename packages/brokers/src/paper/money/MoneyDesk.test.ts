import { expect, it } from "vitest";
import type { Reason } from "../../domain/Reason.ts";
import { ScenarioRun } from "../scenarios/ScenarioRun.ts";
import { DEFAULT_PAPER_PROFILE } from "../profile.ts";

/** The reasons, with their sentences and numbers, of the events of a type that a script causes. */
function reasons(type: string, run: ScenarioRun, script: string): readonly (Reason | undefined)[] {
  for (const line of script.split("\n")) if (line.trim() !== "") run.play(line.trim());
  return run.journal.flatMap((event) =>
    event.type === type && "reason" in event && typeof event.reason !== "string" ? [event.reason] : [],
  );
}

it("[PX240] a margin call says what is there, what is needed and what to do", () => {
  const script = `
    quote 99.98x300 100.00x500
    a: buy 500 market
    at 10:01
    quote 10.00x300 10.02x300
    at 10:02`;
  // Cash 50000, 500 at 10.01: equity is far above. A loan needs more: 1500 cost 150000.
  expect(reasons("margin_call", new ScenarioRun(), script)).toEqual([]);
  const loan = `
    quote 99.98x300 100.00x1500
    a: buy 1500 market
    quote 40.00x300 40.02x300
    at 10:01`;
  // Cash −50000 and 1500 × 40.01 = 60015: equity 10015, maintenance 15003.75.
  expect(reasons("margin_call", new ScenarioRun(), loan)).toEqual([
    {
      rule: "PX240",
      text: "Equity 10015.00 is 4988.75 below the maintenance margin of 15003.75: pay in, or close positions.",
      params: { equity: "10015", maintenance: "15003.75", deficit: "4988.75" },
    },
  ]);
});

it("[PX232] an adjusted order says what for, what remains, and its prices", () => {
  const script = `
    quote 99.98x300 100.00x10
    a: buy 30 limit 100.00 gtc
    b: sell 10 stop 90.00 gtc
    c: sell 10 stop_limit 90.00 89.00 gtc
    action split 2:1 id=S`;
  const params = { ratio: "2:1", actionId: "S" };
  const why = "Adjusted for a split 2:1 of SPY:";
  expect(reasons("order_adjusted", new ScenarioRun(), script)).toEqual([
    { rule: "PX232", text: `${why} 40 to fill, limit 50.00.`, params },
    { rule: "PX232", text: `${why} 20 to fill, stop 45.00.`, params },
    { rule: "PX232", text: `${why} 20 to fill, stop 45.00, limit 44.50.`, params },
  ]);
});

it("[PX233] an order that a reverse split cancels says by which", () => {
  const script = `
    a: buy 10 limit 9.00 gtc
    action split 1:10 id=S`;
  const text = "A reverse split 1:10 of SPY cancels its open orders.";
  const params = { ratio: "1:10", actionId: "S" };
  expect(reasons("order_canceled", new ScenarioRun(), script)).toEqual([{ rule: "PX233", text, params }]);
});

it("[PX235] a reduced order and one of which nothing is left say by which dividend", () => {
  const script = `
    a: buy 10 limit 9.00 gtc
    b: buy 10 limit 0.40 gtc
    action dividend 0.50 pay +1 id=D`;
  const run = new ScenarioRun();
  const params = { amount: "0.5", actionId: "D" };
  const why = "the dividend of 0.5 a share of SPY";
  expect(reasons("order_adjusted", run, script)).toEqual([
    { rule: "PX235", text: `Adjusted for ${why}: 10 to fill, limit 8.50.`, params },
  ]);
  expect(reasons("order_canceled", run, "")).toEqual([
    { rule: "PX235", text: `Canceled: ${why} leaves nothing of the order.`, params },
  ]);
});

it("[PX237] an order under an old name says what the share is called now", () => {
  const script = `
    a: buy 10 limit 9.00 gtc
    action rename SPY IBM id=R`;
  const text = "SPY is called IBM now; orders are given anew.";
  const params = { symbol: "SPY", newSymbol: "IBM", actionId: "R" };
  expect(reasons("order_canceled", new ScenarioRun(), script)).toEqual([{ rule: "PX237", text, params }]);
});

it("[PX232] a change that was on its way is refused with what happened meanwhile, and no other is", () => {
  const run = new ScenarioRun({
    profile: { ...DEFAULT_PAPER_PROFILE, latency: { inMs: 250, outMs: 0, jitterMs: 0 } },
  });
  const script = `
    quote 99.98x300 100.02x300
    a: buy 10 limit 98.00 gtc
    b: buy 10 limit 98.00 gtc IBM
    c: buy 10 limit 97.00 gtc
    after 250
    replace a price=97.00
    replace b price=97.00
    cancel c
    action split 2:1`;
  const orderId = run.idOf.bind(run);
  expect(reasons("replace_rejected", run, script)).toEqual([
    {
      rule: "PX232",
      text: "A split 2:1 of SPY adjusted the order meanwhile; give the change anew.",
      params: { orderId: orderId("a") },
    },
  ]);
  expect(run.play("after 250")).toEqual(["b replaced anew", "c canceled PX50"]);
});
