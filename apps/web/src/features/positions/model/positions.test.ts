import { expect, test } from "vitest";
import { aPortfolio, aPosition } from "../../../testing/builders.ts";
import { closingOrder } from "./closingOrder.ts";
import { markAgeMs } from "./markAge.ts";

const portfolio = aPortfolio({
  balances: { ...aPortfolio().balances, asOf: "2013-10-08T14:00:09.000Z" },
  receivedAt: "2026-11-23T15:00:00.000Z",
});

test("[UO9] a mark of a replayed day is as old as it is on that day's clock, and grows while nothing is heard", () => {
  const now = Date.parse("2026-11-23T15:00:04.000Z");
  expect(markAgeMs("2013-10-08T14:00:08.000Z", portfolio, now)).toBe(5_000);
  expect(markAgeMs(null, portfolio, now)).toBeNull();
});

test("[UO10] a position is closed by its opposite, exactly", () => {
  expect(closingOrder(aPosition({ quantity: "100.5" }))).toEqual({ side: "sell", quantity: "100.5" });
  expect(closingOrder(aPosition({ quantity: "-40" }))).toEqual({ side: "buy", quantity: "40" });
});
