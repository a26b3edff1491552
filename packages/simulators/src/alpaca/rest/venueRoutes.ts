import { CalendarRangeError, marketDay, nyDate, nyMidnight } from "@trenddojo/brokers";
import { findVenue, phaseAt, VENUES, type Venue } from "../market/venues.ts";
import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { instantText, millisOf, nanosOf, newYorkInstantText } from "../wire/instant.ts";
import { nextTradingDate } from "./marketTimeRoutes.ts";
import { choice, instant, list } from "./queryFields.ts";
import { ok, type ApiRequest, type Route } from "./Route.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;

/** The clocks and calendars of single markets, which the vendor's SDKs ask for first. */
export const venueRoutes: readonly Route[] = [
  { method: "GET", path: "/v3/clock", service: "trading", answer: (request) => ok(clocks(request)) },
  { method: "GET", path: "/v3/calendar/{market}", service: "trading", answer: (request) => ok(calendar(request)) },
];

/** Of all markets that are simulated, where none is asked for. */
function clocks({ account: { market }, query }: ApiRequest): object {
  const asked = list(query, "markets");
  const given = instant(query, "time");
  const at = given === null ? market.now() : millisOf(given);
  const venues = asked.length === 0 ? VENUES : asked.map(venueOf);
  return withinCalendar("time", () => ({
    clocks: venues.map((venue) => {
      const { phase, until, isMarketDay, nextOpenAt, nextCloseAt } = phaseAt(venue, at);
      return {
        market: marketJson(venue),
        timestamp: newYorkInstantText(given ?? market.stamp()),
        is_market_day: isMarketDay,
        next_market_open: newYorkInstantText(nanosOf(nextOpenAt)),
        next_market_close: newYorkInstantText(nanosOf(nextCloseAt)),
        phase,
        phase_until: newYorkInstantText(nanosOf(until)),
      };
    }),
  }));
}

/** From today to a week later, where nothing else is asked for. */
function calendar({ account: { market }, query, params }: ApiRequest): object {
  const venue = venueOf(params["market"] ?? "");
  const zone = choice(query, "timezone", ["UTC", "market"], "market");
  const text = (at: number): string => (zone === "UTC" ? instantText : newYorkInstantText)(nanosOf(at));
  return withinCalendar("start or end", () => {
    const start = query.get("start")?.slice(0, 10) ?? nyDate(market.now());
    const end = query.get("end")?.slice(0, 10) ?? nyDate(nyMidnight(start) + WEEK_DAYS * DAY_MS + DAY_MS / 2);
    const days: object[] = [];
    for (let noon = nyMidnight(start) + DAY_MS / 2; nyDate(noon) <= end; noon += DAY_MS) {
      const day = calendarDay(venue, noon, text);
      if (day !== undefined) days.push(day);
    }
    return { market: marketJson(venue), calendar: days };
  });
}

function calendarDay({ isOvernight }: Venue, noon: number, text: (at: number) => string): object | undefined {
  const date = nyDate(noon);
  const { sessions } = marketDay(date);
  if (sessions === null) return undefined;
  const { preOpensAt, opensAt, closesAt, postClosesAt } = sessions;
  const settlement = { settlement_date: nextTradingDate(noon) };
  // The night belongs to the day that it leads to.
  if (isOvernight) {
    return { date, core_start: text(preOpensAt - 8 * HOUR_MS), core_end: text(preOpensAt), ...settlement };
  }
  return {
    date,
    pre_start: text(preOpensAt),
    pre_end: text(opensAt),
    core_start: text(opensAt),
    core_end: text(closesAt),
    post_start: text(closesAt),
    post_end: text(postClosesAt),
    ...settlement,
  };
}

const marketJson = ({ acronym, mic, name }: Venue): object => ({ acronym, mic, name, timezone: "America/New_York" });

function venueOf(text: string): Venue {
  const venue = findVenue(text);
  if (venue === undefined) throw new ApiRefusal(400, 40010001, `simulator: no such market: ${text.slice(0, 20)}`);
  return venue;
}

function withinCalendar<Answer>(name: string, answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof CalendarRangeError) throw new ApiRefusal(400, 40010001, `invalid ${name}`);
    throw error;
  }
}
