import { describe, expect, it } from "vitest";
import { parseFixed } from "../../domain/decimal.ts";
import { startOfDate } from "../feeTables.ts";
import { ACCESS_FEE_CAP, exchangeFee, readExchangeFees, type ExchangeFeeRow } from "./exchangeFees.ts";

const row = (from: string, rate = "0.003"): ExchangeFeeRow => ({
  from,
  removePerShare: rate,
  removeBelowDollar: rate,
  addPerShare: `-${rate}`,
});
const fill = { quantity: parseFixed("100"), price: parseFixed("10"), at: startOfDate("2026-06-01"), takes: true };

describe("[PX221] a table of fees", () => {
  it.each([
    ["the later row first", [row("2026-06-02"), row("2026-06-01")]],
    ["one date twice", [row("2026-06-01"), row("2026-06-01")]],
    ["a date that is none", [row("someday")]],
  ])("with %s is refused", (_title, rows) => {
    expect(() => readExchangeFees(rows)).toThrow("exchange fees need real dates, oldest first");
  });

  it("holds from the first instant of its date, and nothing before it", () => {
    const table = readExchangeFees([row("2026-06-01", "0.001"), row("2026-06-02", "0.002")]);
    const at = (date: string, offset: number): bigint =>
      exchangeFee(table, { ...fill, at: startOfDate(date) + offset });
    expect([at("2026-06-01", -1), at("2026-06-01", 0), at("2026-06-02", -1), at("2026-06-02", 0)]).toEqual(
      ["0", "0.1", "0.1", "0.2"].map(parseFixed),
    );
  });

  it("names the highest fee that the law allows", () => {
    const [fees] = readExchangeFees(ACCESS_FEE_CAP);
    expect(fees).toEqual({
      from: startOfDate("2007-03-05"),
      removePerShare: parseFixed("0.003"),
      removeBelowDollar: parseFixed("0.003"),
      addPerShare: 0n,
    });
  });
});

it.each([
  // 3e-9 shares × 0.5 dollars a share = 1.5e-9.
  ["a share", 3n, "10", "0.5", 2n],
  ["a share", 5n, "10", "0.5", 2n],
  // 3e-9 shares at 0.50 are worth 1.5e-9, booked as 2e-9; all of it is the fee.
  ["the value", 3n, "0.5", "1", 2n],
  // 6e-9 at 0.50 are 3e-9; half of it is 1.5e-9.
  ["the value", 6n, "0.5", "0.5", 2n],
])("[PX221] a fee on %s is exact to the nearest billionth, half to the even one", (_of, quantity, price, rate, fee) => {
  const table = readExchangeFees([row("2026-01-01", rate)]);
  expect(exchangeFee(table, { ...fill, quantity, price: parseFixed(price) })).toBe(fee);
});
