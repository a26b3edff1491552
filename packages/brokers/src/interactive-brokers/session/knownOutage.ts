import { newYorkTimeText } from "../../calendar/newYorkTime.ts";

/**
 * What Interactive Brokers does at this hour, where an outage is no surprise; null at any other. The servers are reset each
 * night around midnight in New York, and from Sunday 01:00 on a restarted gateway needs its login with the second factor:
 * https://www.interactivebrokers.com/en/software/systemStatus.php
 * @param now epoch milliseconds. @throws CalendarRangeError outside the calendar
 */
export function knownOutage(now: number): string | null {
  const text = newYorkTimeText(now);
  const time = text.slice(-5);
  const weekday = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay();
  if (time >= "23:45" || time < "00:45") return "Interactive Brokers resets its servers at this hour each night";
  if (weekday === SUNDAY && time >= "00:45" && time < "03:00") {
    return "after the weekly restart on Sunday the gateway waits for its login and the second factor (2FA)";
  }
  return null;
}

const SUNDAY = 0;
