import { sessionAt } from "../../calendar/sessionAt.ts";
import type { OrderTerms } from "./OrderTerms.ts";

/** Clocks differ, and the gateway's tells seconds. */
const SLACK_MS = 5_000;

/**
 * Whether an order's time in force is over: one that ended then, and that nobody canceled, has expired.
 * @param submittedAt and `now` epoch milliseconds of the broker's clock. @throws CalendarRangeError
 */
export function isOver(terms: OrderTerms, submittedAt: number, now: number): boolean {
  const endsAt = endOf(terms, submittedAt);
  return endsAt !== null && now + SLACK_MS >= endsAt;
}

/** Null for one that lives until it is canceled, and for one that does not outlive its first try. */
function endOf({ timeInForce, expiresAt, extendedHours }: OrderTerms, submittedAt: number): number | null {
  switch (timeInForce) {
    case "gtc":
      return expiresAt ?? null;
    case "ioc":
    case "fok":
      return null;
    case "day":
    case "opg":
    case "cls": {
      const { dayEndsAt, nextCloseAt } = sessionAt(submittedAt);
      return extendedHours ? dayEndsAt : nextCloseAt;
    }
  }
}
