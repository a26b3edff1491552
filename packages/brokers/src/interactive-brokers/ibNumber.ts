import { fixedFromTick, tryParseFixed, type Fixed } from "../domain/decimal.ts";

/** The greatest double and the greatest 32-bit integer stand for "not said". */
const UNSET_INTEGER = 2_147_483_647;
const UNSET_FROM = 1e300;

/**
 * A number that the vendor's library read as a float, exactly where its shortest form is exact, else to the nearest
 * millionth. Null where nothing is said.
 */
export function readNumber(value: number | undefined): Fixed | null {
  if (value === undefined || !Number.isFinite(value) || Math.abs(value) >= UNSET_FROM || value === UNSET_INTEGER) {
    return null;
  }
  const exact = tryParseFixed(value);
  if (exact !== undefined) return exact;
  return Math.abs(value) < 9e9 ? fixedFromTick(value) : null;
}

/** As `readNumber`; null for what is not above zero either: the gateway writes 0 for a price that an order has not. */
export function readPositive(value: number | undefined): Fixed | null {
  const read = readNumber(value);
  return read !== null && read > 0n ? read : null;
}
