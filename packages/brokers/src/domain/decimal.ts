import { brand, type Brand } from "./brand.ts";

/**
 * Exact decimals. At the edges (wire, database, JSON) a number is a canonical decimal string; inside the core it
 * is a `Fixed`: a bigint that counts billionths (1e-9), the finest quantity that a broker here takes.
 * Addition, subtraction and comparison are the native operators on bigint; products and quotients go through
 * `multiply` and `divide`, which name their rounding.
 */
export type Fixed = bigint;

/** A canonical decimal string: no exponent, no plus sign, no superfluous zero, at most 9 decimals. */
export type DecimalString = Brand<string, "Decimal">;
/** An amount of the account's currency, as a canonical decimal string. */
export type Money = DecimalString & Brand<string, "Money">;
/** A price of one share in the instrument's currency, as a canonical decimal string. */
export type Price = DecimalString & Brand<string, "Price">;
/** A number of shares, as a canonical decimal string; negative in short positions. */
export type Quantity = DecimalString & Brand<string, "Quantity">;

/** What a caller may write for a decimal: an exact string, or a number that has an exact short form. */
export type DecimalInput = string | number;

/**
 * `half_even` and `half_up` round to the nearest; ties go to the even digit or away from zero. `down` cuts toward
 * zero, `up` goes away from it, `floor` toward minus and `ceil` toward plus infinity.
 */
export type Rounding = "half_even" | "half_up" | "down" | "up" | "floor" | "ceil";

/** Decimals of a `Fixed`. */
export const FIXED_DECIMALS = 9;
/** One, as a `Fixed`. */
export const ONE: Fixed = 1_000_000_000n;

/** Eighteen integer digits and nine decimals. */
const LARGEST: Fixed = 10n ** 27n - 1n;

/** The most billionths that a float counts without a gap. */
const SAFE: Fixed = BigInt(Number.MAX_SAFE_INTEGER);
const BILLION = 1_000_000_000;
const ZERO_DIGIT = 48;
/** Millionths whose billionths a float still counts without a gap. */
const SAFE_MILLIONTHS = Math.floor(Number.MAX_SAFE_INTEGER / 1_000);

const GRAMMAR = /^(-?)(\d{1,18})(?:\.(\d{1,9}))?$/;

/** A decimal that could not be read: not finite, not exact in 9 decimals, more than 18 integer digits, or not a number at all. */
export class DecimalError extends RangeError {
  override readonly name = "DecimalError";
  readonly input: unknown;
  constructor(input: unknown) {
    super(`not an exact decimal with at most 18 integer digits and 9 decimals: ${String(input).slice(0, 40)}`);
    this.input = input;
  }
}

/**
 * Reads a decimal exactly.
 * @throws DecimalError for NaN, infinities, exponents, more than 9 decimals or 18 integer digits, and any other text.
 */
export function parseFixed(input: DecimalInput): Fixed {
  const fixed = tryParseFixed(input);
  if (fixed === undefined) throw new DecimalError(input);
  return fixed;
}

/** Like `parseFixed`, but answers `undefined` for what is not an exact decimal. */
export function tryParseFixed(input: unknown): Fixed | undefined {
  const text = typeof input === "number" ? numberText(input) : input;
  if (typeof text !== "string") return undefined;
  const match = GRAMMAR.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const units = BigInt(whole + fraction.padEnd(FIXED_DECIMALS, "0"));
  return sign === "-" ? -units : units;
}

/** `0.1 + 0.2` prints as 0.30000000000000004 and is refused later for its decimals: a float that lost exactness shows it. */
function numberText(value: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  const text = String(value);
  return text.includes("e-") ? value.toFixed(20).replace(/0+$/, "") : text;
}

/**
 * The canonical decimal string of a `Fixed`, with at least `minDecimals` decimals.
 * @throws DecimalError beyond 18 integer digits: nobody could read it back.
 */
export function formatFixed(value: Fixed, minDecimals = 0): DecimalString {
  if (value <= SAFE && value >= -SAFE) return brand(formatSafe(Number(value), minDecimals));
  const negative = value < 0n;
  if (value > LARGEST || value < -LARGEST) throw new DecimalError(value);
  const digits = (negative ? -value : value).toString().padStart(FIXED_DECIMALS + 1, "0");
  const whole = digits.slice(0, -FIXED_DECIMALS);
  return brand(`${negative ? "-" : ""}${whole}${fractionText(digits.slice(-FIXED_DECIMALS), minDecimals)}`);
}

