import fc from "fast-check";
import { describe, expect, it } from "vitest";
import REST from "../fixtures/rest.json" with { type: "json" };
import { wireActivity, type WireActivity } from "../rest/wireAccount.ts";
import { toAccountEvents } from "./toAccountEvents.ts";

let made = 0;
const row = (fields: Readonly<Record<string, unknown>>): WireActivity => {
  made += 1;
  const id = `20241204000000000::${String(made).padStart(8, "0")}`;
  return wireActivity.parse({ id, date: "2024-12-04", net_amount: "0", status: "executed", ...fields });
};
const eventsOf = (...rows: readonly WireActivity[]) => toAccountEvents(rows).events;

/** As Alpaca's page on its activity events has them, under the names of the list: a 4 for 1 split of ANET. */
const FORWARD = [
  row({
    activity_type: "SPLIT",
    activity_sub_type: "FSPLIT",
    symbol: "ANET",
    qty: "-0.000807009",
    price: "102.428",
    description: "REMOVE, From QTY:-0.000807009, To QTY:0.003228036, Position Value:0.08",
    created_at: "2024-12-03T23:27:03.971Z",
  }),
  row({
    activity_type: "SPLIT",
    activity_sub_type: "FSPLIT",
    symbol: "ANET",
    qty: "0.003228036",
    price: "25.607",
    description: "ADD, From QTY:-0.000807009, To QTY:0.003228036, Position Value:0.08",
    created_at: "2024-12-03T23:36:20.775Z",
  }),
] as const;

