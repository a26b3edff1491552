import { TIMEFRAME_MS, type Bar, type Timeframe } from "@trenddojo/brokers/domain";
import { millisOf, nanosOf, type Nanos } from "../wire/instant.ts";
import type { SimulatedMarket } from "./SimulatedMarket.ts";
import type { WireBar } from "./streamMessages.ts";
import type { BarSpan } from "./timeframe.ts";

/** Bars that the feed gives at once. */
const PAGE = 5_000;
/** Pages that one question may take: more is refused by being cut off at its beginning. */
const MOST_PAGES = 60;
/** Shares of an average trade, of which a bar's number of trades is reckoned: the feed does not count them. */
const AVERAGE_TRADE = 100;

/** The bars that begin from `start` to `end`, both included, oldest first. */
export async function collectBars(
  market: SimulatedMarket,
  symbol: string,
  span: BarSpan,
  range: { readonly start: Nanos; readonly end: Nanos },
): Promise<readonly WireBar[]> {
  const start = span.startOf(millisOf(range.start));
  const end = millisOf(range.end);
  const pages: (readonly Bar[])[] = [];
  let before = Math.min(end, market.now()) + 1;
  for (let page = 0; page < MOST_PAGES && before > start; page += 1) {
    // No more than there can be: a bar may be made of everything that ticked in it.
    const limit = Math.min(PAGE, Math.ceil((before - start) / TIMEFRAME_MS[span.source]) + 1);
    const bars = await market.feed.bars({ symbol, timeframe: span.source, limit, before });
    const [oldest] = bars;
    if (oldest === undefined) break;
    pages.unshift(bars);
    before = oldest.openedAt;
  }
  const bars = pages.flat().filter(({ openedAt }) => openedAt >= start && openedAt <= end);
  const found = span.isSource ? bars.map((bar) => wireBar([bar], bar.openedAt)) : joined(bars, span);
  return found.filter(({ t }) => t >= range.start && t <= range.end);
}

/** The newest bars of the feed's own length, at most `count`, none that began before `since`; oldest first. */
export async function newestBars(
  market: SimulatedMarket,
  symbol: string,
  asked: { readonly timeframe: Timeframe; readonly count: number; readonly since: number },
): Promise<readonly WireBar[]> {
  const { timeframe, count, since } = asked;
  const bars = await market.feed.bars({ symbol, timeframe, limit: count, before: market.now() + 1 });
  return bars.filter(({ openedAt }) => openedAt >= since).map((bar) => wireBar([bar], bar.openedAt));
}

function joined(bars: readonly Bar[], span: BarSpan): readonly WireBar[] {
  const groups = new Map<number, Bar[]>();
  for (const bar of bars) {
    const startsAt = span.startOf(bar.openedAt);
    const group = groups.get(startsAt);
    if (group === undefined) groups.set(startsAt, [bar]);
    else group.push(bar);
  }
  return Array.from(groups, ([startsAt, group]) => wireBar(group, startsAt));
}

function wireBar(bars: readonly Bar[], startsAt: number): WireBar {
  const volume = bars.reduce((sum, bar) => sum + bar.volume, 0);
  const value = bars.reduce((sum, { high, low, close, volume: part }) => sum + ((high + low + close) / 3) * part, 0);
  const last = bars.at(-1);
  return {
    o: bars[0]?.open ?? 0,
    h: Math.max(...bars.map(({ high }) => high)),
    l: Math.min(...bars.map(({ low }) => low)),
    c: last?.close ?? 0,
    v: Math.round(volume),
    n: Math.max(1, Math.round(volume / AVERAGE_TRADE)),
    vw: Math.round((volume === 0 ? (last?.close ?? 0) : value / volume) * 1e6) / 1e6,
    t: nanosOf(startsAt),
  };
}
