import type { DecimalText } from "./WireContract.ts";

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Longer than any price or size, and short enough to be handled exactly. */
const MOST_DIGITS = 60;

/**
 * A number as a client's language prints it ("150.10", "1.5E7", "1e-07"), as plain digits and exact; undefined for
 * what is no number, or too long for one.
 */
export function plainDecimal(text: string): DecimalText | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent] = match;
  const shift = Number(exponent ?? 0);
  if (whole + fraction === "" || text.length + Math.abs(shift) > MOST_DIGITS) return undefined;
  const minus = sign === "-" ? "-" : "";
  if (exponent === undefined) return `${minus}${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}`;
  return minus + moved(whole, fraction, shift);
}

/** Moves the point to the right, or to the left where `shift` is negative; drops the zeros that say nothing. */
function moved(whole: string, fraction: string, shift: number): DecimalText {
  const room = "0".repeat(Math.abs(shift));
  const digits = room + whole + fraction + room;
  const point = room.length + whole.length + shift;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).replace(/0+$/, "");
  return `${before === "" ? "0" : before}${after === "" ? "" : `.${after}`}`;
}
