const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

const UNITS: Readonly<Record<string, number>> = {
  S: SECOND_MS,
  D: DAY_MS,
  W: 7 * DAY_MS,
  M: 30 * DAY_MS,
  Y: 365 * DAY_MS,
};

/** How far back a request goes. */
export interface Duration {
  /** Days on which the exchange trades, of a duration in days; else null. */
  readonly tradingDays: number | null;
  /** Milliseconds on the calendar. */
  readonly spanMs: number;
}

/** "1 D", "3600 S", "2 W"; undefined for what is none. A year is the longest but for days and longer bars. */
export function durationOf(text: string): Duration | undefined {
  const match = /^([1-9]\d{0,5}) ([SDWMY])$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) return undefined;
  const count = Number(match[1]);
  return { tradingDays: match[2] === "D" ? count : null, spanMs: count * unit };
}
