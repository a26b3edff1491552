import type { Preferences } from "./preferences.ts";

type TimeZone = Preferences["timeZone"];

/** US exchanges keep New York's clock. */
export const EXCHANGE_ZONE = "America/New_York";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: TimeZone, parts: "time" | "dateTime" | "date"): Intl.DateTimeFormat {
  const key = `${zone} ${parts}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat(undefined, {
    ...(parts === "time" ? {} : { year: "numeric", month: "short", day: "numeric" }),
    ...(parts === "date" ? {} : { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    ...(zone === "local" ? {} : { timeZone: zone === "utc" ? "UTC" : EXCHANGE_ZONE }),
  });
  formatters.set(key, formatter);
  return formatter;
}

/** An instant (epoch milliseconds or ISO 8601) on the chosen clock. */
export function formatInstant(
  instant: number | string,
  zone: TimeZone,
  parts: "time" | "dateTime" | "date" = "dateTime",
): string {
  return formatterOf(zone, parts).format(toEpochMs(instant));
}

/** Whether two instants lie on one day of the chosen clock. */
export function isSameDay(one: number | string, other: number | string, zone: TimeZone): boolean {
  return formatInstant(one, zone, "date") === formatInstant(other, zone, "date");
}

/** Says whose clock it is: "ET", "UTC" or "local". */
export const ZONE_NAMES = { exchange: "ET", utc: "UTC", local: "local" } as const satisfies Record<TimeZone, string>;

/** Epoch milliseconds of an instant on the wire. */
export function toEpochMs(instant: number | string): number {
  return typeof instant === "number" ? instant : Date.parse(instant);
}

/** An age in its largest whole unit: "3 s", "12 min", "2 h", "4 d". */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** What is left of a time, to the second: "45 s", "12 min 05 s", "3 h 20 min". */
export function formatRemaining(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const padded = (value: number) => String(value).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${padded(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${padded(Math.floor((seconds % 3600) / 60))} min`;
}
