import { offsetIn, readInstant, type OffsetAt } from "../ibTime.ts";

/** One stretch of trading; it holds its first instant and not its last. Epoch milliseconds. */
export interface TradingStretch {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** What a contract's hours say, as far ahead as they go: a few days. */
export interface TradingHours {
  /** In order. */
  readonly stretches: readonly TradingStretch[];
  /** From the first day that is listed to the end of the last, epoch milliseconds: nothing is said outside. */
  readonly from: number;
  readonly until: number;
}

const DAY_MS = 86_400_000;
const DAY = /^(\d{8}):(.+)$/;
/** "0930-20260420:1600", and without the second date in older gateways. */
const STRETCH = /^(?:(\d{8}):)?(\d{2})(\d{2})-(?:(\d{8}):)?(\d{2})(\d{2})$/;

/**
 * Reads `20260420:0930-20260420:1600;20260421:CLOSED` in its time zone. Null where any of it cannot be read: half of a
 * calendar would be a wrong one. https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#contract-details
 */
export function readTradingHours(text: string, zone: string): TradingHours | null {
  const offsetAt = offsetIn(zone);
  if (offsetAt === null) return null;
  const stretches: TradingStretch[] = [];
  let from: number | null = null;
  let until = 0;
  for (const entry of text.split(";").flatMap((each) => each.trim() || [])) {
    const [, date, words = ""] = DAY.exec(entry) ?? [];
    const midnight = date === undefined ? null : readInstant(`${date} 00:00:00`, offsetAt);
    if (date === undefined || midnight === null) return null;
    from = Math.min(from ?? midnight, midnight);
    until = Math.max(until, midnight + DAY_MS);
    if (words === "CLOSED") continue;
    for (const stretch of words.split(",")) {
      const read = readStretch(stretch, date, offsetAt);
      if (read === null) return null;
      stretches.push(read);
      until = Math.max(until, read.closesAt);
    }
  }
  if (from === null) return null;
  return { stretches: stretches.toSorted((a, b) => a.opensAt - b.opensAt), from, until };
}

function readStretch(text: string, date: string, offsetAt: OffsetAt): TradingStretch | null {
  const match = STRETCH.exec(text.trim());
  if (match === null) return null;
  const [, fromDate = date, fromHour, fromMinute, toDate = fromDate, toHour, toMinute] = match;
  const opensAt = readInstant(`${fromDate} ${fromHour}:${fromMinute}:00`, offsetAt);
  const closesAt = readInstant(`${toDate} ${toHour}:${toMinute}:00`, offsetAt);
  return opensAt === null || closesAt === null || closesAt <= opensAt ? null : { opensAt, closesAt };
}

/** What the hours say of an instant; null where they say nothing of it. */
export interface HoursAt {
  readonly isOpen: boolean;
  readonly nextOpenAt: number | null;
  readonly nextCloseAt: number | null;
}

export function hoursAt(hours: TradingHours, now: number): HoursAt | null {
  if (now < hours.from || now >= hours.until) return null;
  const isOpen = hours.stretches.some(({ opensAt, closesAt }) => opensAt <= now && now < closesAt);
  const nextOpenAt = hours.stretches.find(({ opensAt }) => opensAt > now)?.opensAt ?? null;
  const nextCloseAt = hours.stretches.find(({ closesAt }) => closesAt > now)?.closesAt ?? null;
  return { isOpen, nextOpenAt, nextCloseAt };
}
