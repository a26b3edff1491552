const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time for a sentence: "2 d 3 h", "14 h 30 min", "5 min", "less than a minute". */
export function spokenDuration(durationMs: number): string {
  const days = Math.floor(durationMs / DAY);
  const hours = Math.floor((durationMs % DAY) / HOUR);
  const minutes = Math.floor((durationMs % HOUR) / MINUTE);
  const parts =
    days > 0
      ? [
          [days, "d"],
          [hours, "h"],
        ]
      : [
          [hours, "h"],
          [minutes, "min"],
        ];
  const spoken = parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`);
  return spoken.length === 0 ? "less than a minute" : spoken.join(" ");
}
