const PATTERN = /^(\d{4})(\d{2})(\d{2})(-| +)(\d{2}):(\d{2}):(\d{2})(?: +(\S.*))?$/;
const PAD = 2;

/** What clocks somewhere are ahead of UTC at an instant, milliseconds. */
export type OffsetAt = (epochMs: number) => number;

/**
 * An instant as Interactive Brokers writes it: `20260413 15:27:04 US/Eastern`, or `20260413-19:27:04` for UTC. Null for
 * anything else, and for a time zone that is not known here: where none is named, `zone` is meant,
 * by its name or, for many of them, as `offsetIn` has it.
 * https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#historical-date-formatting
 */
export function readInstant(text: string, zone?: string | OffsetAt): number | null {
  const match = PATTERN.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, divider, hour, minute, second, named] = match;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (divider === "-") return wall;
  const where = named ?? zone;
  const offsetAt = typeof where === "string" ? offsetIn(where) : where;
  return offsetAt === null || offsetAt === undefined ? null : instantAt(wall, offsetAt);
}

/** The other way, in UTC; what is less than a second is cut off. */
export function writeInstant(epochMs: number): string {
  const at = new Date(epochMs);
  const pad = (value: number): string => String(value).padStart(PAD, "0");
  const date = `${at.getUTCFullYear()}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}`;
  return `${date}-${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`;
}

/** The instant at which clocks show the wall time; where they show it twice, the first. */
function instantAt(wall: number, offsetAt: OffsetAt): number {
  return wall - offsetAt(wall - offsetAt(wall));
}

/** Null for a zone that nobody here knows. To make it takes much longer than to ask it. */
export function offsetIn(zone: string): OffsetAt | null {
  const clocks = clocksIn(zone);
  if (clocks === null) return null;
  return (epochMs) => {
    const parts = clocks.formatToParts(epochMs);
    const of = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
    const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
    return wall - epochMs;
  };
}

function clocksIn(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
}
