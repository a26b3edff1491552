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
  price: null,
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
        command: null,
        commandAnswer: null,
      },
    ],
    facts: { orders: [{ ...order, ...changes }, ...more], brokenChains: [] },
    oracle: { journal, positions: new Map([["AAPL", positions]]) },
    accountId: "a1",
    key: "SWEEP-KEY",
    haltedAt,
  };
}

/** An order that works, was to be replaced, and is so at its broker in these states and at these limits, each under an id of its own. */
function replacing(here: Partial<OrderFacts>, there: readonly (readonly [status: string, limit: string])[]): RunWord {
  const word = run(
    { state: "WORKING", price: "3", filledQuantity: "0", fills: [], ...here },
    {
      positions: "0",
      journal: there.map(([status, limit], index): OracleEntry => ({
        kind: "order",
        at: 5,
        event: "taken",
        id: `v${index}`,
        clientOrderId: "tdP-1",
        order: { status, limit_price: limit, replaces: index === 0 ? null : "v0" },
      })),
    },
  );
  const limit = { type: "limit", symbol: "AAPL", side: "buy", quantity: "2", price: "2", timeInForce: "gtc" } as const;
  return {
    ...word,
    submits: word.submits.map((each) => ({ ...each, order: limit, command: { kind: "replace", price: "3" } })),
  };
}

const found = (word: RunWord): readonly string[] =>
  checkRun(word).map(({ invariant, what }) => `${invariant}: ${what}`);
const [submit] = run({}).submits;
const request: OracleEntry = { kind: "request", at: 5, method: "GET", path: "/", key: "ANOTHER", status: 200 };

