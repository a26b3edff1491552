import { describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { ExecutionLedger, type Execution } from "./ExecutionLedger.ts";

const EXECUTION: Execution = {
  execId: "e.01",
  permId: 77,
  clientOrderId: "mine-1",
  conId: 265598,
  symbol: "AAPL",
  side: "buy",
  quantity: parseFixed(10),
  price: parseFixed("99.5"),
  filledAt: Date.UTC(2026, 10, 20, 15, 0),
};
const feesOf = (ledger: ExecutionLedger) => ledger.since(0).map(({ fees }) => fees);

describe("ExecutionLedger", () => {
  it("[IB67] the commission of a corrected execution is the correction's, whatever is told again of the older reading", () => {
    const ledger = new ExecutionLedger();
    ledger.book(EXECUTION, 0);
    ledger.bookFees("e.01", parseFixed(1));
    ledger.book({ ...EXECUTION, execId: "e.02", price: parseFixed("99.4") }, 0);
    expect(ledger.bookFees("e.02", parseFixed(2))).toBe(77);
    expect(ledger.bookFees("e.01", parseFixed(1))).toBeUndefined();
    expect(feesOf(ledger)).toEqual(["2"]);
    expect(ledger.bookFees("e.02", parseFixed("2.5"))).toBe(77);
    expect(feesOf(ledger)).toEqual(["2.5"]);
  });

  it("[IB67] so it is where the commissions come before the execution", () => {
    const ledger = new ExecutionLedger();
    ledger.bookFees("e.02", parseFixed(2));
    ledger.bookFees("e.01", parseFixed(1));
    ledger.book({ ...EXECUTION, execId: "e.02" }, 0);
    expect(feesOf(ledger)).toEqual(["2"]);
  });

  it("[IB28] of commissions whose executions never come, the newest thousand are kept", () => {
    const ledger = new ExecutionLedger();
    for (let index = 0; index <= 1_000; index += 1) ledger.bookFees(`x${index}.01`, parseFixed(1));
    ledger.book({ ...EXECUTION, execId: "x0.01" }, 0);
    ledger.book({ ...EXECUTION, execId: "x1.01" }, 0);
    expect(ledger.executions().map(({ fees }) => fees)).toEqual([null, parseFixed(1)]);
  });
});
