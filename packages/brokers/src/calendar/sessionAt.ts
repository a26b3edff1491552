import type { MarketSession } from "../domain/marketData.ts";
import { sessionTimes, type SessionTimes } from "./marketDay.ts";
import { calendarBounds, newYorkDay, newYorkInstant } from "./newYorkTime.ts";

/** Where the market stands at an instant. All instants in epoch milliseconds. */
export interface ExchangeSession {
  readonly session: MarketSession;
  /** When this session gives way to the next. */
  readonly sessionEndsAt: number;
  /** Every order may trade: the regular session, or always on a market that never closes. */
  readonly isOpen: boolean;
  /** The next opening after this instant; null where there is none (at the calendar's end, or never closed). */
  readonly nextOpenAt: number | null;
  /** The next close after this instant; null as above. */
  readonly nextCloseAt: number | null;
  /** When the market day ends that is on, or, where none is, that comes next: the end of its last session. */
  readonly dayEndsAt: number;
  /** The market day that `dayEndsAt` ends is a short one. */
  readonly earlyClose: boolean;
}

interface TradingDay extends SessionTimes {
  readonly day: number;
}

/**
 * NYSE's and Nasdaq's session at an instant, 2010 to 2035. A session holds its first instant and not its last.
 * Pure; `sessionMemo` makes it cheap enough for every tick.
 * @throws CalendarRangeError
 */
export function sessionAt(epochMs: number): ExchangeSession {
  const today = newYorkDay(epochMs);
  const current = tradingDayFrom(today, (times) => epochMs < times.postClosesAt);
  if (current === undefined) return afterTheLastDay();
  const [session, sessionEndsAt] = sessionWithin(current, epochMs);
  const next = epochMs < current.opensAt ? current : tradingDayFrom(current.day + 1, () => true);
  return {
    session,
    sessionEndsAt,
    isOpen: session === "regular",
    nextOpenAt: next?.opensAt ?? null,
    nextCloseAt: epochMs < current.closesAt ? current.closesAt : (next?.closesAt ?? null),
    dayEndsAt: current.postClosesAt,
    earlyClose: current.earlyClose,
  };
}

function sessionWithin(times: SessionTimes, epochMs: number): readonly [MarketSession, number] {
  if (epochMs < times.preOpensAt) return ["closed", times.preOpensAt];
  if (epochMs < times.opensAt) return ["pre", times.opensAt];
  return epochMs < times.closesAt ? ["regular", times.closesAt] : ["post", times.postClosesAt];
}

function tradingDayFrom(firstDay: number, accept: (times: SessionTimes) => boolean): TradingDay | undefined {
  const { lastDay } = calendarBounds();
  for (let day = firstDay; day <= lastDay; day += 1) {
    const times = sessionTimes(day);
    if (times !== null && accept(times)) return { day, ...times };
  }
  return undefined;
}

function afterTheLastDay(): ExchangeSession {
  const end = newYorkInstant(calendarBounds().lastDay + 1, 0);
  return {
    session: "closed",
    sessionEndsAt: end,
    isOpen: false,
    nextOpenAt: null,
    nextCloseAt: null,
    dayEndsAt: end,
    earlyClose: false,
  };
}
