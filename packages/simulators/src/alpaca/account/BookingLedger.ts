import { nyDate } from "@trenddojo/brokers";
import { max, type Random } from "@trenddojo/brokers/domain";
import type { PaperEvent } from "@trenddojo/brokers/paper";
import { uuid } from "../wire/ids.ts";
import { nanosOf, type Nanos } from "../wire/instant.ts";
import type { Booking } from "./Booking.ts";
import { bookingsOf, type BookingDraft } from "./bookingsOf.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NANOS_PER_MICRO = 1_000n;

export interface BookingLedgerParts {
  readonly random: Random;
  /** A moment of the account's now. */
  readonly stamp: () => Nanos;
  /** Whether a booking is made on the next day, or at once. */
  readonly delay: "next_day" | "none";
}

/** Everything that was booked to an account without a trade, and what will be. */
export class BookingLedger {
  readonly #parts: BookingLedgerParts;
  readonly #rows: Booking[] = [];

  constructor(parts: BookingLedgerParts) {
    this.#parts = parts;
  }

  /** Those that nobody sees yet included, in the order in which they came. */
  get all(): readonly Booking[] {
    return this.#rows;
  }

  restore(rows: readonly Booking[]): void {
    this.#rows.push(...rows);
  }

  /** Those that are made by `now`, epoch milliseconds, oldest first. */
  madeBy(now: number): readonly Booking[] {
    const until = nanosOf(now + 1);
    return this.#rows
      .filter(({ createdAt }) => createdAt < until)
      .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
  }

  apply(event: PaperEvent): void {
    const drafts = bookingsOf(event);
    const groupId = drafts.length > 1 && event.type !== "order_filled" ? uuid(this.#parts.random) : null;
    for (const draft of drafts) if (!this.#joined(draft)) this.#add(draft, groupId);
  }

  #add({ at, ...draft }: BookingDraft, groupId: string | null): void {
    const date = nyDate(at);
    const id = `${date.replaceAll("-", "")}000000000::${uuid(this.#parts.random)}`;
    this.#rows.push({ ...draft, id, createdAt: this.#createdAt(at, date), date, groupId });
  }

  /** A microsecond apart, so that no two are made at the same moment. */
  #createdAt(at: number, date: string): Nanos {
    const { delay, stamp } = this.#parts;
    const place = BigInt(this.#rows.length % 1_000_000) * NANOS_PER_MICRO;
    // A dividend is known before its day.
    if (delay === "none") return max(stamp(), nanosOf(at) + place);
    // 01:00 UTC of the day after: https://docs.alpaca.markets/docs/activity-sse has a fee of then.
    const night = Date.parse(`${date}T00:00:00Z`) + DAY_MS + HOUR_MS;
    return nanosOf(night > at ? night : night + DAY_MS) + place;
  }

  /** Fees on trades are booked once a day, of their kind: a fee joins those of its day while nobody has seen them. */
  #joined({ type, subType, at, netAmount }: BookingDraft): boolean {
    if (type !== "FEE" || subType === null) return false;
    const date = nyDate(at);
    const index = this.#rows.findIndex(
      (row) => row.type === type && row.subType === subType && row.date === date && row.createdAt > nanosOf(at + 1),
    );
    const row = this.#rows[index];
    if (row === undefined) return false;
    this.#rows[index] = { ...row, netAmount: row.netAmount + netAmount };
    return true;
  }
}
