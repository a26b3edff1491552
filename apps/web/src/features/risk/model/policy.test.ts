import { expect, test } from "vitest";
import { aPolicy } from "../../../testing/builders.ts";
import { limitNote, limitValue } from "./limitText.ts";
import { lastingRaises, raisedTo, raiseProblems } from "./raiseForm.ts";
import { symbolProblems, symbolSentence, toSymbolDraft, toSymbolLimit } from "./symbolForm.ts";

const policy = aPolicy();
const NOW = Date.parse("2026-11-23T15:00:00.000Z");

test("[UL4] a limit says what it may be for good, and what it is raised to now", () => {
  expect(limitNote("maxOrderValue", policy)).toBe("At most $25,000 without a time limit.");
  const raised = { ...policy, effective: { ...policy.effective, maxPositionFraction: 0.15 } };
  expect(limitNote("maxPositionFraction", raised)).toBe(
    "Raised for now to 15.00%. At most 10.00% without a time limit.",
  );
  // What was set above the defaults once may stay.
  const above = { ...policy, base: { ...policy.base, maxOrderQuantity: "20000" } };
  expect(limitNote("maxOrderQuantity", above)).toContain("At most 20,000 shares");
  expect(limitValue("maxOrdersPerMinute", 60)).toBe("60 a minute");
});

test("[UL5] a raise goes above what holds now, for 5 to 1,440 minutes, and a fraction is typed in per cent", () => {
  const draft = { field: "maxPositionFraction", value: "12.5", minutes: "30" } as const;
  expect([raisedTo(draft), raiseProblems(draft, policy)]).toEqual(["0.125", {}]);
  expect(raiseProblems({ ...draft, value: "10" }, policy).value).toBe("Enter more than the 10.00% that holds now.");
  expect(raiseProblems({ ...draft, value: "x" }, policy).value).toBe("Enter a number above zero.");
  for (const minutes of ["4", "1441", "7.5", ""])
    expect(raiseProblems({ ...draft, minutes }, policy).minutes).toBe("Enter 5 to 1,440 minutes.");
  expect(raisedTo({ field: "maxOrderValue", value: "50000", minutes: "5" })).toBe("50000");
});

test("[UL6] a raise lasts until its time is over or it was ended; what ends first stands first", () => {
  const raise = (id: string, minutes: number, endedAt: string | null = null) => ({
    id,
    field: "maxOrderValue" as const,
    before: "25000",
    raisedTo: "50000",
    grantedAt: "2026-11-23T14:00:00.000Z",
    grantedBy: "ada",
    until: new Date(NOW + minutes * 60_000).toISOString(),
    endedAt,
  });
  const raises = [
    raise("later", 20),
    raise("sooner", 5),
    raise("over", 0),
    raise("ended", 9, "2026-11-23T14:30:00.000Z"),
  ];
  expect(lastingRaises({ ...policy, raises }, NOW).map(({ id }) => id)).toEqual(["sooner", "later"]);
});

test("[UL7] a symbol's limits are the account's where they are left empty, and per cent are exact", () => {
  const limit = {
    symbol: "TSLA",
    isBlocked: true,
    maxOrderValue: null,
    maxOrderQuantity: "50",
    maxPositionFraction: 0.07,
  };
  expect(toSymbolDraft(limit)).toMatchObject({ maxOrderValue: "", maxPositionFraction: "7" });
  expect(toSymbolLimit(toSymbolDraft(limit))).toEqual(limit);
  expect(symbolSentence(limit)).toBe(
    "only orders that make the position smaller, an order at most 50 shares, a position at most 7.00% of equity",
  );
  expect(Object.keys(symbolProblems(toSymbolDraft(undefined)))).toEqual(["symbol", "maxOrderValue"]);
  expect(symbolProblems({ ...toSymbolDraft(limit), maxOrderQuantity: "0" })).toEqual({
    maxOrderQuantity: "Enter a number above zero, or nothing.",
  });
});
