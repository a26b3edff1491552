import type { Fixed } from "@trenddojo/brokers/domain";
import type { Nanos } from "../wire/instant.ts";

export const BOOKING_TYPES = ["DIV", "FEE", "NC", "SPLIT"] as const;
export type BookingType = (typeof BOOKING_TYPES)[number];

/** The vendor's finer word for each, where it has one: https://docs.alpaca.markets/docs/activity-sse */
export const BOOKING_SUB_TYPES = ["CDIV", "SPD", "REG", "TAF", "SNC", "FSPLIT", "RSPLIT"] as const;
export type BookingSubType = (typeof BOOKING_SUB_TYPES)[number];

/** What was booked to an account without a trade, as its activities list it. */
export interface Booking {
  readonly id: string;
  readonly type: BookingType;
  readonly subType: BookingSubType | null;
  /** When it was made; nobody sees it before. */
  readonly createdAt: Nanos;
  /** The day that it is about in New York, YYYY-MM-DD. */
  readonly date: string;
  readonly symbol: string | null;
  /** Shares that came, negative where they went; of a dividend the shares that earned it. */
  readonly qty: Fixed | null;
  /** Dollars. */
  readonly perShare: Fixed | null;
  /** Dollars, negative where they were taken. */
  readonly netAmount: Fixed;
  /** The same for rows of one act. */
  readonly groupId: string | null;
}
