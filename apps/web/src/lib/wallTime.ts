import type { Preferences } from "./preferences.ts";
import { EXCHANGE_ZONE } from "./timeText.ts";

type TimeZone = Preferences["timeZone"];

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** "2026-11-30T16:00", as a field for a date and a time has it: what the clocks of `zone` show at an instant. */
export function toWallTime(instant: string, zone: TimeZone): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? "" : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/**
 * The instant (ISO 8601, UTC) at which the clocks of `zone` show a wall time; undefined for what is none. Of an hour that
 * comes twice in autumn it is the first, and an hour that spring leaves out is the one after it.
 */
export function fromWallTime(wallTime: string, zone: TimeZone): string | undefined {
  const shown = WALL_TIME.test(wallTime) ? Date.parse(`${wallTime}Z`) : Number.NaN;
  if (Number.isNaN(shown)) return undefined;
  const guess = shown - offsetAt(shown, zone);
  const found = shown - offsetAt(guess, zone);
  return new Date(found + offsetAt(found, zone) === shown ? found : guess).toISOString();
}

/** Milliseconds that the clocks of `zone` are ahead of UTC at an instant. */
function offsetAt(at: number, zone: TimeZone): number {
  if (zone === "utc") return 0;
  const parts = new Intl.DateTimeFormat("en-US", {
    ...(zone === "local" ? {} : { timeZone: EXCHANGE_ZONE }),
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - (at - (at % 1000));
}
