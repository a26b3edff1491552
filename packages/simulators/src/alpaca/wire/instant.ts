import { newYorkTimeText } from "@trenddojo/brokers";

/** Nanoseconds since 1970-01-01 UTC. */
export type Nanos = bigint;

const NANOS_PER_MS = 1_000_000n;
const NANOS_PER_SECOND = 1_000_000_000n;

export const nanosOf = (epochMs: number): Nanos => BigInt(Math.floor(epochMs)) * NANOS_PER_MS;
export const millisOf = (at: Nanos): number => Number(at / NANOS_PER_MS);

const MINUTE_MS = 60_000;

/** What to add to UTC to get New York's wall clock, milliseconds. */
function newYorkOffsetMs(epochMs: number): number {
  return Date.parse(`${newYorkTimeText(epochMs).replace(" ", "T")}Z`) - (epochMs - (epochMs % MINUTE_MS));
}

/** RFC 3339 in UTC as Go prints it: up to nine decimals of a second, trailing zeros dropped. */
export function instantText(at: Nanos): string {
  const seconds = new Date(Number(at / NANOS_PER_SECOND) * 1000).toISOString().slice(0, 19);
  const fraction = String(at % NANOS_PER_SECOND)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** RFC 3339 in UTC with six decimals of a second, as fill activities have it. */
export function microsText(at: Nanos): string {
  const text = instantText(at - (at % 1000n));
  return text.includes(".") ? text.replace(/\.(\d+)Z$/, (_, digits: string) => `.${digits.padEnd(6, "0")}Z`) : text;
}

/** RFC 3339 with New York's offset, as the market clock has it. */
export function newYorkInstantText(at: Nanos): string {
  const offsetMs = newYorkOffsetMs(millisOf(at));
  const hours = String(Math.abs(offsetMs) / 3_600_000).padStart(2, "0");
  return instantText(at + BigInt(offsetMs) * NANOS_PER_MS).replace("Z", `-${hours}:00`);
}

/** New York's wall clock as digits, "20260202135509981": how an activity's id begins. */
export function newYorkDigits(at: Nanos): string {
  const wallMs = millisOf(at) + newYorkOffsetMs(millisOf(at));
  return new Date(wallMs).toISOString().replaceAll(/\D/g, "");
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/** Reads a date or an RFC 3339 instant with any offset and any number of decimals; undefined for anything else. */
export function parseInstant(text: string): Nanos | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [, date = "", time = "00:00:00", fraction = "", zone = "Z"] = match;
  const ms = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${zone.toUpperCase()}`);
  return Number.isNaN(ms) ? undefined : nanosOf(ms) + BigInt(fraction.padEnd(9, "0"));
}