describe("what activities tell", () => {
  it("[AL26] a split is one event of two rows, with its numbers, when the second was written down", () => {
    const [first] = FORWARD;
    expect(eventsOf(...FORWARD)).toEqual([
      {
        id: first.id,
        at: Date.parse("2024-12-03T23:36:20.775Z"),
        kind: "split",
        symbol: "ANET",
        newShares: 4,
        oldShares: 1,
        quantityBefore: "0.000807009",
        quantityAfter: "0.003228036",
        cashInLieu: "0",
        message: "ANET split 4:1: 0.000807009 shares became 0.003228036.",
      },
    ]);
    expect(eventsOf(...FORWARD.toReversed())).toEqual(eventsOf(...FORWARD));
  });

  it("[AL26] half of a split is not told", () => {
    for (const half of FORWARD) expect(toAccountEvents([half])).toEqual({ events: [], untold: ["SPLIT, not whole"] });
  });

  it.each([
    ["long, by its kind", "RSPLIT", "-40", "10", null, "1:4: 40 shares became 10."],
    ["short, by its kind", "FSPLIT", "-40", "10", null, "4:1: 10 shares short became 40."],
    ["short, by its words", undefined, "-5", "20", "REMOVE", "1:4: 20 shares short became 5."],
    ["long, by nothing but the signs", undefined, "-10", "40", null, "4:1: 10 shares became 40."],
  ])("[AL26] which half took the old shares away: %s", (_how, subType, minus, plus, plusSays, said) => {
    const split = { activity_type: "SPLIT", activity_sub_type: subType, symbol: "AAPL" };
    const rows = [row({ ...split, qty: minus }), row({ ...split, qty: plus, description: plusSays })];
    expect(eventsOf(...rows)).toMatchObject([{ kind: "split", message: `AAPL split ${said}` }]);
  });

  it("[AL26] two splits of one day are told apart by their group, or not at all", () => {
    const split = (group: string | undefined, symbol: string, qty: string) =>
      row({ activity_type: "SPLIT", symbol, qty, group_id: group });
    const halves = [split("g1", "A", "-1"), split("g2", "A", "-4"), split("g1", "A", "2"), split("g2", "A", "1")];
    expect(eventsOf(...halves).map((event) => event.message)).toEqual([
      "A split 2:1: 1 share became 2.",
      "A split 1:4: 4 shares became 1.",
    ]);
    const mixed = halves.map(({ symbol, qty, ...rest }) => ({ ...rest, symbol, qty, group_id: null }));
    for (const list of [
      mixed,
      mixed.toSorted((a, b) => Number(b.qty) - Number(a.qty)),
      [mixed[0], mixed[2], mixed[1]],
    ]) {
      expect(toAccountEvents(list.flatMap((each) => each ?? []))).toEqual({ events: [], untold: ["SPLIT, not whole"] });
    }
  });

  it("[AL26] a new name is one event of two rows; a new number of the same name is nothing to anybody", () => {
    const name = { activity_type: "NC", activity_sub_type: "SNC", created_at: "2024-12-09T23:01:06.529338Z" };
    const rows = [row({ ...name, symbol: "YTENQ", qty: "1.25" }), row({ ...name, symbol: "YTEN", qty: "-1.25" })];
    expect(eventsOf(...rows)).toMatchObject([
      {
        kind: "symbol_changed",
        symbol: "YTEN",
        newSymbol: "YTENQ",
        quantity: "1.25",
        message: "YTEN is called YTENQ now: 1.25 shares went over.",
      },
    ]);
    const words = { activity_type: "NC", description: "Name Change from YTEN to YTENQ" };
    const short = [row({ ...words, symbol: "YTEN", qty: "3" }), row({ ...words, symbol: "YTENQ", qty: "-3" })];
    expect(eventsOf(...short)).toMatchObject([
      { quantity: "-3", message: "YTEN is called YTENQ now: 3 shares short went over." },
    ]);
    const number = { activity_type: "NC", activity_sub_type: "CNC", symbol: "RMSGW" };
    expect(toAccountEvents([row({ ...number, qty: "-150" }), row({ ...number, qty: "150" })])).toEqual({
      events: [],
      untold: [],
    });
  });

  it("[AL26] the recorded dividend was paid on the shares that it names, and moved none", () => {
    const recorded = wireActivity.parse(REST.find(({ kind }) => kind === "activity")?.body);
    expect(eventsOf(recorded)).toMatchObject([
      {
        id: recorded.id,
        at: Date.parse("2021-05-10T14:01:04.650Z"),
        kind: "dividend_paid",
        symbol: "T",
        amount: "1.02",
        message: "T paid its dividend: 1.02.",
      },
    ]);
  });

  it.each([
    [
      { activity_type: "FEE", activity_sub_type: "REG", net_amount: "-0.01" },
      { kind: "cash_booked", symbol: null, amount: "-0.01", entry: "FEE/REG", message: "Fee (REG): 0.01 was taken." },
    ],
    [
      { activity_type: "DIVNRA", symbol: "ALE", net_amount: "-0.3" },
      { kind: "cash_booked", symbol: "ALE", message: "Tax withheld from a dividend of ALE: 0.30 was taken." },
    ],
    [
      { activity_type: "CSD", net_amount: "100" },
      { kind: "cash_booked", amount: "100", message: "Deposit: 100.00 came in." },
    ],
    [
      { activity_type: "SPIN", symbol: "CON", qty: "0.054339042" },
      {
        kind: "shares_booked",
        symbol: "CON",
        quantity: "0.054339042",
        message: "Spin-off: 0.054339042 of CON came in.",
      },
    ],
    [
      { activity_type: "MA", activity_sub_type: "CMA", symbol: "HIE", qty: "-2" },
      { kind: "shares_booked", quantity: "-2", message: "Merger (CMA): 2 of HIE went." },
    ],
    [
      { activity_type: "MA", activity_sub_type: "CMA", symbol: "HIE", qty: "0", net_amount: "25.27" },
      { kind: "cash_booked", amount: "25.27", message: "Merger (CMA) of HIE: 25.27 came in." },
    ],
    [
      { activity_type: "DIV", activity_sub_type: "SDIV", symbol: "ICNP", qty: "0.12" },
      { kind: "shares_booked", quantity: "0.12", message: "Dividend (SDIV): 0.12 of ICNP came in." },
    ],
    [
      { activity_type: "DIV", activity_sub_type: "SPD", symbol: "VG", qty: "5", net_amount: "-3" },
      { kind: "dividend_paid", amount: "-3", message: "The dividend of VG was taken from the account: 3.00." },
    ],
    [
      { activity_type: "NOVEL", net_amount: "-7", qty: "3", symbol: "A" },
      { kind: "cash_booked", amount: "-7", message: "What Alpaca calls NOVEL of A: 7.00 was taken." },
    ],
    [
      { activity_type: "INT", net_amount: "0.2", status: "correct" },
      { kind: "cash_booked", message: "Corrected: Interest: 0.20 came in." },
    ],
  ])("[AL26] %j", (fields, expected) => {
    expect(eventsOf(row(fields))).toMatchObject([expected]);
  });

  it("[AL26] of what is canceled, not known, or without a time nothing is made, and its kind is named", () => {
    const canceled = row({ activity_type: "DIV", symbol: "T", net_amount: "1", status: "canceled" });
    const unknown = row({ activity_type: "NOVEL", symbol: "T", qty: "5" });
    const swept = row({ activity_type: "INT", activity_sub_type: "SWP", symbol: "SWEEPFDIC", qty: "9.25" });
    const timeless = row({ activity_type: "NOVEL", net_amount: "1", date: "yesterday" });
    expect(toAccountEvents([canceled, unknown, swept, timeless])).toEqual({
      events: [],
      untold: ["DIV, canceled", "NOVEL"],
    });
  });

  it("[AL26] whatever a list holds, each event has an id of its own, and the order of the list is no matter", () => {
    const rows = fc.uniqueArray(
      fc
        .record({
          id: fc.stringMatching(/^[a-z0-9]{1,6}$/),
          activity_type: fc.constantFrom("SPLIT", "NC", "DIV", "FEE", "SPIN", "FILL", "NOVEL"),
          activity_sub_type: fc.constantFrom(null, "FSPLIT", "RSPLIT", "USPLIT", "SDIV"),
          group_id: fc.constantFrom(null, "g1"),
          symbol: fc.constantFrom(null, "A", "B"),
          qty: fc.constantFrom(null, "0", "-10", "40", "10"),
          net_amount: fc.constantFrom(null, "0", "1.5", "-2"),
          date: fc.constantFrom(null, "2024-12-04", "2024-12-05", "not one"),
          status: fc.constantFrom(null, "executed", "canceled"),
        })
        .map((each) => wireActivity.parse(each)),
      { maxLength: 12, selector: ({ id }) => id },
    );
    const byId = (list: readonly WireActivity[]) => eventsOf(...list).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    fc.assert(
      fc.property(rows, (list) => {
        const events = byId(list);
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        expect(byId(list.toReversed())).toEqual(events);
      }),
    );
  });
});
