import { expect, test } from "vitest";
import { queryOf, THE_DESK } from "./ActivityFilters.ts";

test("[UD16] days are those of the chosen clock, the last one whole, and the desk is no person", () => {
  expect(queryOf({}, "utc")).toEqual({});
  expect(queryOf({ from: "2026-11-01", to: "2026-11-01" }, "exchange")).toEqual({
    from: "2026-11-01T04:00:00.000Z",
    // The clocks go back that night: it is a day of 25 hours.
    to: "2026-11-02T05:00:00.000Z",
  });
  expect(queryOf({ person: THE_DESK, action: "order.", mode: "paper", search: "AAPL" }, "utc")).toEqual({
    username: null,
    action: "order.",
    mode: "paper",
    search: "AAPL",
  });
  expect(queryOf({ from: "someday", to: "2026-13-40" }, "utc")).toEqual({});
});
