import { nyDate, nyMidnight } from "@trenddojo/brokers";
import type { Bar } from "@trenddojo/brokers/domain";
import { EASTERN, easternDate, easternTime, instantOf } from "../easternTime.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { WireBar } from "../wire/TwsReply.ts";
import type { ReqHistoricalData } from "../wire/TwsRequest.ts";
import { barSizeOf, sourceCount, type BarSize } from "./barSizes.ts";
import { durationOf, type Duration } from "./duration.ts";
import { priceText, sizeText } from "./tickTexts.ts";
import type { TwsMarket } from "./TwsMarket.ts";

/** Bars that the feed gives at once. */
const PAGE = 5_000;
/** Pages that one question may take. */
const MOST_PAGES = 40;
const DAY_MS = 86_400_000;
/** Shares of an average trade: the feed does not count them. */
const AVERAGE_TRADE = 100;
const TRADES: readonly string[] = ["TRADES", "ADJUSTED_LAST"];
const WITHOUT_VOLUME: readonly string[] = ["MIDPOINT", "BID", "ASK", "BID_ASK"];

/** A question that can be answered. */
export interface HistoryQuestion {
  readonly size: BarSize;
  readonly duration: Duration;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  readonly useRth: boolean;
  readonly hasVolume: boolean;
  readonly formatDate: number;
}

export interface History {
  readonly startsAt: number;
  readonly endsAt: number;
  /** Oldest first. */
  readonly bars: readonly Bar[];
}

/** @throws TwsRefusal */
export function readQuestion(request: ReqHistoricalData, now: number): HistoryQuestion {
  const size = barSizeOf(request.barSize);
  if (size === undefined) {
    throw invalid(
      `Historical data bar size setting is invalid. Legal ones are: 1 min, 2 mins, 3 mins, 5 mins, 10 mins, 15 mins, 20 mins, 30 mins, 1 hour, 2 hours, 3 hours, 4 hours, 8 hours, 1 day, 1W, 1M`,
    );
  }
  const duration = durationOf(request.duration);
  if (duration === undefined) {
    throw invalid(
      "Historical data duration string is invalid: it is an integer, a space and a unit of S, D, W, M or Y",
    );
  }
  if (!TRADES.includes(request.whatToShow) && !WITHOUT_VOLUME.includes(request.whatToShow)) {
    throw invalid(`Incorrect data type: ${request.whatToShow}`);
  }
  if (request.keepUpToDate && request.endDateTime !== "") {
    throw invalid("End date not supported with keep up to date");
  }
  if (request.formatDate !== 1 && request.formatDate !== 2) throw invalid("Invalid date format");
  const endsAt = request.endDateTime === "" ? now : instantOf(request.endDateTime);
  if (endsAt === undefined) {
    throw new TwsRefusal(
      10314,
      `End Date/Time: The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx where yyyymmdd and xx/xxxx are optional.`,
    );
  }
  if (size === null) throw noData();
  const { formatDate, useRth, whatToShow } = request;
  return { size, duration, endsAt: Math.min(endsAt, now), useRth, hasVolume: TRADES.includes(whatToShow), formatDate };
}

/** @throws TwsRefusal 162 where there is nothing. */
export async function collectHistory(market: TwsMarket, symbol: string, question: HistoryQuestion): Promise<History> {
  const { size, endsAt, useRth } = question;
  const startsAt = size.startOf(startOf(market, question));
  const pages: (readonly Bar[])[] = [];
  let before = endsAt;
  for (let page = 0; page < MOST_PAGES && before > startsAt; page += 1) {
    const limit = Math.min(PAGE, sourceCount(size, before - startsAt));
    const bars = await market.feed.bars({ symbol, timeframe: size.source, limit, before });
    const [oldest] = bars;
    if (oldest === undefined) break;
    pages.unshift(bars);
    before = oldest.openedAt;
  }
  const wanted = pages
    .flat()
    .filter(({ openedAt }) => openedAt >= startsAt && openedAt < endsAt)
    .filter(({ openedAt }) => !useRth || size.isDaily || market.sessionOf(openedAt).isOpen);
  if (wanted.length === 0) throw noData();
  return { startsAt, endsAt, bars: joined(wanted, size) };
}

/** A bar as it is written. @param formatDate 1 as text, 2 in epoch seconds; days always as their date. */
export function wireBarOf(bar: Bar, { size, hasVolume, formatDate }: HistoryQuestion): WireBar {
  const { open, high, low, close, volume, openedAt } = bar;
  const average = hasVolume ? (high + low + close) / 3 : -1;
  return {
    date: dateText(openedAt, size, formatDate),
    open: priceText(open),
    high: priceText(high),
    low: priceText(low),
    close: priceText(close),
    volume: hasVolume ? sizeText(Math.round(volume)) : "-1",
    wap: hasVolume ? priceText(average) : "-1",
    count: hasVolume ? Math.max(1, Math.round(volume / AVERAGE_TRADE)) : -1,
  };
}

function dateText(at: number, { isDaily }: BarSize, formatDate: number): string {
  if (isDaily) return easternDate(at);
  return formatDate === 2 ? String(Math.floor(at / 1_000)) : `${easternTime(at)} ${EASTERN}`;
}

/** So many days of trading back, or so much of the calendar. */
function startOf(market: TwsMarket, { duration, endsAt }: HistoryQuestion): number {
  if (duration.tradingDays === null || market.feed.description.alwaysOpen) return endsAt - duration.spanMs;
  let midnight = nyMidnight(nyDate(endsAt - 1));
  for (let left = duration.tradingDays; ; midnight = nyMidnight(nyDate(midnight - DAY_MS / 2))) {
    // A day trades where its noon lies before that day's own close.
    const { session } = market.sessionOf(midnight + DAY_MS / 2);
    if (session === "regular" && --left === 0) return midnight;
    if (endsAt - midnight > 2 * duration.spanMs + 14 * DAY_MS) return midnight;
  }
}

function joined(bars: readonly Bar[], size: BarSize): readonly Bar[] {
  const groups = new Map<number, Bar[]>();
  for (const bar of bars) {
    const startsAt = size.startOf(bar.openedAt);
    const group = groups.get(startsAt);
    if (group === undefined) groups.set(startsAt, [bar]);
    else group.push(bar);
  }
  return Array.from(groups, ([openedAt, group]) => ({
    openedAt,
    open: group[0]?.open ?? 0,
    high: Math.max(...group.map(({ high }) => high)),
    low: Math.min(...group.map(({ low }) => low)),
    close: group.at(-1)?.close ?? 0,
    volume: group.reduce((sum, { volume }) => sum + volume, 0),
  }));
}

const noData = (): TwsRefusal =>
  new TwsRefusal(162, "Historical Market Data Service error message:HMDS query returned no data");

function invalid(cause: string): TwsRefusal {
  return new TwsRefusal(321, `Error validating request.-'bU' : cause - ${cause}`);
}
