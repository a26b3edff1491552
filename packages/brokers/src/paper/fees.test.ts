import { describe, expect, it } from "vitest";
import { formatFixed, parseFixed } from "../domain/decimal.ts";
import { SEC_FEE_RATES, TAF_RATES } from "./feeTables.ts";
import { secFee, tafFee } from "./fees.ts";

const noonOf = (date: string): number => Date.parse(`${date}T17:00:00Z`);

describe("[PX64] the SEC fee of a million dollars", () => {
  it.each([
    ["2013-10-08", "17.4"],
    ["2014-03-17", "17.4"],
    ["2014-03-18", "22.1"],
    ["2021-02-24", "22.1"],
    ["2021-02-25", "5.1"],
    ["2024-06-03", "27.8"],
    ["2025-06-02", "0"],
    ["2026-04-03", "0"],
    ["2026-04-06", "20.6"],
    ["2035-01-02", "20.6"],
    ["1999-01-04", "0"],
  ])("on %s is %s", (date, fee) => {
    expect(formatFixed(secFee(parseFixed("1000000"), noonOf(date)))).toBe(fee);
  });

  it("goes up to the cent, and nothing is charged of nothing", () => {
    const at = noonOf("2026-06-01");
    expect(formatFixed(secFee(parseFixed("0.01"), at))).toBe("0.01");
    expect(formatFixed(secFee(parseFixed("50000"), at))).toBe("1.03");
    expect(formatFixed(secFee(parseFixed("50000.01"), at))).toBe("1.04");
    expect(secFee(0n, at)).toBe(0n);
  });
});

describe("[PX65] the trading activity fee", () => {
  it.each([
    ["2013-10-08", "10000", "1.19"],
    ["2013-10-08", "50000", "5.95"],
    ["2013-10-08", "90000", "5.95"],
    ["2023-12-29", "1000", "0.15"],
    ["2024-01-02", "1000", "0.17"],
    ["2026-06-01", "1000", "0.2"],
    ["2026-06-01", "1", "0.01"],
    ["2026-06-01", "50206", "9.79"],
    ["2003-06-02", "1000", "0"],
  ])("on %s of %s shares is %s", (date, shares, fee) => {
    expect(formatFixed(tafFee(parseFixed(shares), noonOf(date)))).toBe(fee);
  });
});

it.each([
  ["SEC", SEC_FEE_RATES],
  ["TAF", TAF_RATES],
])("[PX64] the %s table is in order of its dates", (_name, rates) => {
  const dates = rates.map(({ from }) => from);
  expect(dates).toEqual(dates.toSorted((a, b) => a - b));
  expect(dates.every(Number.isFinite)).toBe(true);
});
