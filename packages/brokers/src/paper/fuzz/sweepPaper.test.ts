import { expect, it } from "vitest";
import { sweepPaper } from "./sweepPaper.ts";

const SEED = 20_261_122;

it(
  "[PX63] [PX2] thousands of random acts of every kind break no rule, and the same seed gives the same trace",
  { timeout: 240_000 },
  () => {
    const once = sweepPaper({ acts: 3_000, seed: SEED });
    const again = sweepPaper({ acts: 3_000, seed: SEED });
    expect(again).toEqual(once);
    expect(sweepPaper({ acts: 100, seed: SEED + 1 }).traceHash).not.toBe(once.traceHash);
    const expected = [
      "order_filled",
      "order_adjusted",
      "split_applied",
      "dividend_accrued",
      "dividend_paid",
      "symbol_changed",
      "corporate_action_rejected",
      "borrow_fee_charged",
    ];
    expect(expected.filter((type) => once.eventsByType[type] === undefined)).toEqual([]);
  },
);
