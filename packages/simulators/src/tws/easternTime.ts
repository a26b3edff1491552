import { CalendarRangeError, newYorkTimeText, nyMidnight } from "@trenddojo/brokers";

const DAY_MS = 86_400_000;

/** The zone as TWS writes it; not the canonical name. */
export const EASTERN = "US/Eastern";

/** "20260413 15:27:04", New York's clock. */
export function easternTime(epochMs: number): string {
  const seconds = String(Math.floor(epochMs / 1_000) % 60).padStart(2, "0");
  return `${newYorkTimeText(epochMs).replaceAll("-", "")}:${seconds}`;
}

/** "20260413", New York's date. */
export function easternDate(epochMs: number): string {
  return easternTime(epochMs).slice(0, 8);
}

/** "15:27", New York's clock. */
export function easternMinute(epochMs: number): string {
  return easternTime(epochMs).slice(9, 14);
}

const WRITTEN = /^(\d{4})(\d{2})(\d{2})(?:[- ](\d{2}):(\d{2}):(\d{2}))?(?: ?(\S.*))?$/;

/**
 * An instant as TWS reads it: "20260413 15:27:04 US/Eastern"; with a dash between date and time, UTC. Without a zone, and in
 * one that this gateway does not know, New York's. Undefined for what is none.
 */
export function instantOf(text: string): number | undefined {
  const match = WRITTEN.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", zone = ""] = match;
  const date = `${year}-${month}-${day}`;
  const sinceMidnight = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || sinceMidnight >= DAY_MS) return undefined;
  if (zone === "UTC" || zone === "GMT" || (zone === "" && /^\d{8}-/.test(text.trim()))) return midnight + sinceMidnight;
  try {
    // The day's offset is that of the hour asked for, but for the night in which the clocks change.
    return nyMidnight(date) + sinceMidnight;
  } catch (error) {
    if (error instanceof CalendarRangeError) return undefined;
    throw error;
  }
}
