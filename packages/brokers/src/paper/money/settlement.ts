import type { SessionState } from "../SessionState.ts";
import { startOfDate } from "../feeTables.ts";

/**
 * Business days from a trade to its settlement, by trade date; oldest first.
 * Source: SEC Rule 15c6-1(a), https://www.law.cornell.edu/cfr/text/17/240.15c6-1. Three days from 1995-06-07 (Release
 * 34-33023), two from 2017-09-05 (Release 34-80295, 82 FR 15564), one from 2024-05-28 (Release 34-96930, 88 FR 13872).
 */
const SETTLEMENT_CYCLES = [
  { from: startOfDate("1995-06-07"), days: 3 },
  { from: startOfDate("2017-09-05"), days: 2 },
  { from: startOfDate("2024-05-28"), days: 1 },
] as const;

/** Market days from a trade at `at` (epoch milliseconds) to its settlement; before the table begins, as in its first row. */
export function settlementDays(at: number): number {
  return (SETTLEMENT_CYCLES.findLast(({ from }) => from <= at) ?? SETTLEMENT_CYCLES[0]).days;
}

/** Tells when the proceeds of a sale are settled cash (PX200). */
export class SettlementCalendar {
  readonly #sessionAt: (at: number) => SessionState;
  #known: { readonly days: number; readonly dayEndsAt: number; readonly settlesAt: number } | undefined;

  constructor(sessionAt: (at: number) => SessionState) {
    this.#sessionAt = sessionAt;
  }

  /**
   * The instant at which the settlement day of a trade begins, which is when the market day before it ends; epoch
   * milliseconds. `dayEndsAt` is the end of the trade's own market day.
   */
  settlesAt(tradedAt: number, dayEndsAt: number): number {
    const days = settlementDays(tradedAt);
    const known = this.#known;
    if (known?.dayEndsAt === dayEndsAt && known.days === days) return known.settlesAt;
    let settlesAt = dayEndsAt;
    for (let day = 1; day < days; day += 1) settlesAt = this.#sessionAt(settlesAt).dayEndsAt;
    this.#known = { days, dayEndsAt, settlesAt };
    return settlesAt;
  }
}