describe("the invariants of a run", () => {
  it("[SV144] hold where all is well", () => {
    expect(checkRun(run({}))).toEqual([]);
    expect(checkRun(run({}, { haltedAt: 4 }))).toEqual([]);
  });

  it("[SV144] hold where an order was replaced", () => {
    const word = replacing({}, [
      ["replaced", "2"],
      ["new", "3"],
    ]);
    const submits = word.submits.map((each) => ({
      ...each,
      commandAnswer: { kind: "order", id: "o1", state: "WORKING" } as const,
    }));
    expect(found({ ...word, submits })).toEqual([]);
    expect(found({ ...word, submits: submits.map((each) => ({ ...each, command: null })) })).toEqual([
      "I3: tdP-1 is at 3, wanted at 2",
    ]);
  });

  it.each<[string, RunWord, RegExp]>([
    ["a replacement without an answer", replacing({}, [["new", "3"]]), /^I1: the replace of k1 was never answered/],
    [
      "a command that the broker knows and the desk refuses",
      {
        ...run({}),
        submits: run({}).submits.map((each) => ({
          ...each,
          command: { kind: "cancel" },
          commandAnswer: { kind: "refused", code: "NOT_SUPPORTED" },
        })),
      },
      /^I1: the cancel of k1, which its broker can do, was refused/,
    ],
    [
      "a cancel that was told and is not so",
      {
        ...run({}),
        facts: { orders: [{ ...order, state: "WORKING" }], brokenChains: [] },
        submits: run({}).submits.map((each) => ({
          ...each,
          command: { kind: "cancel" },
          commandAnswer: { kind: "order", id: "o1", state: "CANCELED" },
        })),
      },
      /^I1: k1 was told to be canceled, and is WORKING/,
    ],
    [
      "an order that lives beside the one that replaces it",
      replacing({}, [
        ["new", "2"],
        ["new", "3"],
      ]),
      /^I2: tdP-1 lives 2 times/,
    ],
    [
      "an order that works here and is over there",
      replacing({}, [["canceled", "3"]]),
      /^I3: tdP-1 is WORKING here, and canceled/,
    ],
    [
      "an order that is over here and works there",
      replacing({ state: "CANCELED" }, [["new", "3"]]),
      /^I3: tdP-1 is CANCELED here, and new/,
    ],
    [
      "an order with another limit there",
      replacing({ price: "2" }, [["new", "3"]]),
      /^I9: tdP-1 is at 2 here, at 3 there/,
    ],
    [
      "a ticket without an answer",
      { ...run({}), submits: submit ? [{ ...submit, answer: null }] : [] },
      /^I1: .*never/,
    ],
    ["an acknowledged order that is not stored", run({ id: "o2", key: "k2" }), /^I1: .* is not stored/],
    [
      "a key that is stored twice",
      run({}, { more: [{ ...order, id: "o2", clientOrderId: "tdP-2" }] }),
      /^I2: k1 is stored 2 times/,
    ],
    [
      "a key with two orders at the broker",
      run({}, { journal: [taken, filled, { ...taken, id: "v2" }] }),
      /^I2: k1 is at the broker 2 times/,
    ],
    [
      "an id with two orders at the broker, whoever placed them",
      run({ key: null }, { journal: [taken, filled, { ...taken, id: "v2" }] }),
      /^I2: tdP-1 is at the broker more than once/,
    ],
    [
      "an order at the broker that nobody here intended",
      run({}, { journal: [taken, filled, { ...taken, clientOrderId: "tdP-9" }] }),
      /^I3: tdP-9 is at the broker, and here it is unknown/,
    ],
    [
      "an order at the broker that is thought never placed",
      run({ state: "NOT_PLACED" }),
      /^I3: tdP-1 is at the broker, and here it is NOT_PLACED/,
    ],
    ["an order of ours that is taken for another's", run({ origin: "external" }), /^I3: .* FILLED \(external\)/],
    ["an order that works here and was never there", run({}, { journal: [] }), /^I3: .* the broker never had it/],
    ["an order that was taken after its time", run({ validUntil: -10_000 }), /^I4: .* ms after its time/],
    [
      "an order that was claimed after a halt",
      run({ claimedAt: 6 }, { haltedAt: 5 }),
      /^I4: .* was claimed 1 ms after the halt/,
    ],
    [
      "an order that a halt left at work",
      run({ state: "WORKING" }, { haltedAt: 5 }),
      /^I4: .* is WORKING after the halt/,
    ],
    ["an order that the broker took after a halt", run({}, { haltedAt: -1_000 }), /^I4: .* was taken 1005 ms after/],
    [
      "an execution that was booked twice",
      run({ fills: [...order.fills, ...order.fills], filledQuantity: "4" }),
      /^I5: .* has an execution twice/,
    ],
    ["a sum that is not that of its executions", run({ filledQuantity: "3" }), /^I5: tdP-1: 3 filled, executions of 2/],
    [
      "an execution that was missed",
      run({ fills: [], filledQuantity: "0" }),
      /^I5: tdP-1: executions of 0 here, of 2 at the broker/,
    ],
    ["an order whose outcome stays unknown", run({ state: "UNKNOWN" }), /^I6: tdP-1 stays UNKNOWN/],
    [
      "an order of another account at this broker",
      run({}, { more: [{ ...order, id: "o2", accountId: "a2", key: "k2" }] }),
      /^I7: tdP-1 is of another account/,
    ],
    ["a request with another's key", run({}, { journal: [taken, filled, request] }), /^I7: .* with the key ANOTHER/],
    ["a step that the audit log leaves out", run({ audited: order.audited.slice(1) }), /^I8: tdP-1 went INTENT/],
    [
      "an audit chain that was tampered with",
      { ...run({}), facts: { orders: [order], brokenChains: ["account:a1"] } },
      /^I8: the audit chain account:a1 is broken/,
    ],
    ["a position that the executions do not make", run({}, { positions: "3" }), /^I9: AAPL: 2 .*, 3 at the broker/],
  ])("[SV144] %s is found", (_, word, breach) => {
    expect(found(word)).toContainEqual(expect.stringMatching(breach));
  });
});
