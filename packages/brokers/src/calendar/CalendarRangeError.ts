/** The years whose rules and closings are known here. */
export const FIRST_CALENDAR_YEAR = 2010;
export const LAST_CALENDAR_YEAR = 2035;

/** An instant or a date that the exchange calendar does not cover, or a text that is not a date. */
export class CalendarRangeError extends RangeError {
  override readonly name = "CalendarRangeError";
  readonly code = "CALENDAR_OUT_OF_RANGE";

  /** @param asked what was asked for: a date or epoch milliseconds. */
  constructor(asked: string | number) {
    super(
      `the exchange calendar covers the dates ${FIRST_CALENDAR_YEAR}-01-01 to ${LAST_CALENDAR_YEAR}-12-31, written YYYY-MM-DD; asked for ${String(asked).slice(0, 40)}`,
    );
  }
}
