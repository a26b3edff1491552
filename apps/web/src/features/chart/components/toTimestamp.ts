import type { UTCTimestamp } from "lightweight-charts";

/** The chart brands epoch seconds; a whole number of them is one. */
export function toTimestamp(epochSeconds: number): UTCTimestamp {
  if (!isTimestamp(epochSeconds)) throw new RangeError(`not a time in epoch seconds: ${epochSeconds}`);
  return epochSeconds;
}

function isTimestamp(value: number): value is UTCTimestamp {
  return Number.isInteger(value);
}
