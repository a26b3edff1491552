import { describe, expect, it } from "vitest";
import type { OrderFacts } from "../desk/DeskFacts.ts";
import type { OracleEntry } from "../oracle/Oracle.ts";
import { checkRun, type RunWord } from "./checkRun.ts";

const KEY = "k1";
const order: OrderFacts = {
  id: "o1",
  accountId: "a1",
  key: KEY,
  origin: "desk",
  clientOrderId: "tdP-1",
  venueOrderId: "v1",
  symbol: "AAPL",
  side: "buy",
  state: "FILLED",
  filledQuantity: "2",
  attempt: 1,
  validUntil: 1e4,
  claimedAt: 1,
  told: ["INTENT", "SENDING", "FILLED"],
  messages: [],
  audited: ["INTENT", "SENDING", "FILLED"].map((state) => ({
    action: "order",
    state,
  })),
  fills: [
    {
      executionId: "x1",
      quantity: "2",
    },
  ],
};
const taken: OracleEntry = { kind: "order", at: 5, event: "taken", id: "v1", clientOrderId: "tdP-1" };
const filled: OracleEntry = { ...taken, event: "fill", execution: { id: "x1", qty: "2", price: "10" } };

/** A run in which all is well, but for the changes. */
function run(
  changes: Partial<OrderFacts>,
  {
    journal = [taken, filled],
    positions = "2",
    more = [],
    haltedAt = null,
  }: {
    readonly journal?: readonly OracleEntry[];
    readonly positions?: string;
    readonly more?: readonly OrderFacts[];
    readonly haltedAt?: number | null;
  } = {},
): RunWord {
  return {
    submits: [
      {
        key: KEY,
        accountId: "a1",
        order: { type: "market", symbol: "AAPL", side: "buy", quantity: "2" },
        answer: { kind: "order", id: "o1", state: "FILLED" },
      },
    ],
    facts: { orders: [{ ...order, ...changes }, ...more], brokenChains: [] },
    oracle: { journal, positions: new Map([["AAPL", positions]]) },
    accountId: "a1",
    key: "SWEEP-KEY",
    haltedAt,
  };
}

const found = (word: RunWord): readonly string[] => [...new Set(checkRun(word).map(({ invariant }) => invariant))];

describe("the invariants of a run", () => {
  it("[SV144] hold where all is well", () => {
    expect(checkRun(run({}))).toEqual([]);
    expect(checkRun(run({}, { haltedAt: 4 }))).toEqual([]);
  });

  it.each<[string, RunWord, string]>([
    ["I1: an acknowledged order that is not stored", run({ id: "o2", key: "k2" }), "I1"],
    ["I2: a key with two orders at the broker", run({}, { journal: [taken, filled, { ...taken, id: "v2" }] }), "I2"],
    [
      "I3: an order at the broker that nobody here intended",
      run({}, { journal: [taken, filled, { ...taken, clientOrderId: "tdP-9" }] }),
      "I3",
    ],
    ["I3: an order at the broker that is thought never placed", run({ state: "NOT_PLACED" }), "I3"],
    ["I3: an order that works here and was never there", run({}, { journal: [] }), "I3"],
    ["I4: an order that was taken after its time", run({ validUntil: -10_000 }), "I4"],
    ["I4: an order that was claimed after a halt", run({ claimedAt: 6 }, { haltedAt: 5 }), "I4"],
    ["I4: an order that a halt left at work", run({ state: "WORKING" }, { haltedAt: 5 }), "I4"],
    ["I4: an order that the broker took after a halt", run({}, { haltedAt: -1_000 }), "I4"],
    [
      "I5: an execution that was booked twice",
      run({ fills: [...order.fills, ...order.fills], filledQuantity: "4" }),
      "I5",
    ],
    ["I5: an execution that was missed", run({ fills: [], filledQuantity: "0" }), "I5"],
    ["I6: an order whose outcome stays unknown", run({ state: "UNKNOWN" }), "I6"],
    [
      "I7: an order of another account at this broker",
      run({}, { more: [{ ...order, id: "o2", accountId: "a2", key: "k2" }] }),
      "I7",
    ],
    ["I8: a step that the audit log leaves out", run({ audited: order.audited.slice(1) }), "I8"],
    ["I9: a position that the executions do not make", run({}, { positions: "3" }), "I9"],
  ])("[SV144] %s is found", (_, word, invariant) => {
    expect(found(word)).toContain(invariant);
  });
});
