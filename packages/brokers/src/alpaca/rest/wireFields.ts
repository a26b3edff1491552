import { z } from "zod";
import { FIXED_DECIMALS, parseFixed, tryParseFixed, type Fixed } from "../../domain/decimal.ts";
import { parseInstant } from "./instant.ts";

/** Schemas of the fields that Alpaca's answers are made of. Fields that are not named are let through and dropped. */

const PLAIN = /^(-?)(\d{1,30})(?:\.(\d+))?$/;

/**
 * A decimal of any length, to the nearest billionth. For values that nobody books: averages, and equity at the last
 * close, which Alpaca sends with 11 decimals and more.
 */
export const rounded = decimal((text) => {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length <= FIXED_DECIMALS) return tryParseFixed(text);
  const kept = tryParseFixed(`${whole}.${fraction.slice(0, FIXED_DECIMALS)}`);
  if (kept === undefined) return undefined;
  const rest = fraction.slice(FIXED_DECIMALS);
  const half = `5${"0".repeat(rest.length - 1)}`;
  const isUp = rest > half || (rest === half && kept % 2n === 1n);
  const magnitude = kept + (isUp ? 1n : 0n);
  return sign === "-" ? -magnitude : magnitude;
});

/** A decimal that is booked: one that is finer than a billionth is a fault, not a thing to round. */
export const exact = decimal(tryParseFixed);

/** Null, missing or empty means none. */
export function optional<Output>(schema: z.ZodType<Output>): z.ZodType<Output | null> {
  return z
    .union([z.literal("").transform(() => null), z.null(), schema])
    .optional()
    .transform((value) => value ?? null);
}

export const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue("not an instant");
  return z.NEVER;
});

/** A list that Alpaca leaves out or sends as null where it is empty. */
export function listOf<Output>(schema: z.ZodType<Output>): z.ZodType<readonly Output[]> {
  return z
    .union([z.null(), z.array(schema)])
    .optional()
    .transform((value) => value ?? []);
}

/** A price or a size of market data, which are JSON numbers; one too long for a float is not looked at that closely. */
export const tick = z.union([z.number(), z.string().regex(PLAIN).transform(Number)]);

function decimal(read: (text: string) => Fixed | undefined) {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const fixed = typeof value === "string" ? read(value) : readNumber(value, read);
    if (fixed !== undefined) return fixed;
    context.addIssue("not a decimal");
    return z.NEVER;
  });
}

/** A number that came as one has at most 15 digits and a short form (`parseExactJson`). */
function readNumber(value: number, read: (text: string) => Fixed | undefined): Fixed | undefined {
  const fixed = tryParseFixed(value);
  return fixed ?? (Number.isFinite(value) ? read(value.toFixed(20)) : undefined);
}

/** Zero, for a field that may be missing. */
export const ZERO: Fixed = parseFixed("0");
