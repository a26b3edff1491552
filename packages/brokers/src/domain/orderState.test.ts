import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ORDER_STATUSES } from "./order.ts";
import {
  FINAL_ORDER_STATES,
  isFinalOrderState,
  nextOrderState,
  ORDER_EVENTS,
  ORDER_STATES,
  orderEventOf,
  releasedEvent,
  type OrderEvent,
  type OrderState,
} from "./orderState.ts";

const NEVER_SENT: readonly OrderState[] = ["INTENT", "DENIED", "EXPIRED_UNSENT"];

/** The table of SPEC.md: one row a state, its cells in the order of the heading. */
function tableOfSpec(): { readonly events: readonly string[]; readonly rows: ReadonlyMap<string, readonly string[]> } {
  const spec = readFileSync(new URL("../../SPEC.md", import.meta.url), "utf8");
  const table = /<!-- order-states[^>]*-->\n([\s\S]*?)<!-- \/order-states -->/.exec(spec)?.[1] ?? "";
  const cells = table
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [heading = [], , ...rows] = cells;
  return { events: heading.slice(1), rows: new Map(rows.map(([state = "", ...next]) => [state, next])) };
}

function run(events: readonly OrderEvent[], from: OrderState = "INTENT"): readonly OrderState[] {
  const states: OrderState[] = [from];
  for (const event of events) {
    const state = states.at(-1) ?? from;
    const next = nextOrderState(state, event);
    states.push(next === "illegal" ? state : next);
  }
  return states;
}

describe("the order's states", () => {
  const { events, rows } = tableOfSpec();

  it("[OS1] SPEC.md has a row for every state and a column for every event", () => {
    expect(events).toEqual(ORDER_EVENTS);
    expect([...rows.keys()]).toEqual(ORDER_STATES);
  });

  it.each(ORDER_STATES)("[OS1] every cell of %s is as SPEC.md has it", (state) => {
    const next = ORDER_EVENTS.map((event) => nextOrderState(state, event));
    expect(next.map((each) => (each === "illegal" ? "·" : each))).toEqual(rows.get(state));
  });

  it("[OS2] nothing leads to INTENT, and only INTENT leads to SENDING, or UNKNOWN by a second send", () => {
    for (const state of ORDER_STATES) {
      for (const event of ORDER_EVENTS) {
        const next = nextOrderState(state, event);
        expect(next).not.toBe("INTENT");
        expect(next === "SENDING").toBe(
          (state === "INTENT" && event === "claim") || (state === "UNKNOWN" && event === "resend"),
        );
      }
    }
  });

  it("[OS2] no sequence of events sends an order twice, but for one that was lost and looked for in vain", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ORDER_EVENTS), { maxLength: 40 }), (sequence) => {
        const states = run(sequence);
        const before = states.filter((_, index) => states[index + 1] === "SENDING");
        const [first, ...others] = before.filter((state) => state !== "SENDING");
        expect([undefined, "INTENT"]).toContain(first);
        expect(others.filter((state) => state !== "UNKNOWN")).toEqual([]);
      }),
    );
  });

  it("[OS3] what was never sent never changes", () => {
    for (const state of ["DENIED", "EXPIRED_UNSENT"] as const) {
      expect(ORDER_EVENTS.map((event) => nextOrderState(state, event))).toEqual(ORDER_EVENTS.map(() => "illegal"));
    }
  });

  it("[OS4] a lost answer makes UNKNOWN, which only the broker's evidence leaves", () => {
    expect(nextOrderState("SENDING", "lose")).toBe("UNKNOWN");
    for (const event of ["deny", "lapse", "claim", "request_cancel", "request_replace", "lose"] as const) {
      expect(["UNKNOWN", "illegal"]).toContain(nextOrderState("UNKNOWN", event));
    }
    expect(nextOrderState("UNKNOWN", "not_found")).toBe("NOT_PLACED");
    for (const state of ORDER_STATES.filter((each) => each !== "UNKNOWN" && each !== "NOT_PLACED")) {
      expect(nextOrderState(state, "not_found")).toBe("illegal");
    }
  });

  it("[OS5] a fill may overtake the acknowledgement", () => {
    expect(run(["claim", "partial_fill", "accept"]).at(-1)).toBe("PARTIALLY_FILLED");
    expect(run(["claim", "fill", "accept"]).at(-1)).toBe("FILLED");
  });

  it("[OS6] a fill after the end is legal: part of it leaves the state, the whole makes it FILLED", () => {
    for (const state of ["CANCELED", "EXPIRED"] as const) {
      expect(nextOrderState(state, "partial_fill")).toBe(state);
      expect(nextOrderState(state, "fill")).toBe("FILLED");
    }
  });

  it("[OS7] a pending cancel outlasts time-outs and partial fills", () => {
    expect(run(["claim", "accept", "request_cancel", "lose", "partial_fill", "accept"]).at(-1)).toBe("PENDING_CANCEL");
    expect(run(["claim", "accept", "request_cancel", "partial_fill", releasedEvent(5n)]).at(-1)).toBe(
      "PARTIALLY_FILLED",
    );
    expect(run(["claim", "accept", "request_cancel", releasedEvent(0n)]).at(-1)).toBe("WORKING");
    expect(nextOrderState("PENDING_REPLACE", "request_cancel")).toBe("PENDING_CANCEL");
    expect(nextOrderState("PENDING_CANCEL", "request_replace")).toBe("illegal");
  });

  it("[OS8] evidence of an order that was thought not placed is adopted", () => {
    expect(nextOrderState("NOT_PLACED", "accept")).toBe("WORKING");
    expect(nextOrderState("NOT_PLACED", "fill")).toBe("FILLED");
  });

  it("[OS9] a repeated end changes nothing, and another end contradicts it", () => {
    for (const [state, event] of [
      ["FILLED", "fill"],
      ["CANCELED", "cancel"],
      ["REJECTED", "reject"],
      ["EXPIRED", "expire"],
    ] as const) {
      expect(nextOrderState(state, event)).toBe(state);
      for (const other of (["cancel", "reject", "expire"] as const).filter((each) => each !== event)) {
        expect(nextOrderState(state, other)).toBe("illegal");
      }
    }
  });

  it("[OS9] applying a report twice is applying it once", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ORDER_STATES), fc.constantFrom(...ORDER_STATUSES), (state, status) => {
        const event = orderEventOf(status);
        const once = nextOrderState(state, event);
        expect(once === "illegal" ? state : nextOrderState(once, event)).toBe(once === "illegal" ? state : once);
      }),
    );
  });

  it("[OS1] the final states are those that no act of the desk leaves", () => {
    const acts = ["deny", "lapse", "claim", "request_cancel", "request_replace"] as const;
    const left = ORDER_STATES.filter((state) => acts.some((act) => nextOrderState(state, act) !== "illegal"));
    expect(ORDER_STATES.filter((state) => !left.includes(state) && state !== "SENDING")).toEqual(FINAL_ORDER_STATES);
    expect(FINAL_ORDER_STATES.every(isFinalOrderState)).toBe(true);
    expect(NEVER_SENT.filter(isFinalOrderState)).toEqual(["DENIED", "EXPIRED_UNSENT"]);
  });
});
