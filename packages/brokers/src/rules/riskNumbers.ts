import { formatFixed, multiply, roundTo, type Fixed } from "../domain/decimal.ts";

/** To the cent: "1234.50". */
export const amount = (value: Fixed): string => formatFixed(roundTo(value, 2, "half_even"), 2);

/** 0.1 as "10 %". */
export const percent = (fraction: Fixed): string => `${formatFixed(roundTo(fraction * 100n, 2, "half_even"))} %`;

/** A share of nothing is none. */
export const fractionOf = (whole: Fixed, fraction: Fixed): Fixed =>
  whole <= 0n ? 0n : multiply(whole, fraction, "down");
