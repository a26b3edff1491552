import { CalendarRangeError, marketDay, newYorkTimeText, nyDate, nyMidnight } from "@trenddojo/brokers";
import { findInstrument } from "../account/placeOrders.ts";
import { ApiRefusal, notFound } from "../wire/ApiRefusal.ts";
import { assetAttributes, assetJson } from "../wire/assetJson.ts";
import { nanosOf, newYorkInstantText } from "../wire/instant.ts";
import { choice, list } from "./queryFields.ts";
import { ok, type ApiRequest, type Route } from "./Route.ts";

const DAY_MS = 86_400_000;
/** The calendar as far as it is known. */
const FIRST_DATE = "2010-01-01";
const LAST_DATE = "2035-12-31";

/** What is traded, and when. */
export const marketTimeRoutes: readonly Route[] = [
  { method: "GET", path: "/v2/clock", service: "trading", answer: (request) => ok(clock(request)) },
  { method: "GET", path: "/v2/calendar", service: "trading", answer: ({ query }) => ok(calendar(query)) },
  { method: "GET", path: "/v2/assets", service: "trading", answer: (request) => ok(assets(request)) },
  {
    method: "GET",
    path: "/v2/assets/{symbol_or_asset_id}",
    service: "trading",
    answer: ({ account, params }) => {
      const asked = params["symbol_or_asset_id"] ?? "";
      const instrument = findInstrument(account, asked);
      if (instrument === undefined) throw notFound(`asset not found for ${asked}`);
      return ok(assetJson(instrument));
    },
  },
];

function clock({ account: { market } }: ApiRequest): object {
  const at = market.now();
  const { isOpen } = market.session();
  const { nextOpenAt, nextCloseAt } = market.calendarAt(at);
  const text = (ms: number | null): string => newYorkInstantText(nanosOf(ms ?? at));
  return {
    timestamp: newYorkInstantText(market.stamp()),
    is_open: isOpen,
    next_open: text(nextOpenAt),
    next_close: text(nextCloseAt),
  };
}

function calendar(query: URLSearchParams): readonly object[] {
  const start = dateOf(query, "start", FIRST_DATE);
  const end = dateOf(query, "end", LAST_DATE);
  choice(query, "date_type", ["TRADING", "SETTLEMENT"], "TRADING");
  const days: object[] = [];
  // From noon to noon, so that no change of the clocks skips a date.
  for (let at = nyMidnight(start) + DAY_MS / 2; nyDate(at) <= end; at += DAY_MS) {
    const date = nyDate(at);
    const { sessions } = marketDay(date);
    if (sessions !== null) {
      const time = (ms: number): string => newYorkTimeText(ms).slice(11);
      days.push({
        date,
        open: time(sessions.opensAt),
        close: time(sessions.closesAt),
        session_open: time(sessions.preOpensAt).replace(":", ""),
        session_close: time(sessions.postClosesAt).replace(":", ""),
        settlement_date: nextTradingDate(at),
      });
    }
    if (date === LAST_DATE) break;
  }
  return days;
}

/** Trades settle on the next day that the market is open. @param noon of the day of the trade in New York */
export function nextTradingDate(noon: number): string {
  for (let at = noon + DAY_MS; nyDate(at) < LAST_DATE; at += DAY_MS) {
    if (marketDay(nyDate(at)).sessions !== null) return nyDate(at);
  }
  return LAST_DATE;
}

function dateOf(query: URLSearchParams, name: string, otherwise: string): string {
  const given = query.get(name)?.slice(0, 10) ?? otherwise;
  try {
    const date = marketDay(given).date;
    return date < FIRST_DATE ? FIRST_DATE : date > LAST_DATE ? LAST_DATE : date;
  } catch (error) {
    if (error instanceof CalendarRangeError) throw new ApiRefusal(400, 40010001, `invalid ${name}`);
    throw error;
  }
}

function assets({ account: { market }, query }: ApiRequest): readonly object[] {
  const status = query.get("status") ?? "active";
  const assetClass = query.get("asset_class") ?? "us_equity";
  const exchange = query.get("exchange");
  const attributes = list(query, "attributes");
  if (status !== "active" || assetClass !== "us_equity") return [];
  return market
    .instruments()
    .filter((instrument) => exchange === null || instrument.exchange === exchange)
    .filter(
      (instrument) =>
        attributes.length === 0 || assetAttributes(instrument).some((attribute) => attributes.includes(attribute)),
    )
    .map(assetJson);
}
