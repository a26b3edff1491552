import { newYorkDay, newYorkInstant } from "../../calendar/newYorkTime.ts";
import { drawAt } from "./keyOf.ts";
import type { TradingDay } from "./TradingDays.ts";

/** Of thirty instruments about one is paused in a session. */
const CHANCE = 1 / 30;
/** A pause of the limit-up limit-down plan lasts five minutes: https://www.luldplan.com */
const MINUTES = 5;
/** A quarter of an hour after the open to half an hour before the close of a short day, in minutes since midnight. */
const EARLIEST = 9 * 60 + 45;
const LATEST = 12 * 60 + 30;
const MINUTE_MS = 60_000;
const PURPOSE = { happens: 11, begins: 12 } as const;

/** Nothing trades from `from` to before `to`, both full minutes, epoch milliseconds. */
export interface TradingPause {
  readonly from: number;
  readonly to: number;
}

/** When an instrument is paused on a day; undefined on most. */
export function tradingPause(key: number, { ordinal, midnight }: TradingDay): TradingPause | undefined {
  if (drawAt(key, PURPOSE.happens, ordinal) >= CHANCE) return undefined;
  const minute = EARLIEST + Math.floor(drawAt(key, PURPOSE.begins, ordinal) * (LATEST - EARLIEST));
  const from = newYorkInstant(newYorkDay(midnight), minute);
  return { from, to: from + MINUTES * MINUTE_MS };
}