/** The same for billionths that a float counts exactly, as nearly all do: several times as fast. */
function formatSafe(value: number, minDecimals: number): string {
  const size = Math.abs(value);
  const fraction = size % BILLION;
  const whole = value < 0 ? `-${(size - fraction) / BILLION}` : `${(size - fraction) / BILLION}`;
  if (fraction === 0 && minDecimals === 0) return whole;
  return whole + fractionText(String(fraction).padStart(FIXED_DECIMALS, "0"), minDecimals);
}

/** Nine digits as a fraction: what is zero at their end is cut off down to `minDecimals`. */
function fractionText(digits: string, minDecimals: number): string {
  let end = FIXED_DECIMALS;
  while (end > minDecimals && digits.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  return end === 0 ? "" : `.${digits.slice(0, end)}`;
}

/** @throws DecimalError */
export function money(input: DecimalInput | Fixed): Money {
  return brand(formatFixed(typeof input === "bigint" ? input : parseFixed(input)));
}

/** @throws DecimalError */
export function price(input: DecimalInput | Fixed): Price {
  return brand(formatFixed(typeof input === "bigint" ? input : parseFixed(input)));
}

/** @throws DecimalError */
export function quantity(input: DecimalInput | Fixed): Quantity {
  return brand(formatFixed(typeof input === "bigint" ? input : parseFixed(input)));
}

/**
 * A streaming tick's price or size as a `Fixed`, rounded to the nearest 1e-6: ticks are plain numbers that are looked at, and this
 * is the one door through which they may reach an exact computation.
 * @throws DecimalError when the tick is not finite.
 */
export function fixedFromTick(value: number): Fixed {
  const millionths = millionthsOf(value);
  return Math.abs(millionths) <= SAFE_MILLIONTHS ? BigInt(millionths * 1_000) : BigInt(millionths) * 1_000n;
}

/** The exact middle of two ticks, each read as `fixedFromTick` reads it. @throws DecimalError when one is not finite. */
export function fixedMiddle(low: number, high: number): Fixed {
  const [first, second] = [millionthsOf(low), millionthsOf(high)];
  const both = first + second;
  return Math.abs(both) <= SAFE_MILLIONTHS ? BigInt(both * 500) : (BigInt(first) + BigInt(second)) * 500n;
}

function millionthsOf(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) > 9e9) throw new DecimalError(value);
  return Math.round(value * 1_000_000);
}

/** A `Fixed` as a float, for charts and ratios only. */
export function toNumber(value: Fixed): number {
  return Number(value) / 1e9;
}

/** a × b, rounded to 9 decimals. */
export function multiply(a: Fixed, b: Fixed, rounding: Rounding): Fixed {
  return divideRounded(a * b, ONE, rounding);
}

/** a ÷ b, rounded to 9 decimals. @throws RangeError when b is zero. */
export function divide(a: Fixed, b: Fixed, rounding: Rounding): Fixed {
  if (b === 0n) throw new RangeError("division by zero");
  return divideRounded(a * ONE, b, rounding);
}

/** Rounds to `decimals` (0 to 9) decimals. */
export function roundTo(value: Fixed, decimals: number, rounding: Rounding): Fixed {
  const step = 10n ** BigInt(FIXED_DECIMALS - decimals);
  return divideRounded(value, step, rounding) * step;
}

/** Rounds to a multiple of `step` (a tick or a lot). */
export function roundToStep(value: Fixed, step: Fixed, rounding: Rounding): Fixed {
  return divideRounded(value, step, rounding) * step;
}

export function abs(value: Fixed): Fixed {
  return value < 0n ? -value : value;
}

export function min(a: Fixed, b: Fixed): Fixed {
  return a < b ? a : b;
}

export function max(a: Fixed, b: Fixed): Fixed {
  return a > b ? a : b;
}

function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const negative = numerator < 0n !== denominator < 0n;
  return roundsAwayFromZero(quotient, abs(remainder) * 2n, abs(denominator), negative, rounding)
    ? quotient + (negative ? -1n : 1n)
    : quotient;
}

function roundsAwayFromZero(
  quotient: bigint,
  twiceRemainder: bigint,
  denominator: bigint,
  negative: boolean,
  rounding: Rounding,
): boolean {
  switch (rounding) {
    case "down":
      return false;
    case "up":
      return true;
    case "floor":
      return negative;
    case "ceil":
      return !negative;
    case "half_up":
      return twiceRemainder >= denominator;
    case "half_even":
      return twiceRemainder > denominator || (twiceRemainder === denominator && quotient % 2n !== 0n);
  }
}
