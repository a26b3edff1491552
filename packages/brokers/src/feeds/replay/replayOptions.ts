import { ReplayError } from "./ReplayError.ts";

/** Market seconds in a second of ours; `max` is as fast as the machine can. */
export type ReplaySpeed = number | "max";

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** @throws ReplayError INVALID_OPTION unless the speed is "max" or a positive number. */
export function assertSpeed(speed: ReplaySpeed): void {
  if (speed === "max" || (speed > 0 && Number.isFinite(speed))) return;
  throw new ReplayError("INVALID_OPTION", `the replay speed must be "max" or a number above 0, not ${speed}`);
}

/** Milliseconds since midnight of an HH:MM. @throws ReplayError INVALID_OPTION */
export function parseTimeOfDay(text: string): number {
  const [, hours, minutes] = TIME_OF_DAY.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) {
    throw new ReplayError(
      "INVALID_OPTION",
      `the start time must be HH:MM in New York, as 09:30, not ${text.slice(0, 20)}`,
    );
  }
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
