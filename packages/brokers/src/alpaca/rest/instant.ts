const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * An RFC 3339 text in epoch milliseconds, cut and never rounded up: Alpaca sends zero to nine decimals of a second and
 * any offset. Undefined for what is not one.
 */
export function parseInstant(text: unknown): number | undefined {
  const match = typeof text === "string" ? RFC3339.exec(text) : null;
  if (match === null) return undefined;
  const [, seconds = "", fraction = "", zone = ""] = match;
  const atMs = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(atMs) ? undefined : atMs + Number(fraction.slice(0, 3).padEnd(3, "0"));
}

/** As Alpaca's queries take it; an instant beyond the calendar is its nearest end. */
export function formatInstant(epochMs: number): string {
  return new Date(Math.min(Math.max(0, epochMs), LAST_MS)).toISOString();
}

/** The last second of the year 9999. */
const LAST_MS = 253_402_300_799_000;
