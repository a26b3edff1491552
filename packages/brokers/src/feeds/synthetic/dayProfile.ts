/** Minutes of a day as the profiles count them. */
export const MINUTES_PER_DAY = 1440;

const PRE_OPENS = 4 * 60;
const OPENS = 9 * 60 + 30;
const CLOSES = 16 * 60;
const POST_CLOSES = 20 * 60;

/** How a day's activity spreads over its minutes, counted from midnight in New York. */
export interface DayProfile {
  /** Share of the day that has passed at a minute (0 to 1440, fractions between), rising from 0 to 1. */
  elapsed(minute: number): number;
}

/** How much prices move: the smile of the regular session, half of it outside, a little at night. */
export function volatilityProfile(): DayProfile {
  return profileOf((minute) => {
    if (minute >= OPENS && minute < CLOSES) return smile(minute, 1.4, 2.6);
    return minute >= PRE_OPENS && minute < POST_CLOSES ? 0.8 : 0.6;
  });
}

/** How much is traded: nine tenths in the regular session. */
export function volumeProfile(): DayProfile {
  return profileOf((minute) => {
    if (minute >= OPENS && minute < CLOSES) return smile(minute, 1.4, 2.6);
    return minute >= PRE_OPENS && minute < POST_CLOSES ? 0.12 : 0.06;
  });
}

/** `floor` at midday, `floor + rise` at the open, and two thirds of the rise at the close. */
function smile(minute: number, floor: number, rise: number): number {
  const middle = (OPENS + CLOSES) / 2;
  const distance = (minute - middle) / (middle - OPENS);
  return floor + rise * distance * distance * (distance < 0 ? 1 : 2 / 3);
}

function profileOf(weightOf: (minute: number) => number): DayProfile {
  const elapsed = new Float64Array(MINUTES_PER_DAY + 1);
  for (let minute = 0; minute < MINUTES_PER_DAY; minute += 1) {
    elapsed[minute + 1] = (elapsed[minute] ?? 0) + weightOf(minute);
  }
  const total = elapsed[MINUTES_PER_DAY] ?? 1;
  return {
    elapsed(minute) {
      const within = Math.min(Math.max(minute, 0), MINUTES_PER_DAY);
      const whole = Math.min(Math.floor(within), MINUTES_PER_DAY - 1);
      const from = elapsed[whole] ?? 0;
      return (from + ((elapsed[whole + 1] ?? 0) - from) * (within - whole)) / total;
    },
  };
}
