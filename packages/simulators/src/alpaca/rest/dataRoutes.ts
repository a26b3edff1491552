import { setImmediate } from "node:timers/promises";
import { collectBars, newestBars } from "../market/collectBars.ts";
import type { SimulatedMarket } from "../market/SimulatedMarket.ts";
import type { WireBar, WireQuote, WireTrade } from "../market/streamMessages.ts";
import { parseTimeframe, type BarSpan } from "../market/timeframe.ts";
import {
  checkLatestFeed,
  checkSymbol,
  dataRefusal,
  historyQuery,
  pageOf,
  symbolsOf,
  type DataPlan,
  type HistoryQuery,
} from "./dataQuery.ts";
import { ok, type ApiAnswer, type ApiRequest, type Route } from "./Route.ts";

type Row = WireBar | WireQuote | WireTrade;
type Kind = "bars" | "quotes" | "trades";
const KINDS = ["bars", "quotes", "trades"] as const;
const SINGULAR = { bars: "bar", quotes: "quote", trades: "trade" } as const;
const DAY_MS = 86_400_000;
/** How far back the latest bar is looked for. */
const LATEST_BAR_MS = 7 * DAY_MS;
const TWO_WEEKS_MS = 14 * DAY_MS;

/** Prices: history, the latest, and snapshots. Every price and size is a number here. */
export function dataRoutes(plan: DataPlan): readonly Route[] {
  const get = (path: string, answer: (request: ApiRequest) => Promise<ApiAnswer>): Route => ({
    method: "GET",
    path: `/v2/stocks${path}`,
    service: "data",
    answer,
  });
  const ofKind = (kind: Kind): readonly Route[] => [
    get(`/${kind}`, async ({ account: { market }, query }) => {
      const { rows, nextToken } = await history(kind, symbolsOf(query, market), query, market, plan);
      return ok({ [kind]: rows, next_page_token: nextToken });
    }),
    get(`/{symbol}/${kind}`, async ({ account: { market }, query, params }) => {
      const symbol = oneSymbol(params);
      const { rows, nextToken } = await history(kind, [symbol], query, market, plan);
      return ok({ [kind]: rows[symbol] ?? [], next_page_token: nextToken, symbol });
    }),
    get(`/${kind}/latest`, async ({ account: { market }, query }) => {
      checkLatestFeed(query, plan);
      const found = await eachOf(symbolsOf(query, market), (symbol) => latest(kind, symbol, market));
      return ok({ [kind]: found });
    }),
    get(`/{symbol}/${kind}/latest`, async ({ account: { market }, query, params }) => {
      checkLatestFeed(query, plan);
      const symbol = oneSymbol(params);
      const row = await latest(kind, symbol, market);
      if (row === undefined) throw dataRefusal(404, `no ${SINGULAR[kind]} found for ${symbol}`);
      return ok({ [SINGULAR[kind]]: row, symbol });
    }),
  ];
  return [
    ...KINDS.flatMap(ofKind),
    get("/snapshots", async ({ account: { market }, query }) => {
      checkLatestFeed(query, plan);
      return ok(await eachOf(symbolsOf(query, market), (symbol) => snapshot(symbol, market)));
    }),
    get("/{symbol}/snapshot", async ({ account: { market }, query, params }) => {
      checkLatestFeed(query, plan);
      const symbol = oneSymbol(params);
      const found = await snapshot(symbol, market);
      if (found === undefined) throw dataRefusal(404, `no snapshot found for ${symbol}`);
      return ok({ symbol, ...found });
    }),
  ];
}

function oneSymbol(params: ApiRequest["params"]): string {
  const symbol = params["symbol"] ?? "";
  checkSymbol(symbol);
  return symbol;
}

async function history(
  kind: Kind,
  symbols: readonly string[],
  query: URLSearchParams,
  market: SimulatedMarket,
  plan: DataPlan,
): Promise<ReturnType<typeof pageOf<Row>>> {
  const asked = historyQuery(query, market, plan);
  const span = kind === "bars" ? timeframeOf(query) : undefined;
  const rows = new Map<string, readonly Row[]>();
  for (const symbol of symbols) {
    rows.set(
      symbol,
      span === undefined ? onTape(kind, symbol, market, asked) : await collectBars(market, symbol, span, asked),
    );
  }
  return pageOf(rows, asked);
}

function timeframeOf(query: URLSearchParams): BarSpan {
  const given = query.get("timeframe") ?? "";
  const span = parseTimeframe(given);
  if (span === undefined) throw dataRefusal(400, `invalid timeframe: ${given.slice(0, 20)}`);
  return span;
}

function onTape(kind: Kind, symbol: string, market: SimulatedMarket, { start, end }: HistoryQuery): readonly Row[] {
  const tape = market.tape(symbol);
  const rows: readonly Row[] = kind === "quotes" ? tape.quotes : tape.trades;
  return rows.filter(({ t }) => t >= start && t <= end);
}

async function latest(kind: Kind, symbol: string, market: SimulatedMarket): Promise<Row | undefined> {
  if (kind === "quotes") return market.tape(symbol).quotes.at(-1);
  if (kind === "trades") return market.tape(symbol).trades.at(-1);
  const since = market.now() - LATEST_BAR_MS;
  return newestBars(market, symbol, { timeframe: "1m", count: 1, since }).then((bars) => bars.at(-1));
}

async function snapshot(symbol: string, market: SimulatedMarket): Promise<object | undefined> {
  if (market.instrument(symbol) === undefined) return undefined;
  const { trades, quotes } = market.tape(symbol);
  const now = market.now();
  const minutes = await newestBars(market, symbol, { timeframe: "1m", count: 1, since: now - DAY_MS });
  const days = await newestBars(market, symbol, { timeframe: "1d", count: 2, since: now - TWO_WEEKS_MS });
  const parts = {
    latestTrade: trades.at(-1),
    latestQuote: quotes.at(-1),
    minuteBar: minutes.at(-1),
    dailyBar: days.at(-1),
    prevDailyBar: days.at(-2),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

/** A row for each symbol that has one: the others are simply not there. */
async function eachOf<Found>(
  symbols: readonly string[],
  find: (symbol: string) => Promise<Found | undefined>,
): Promise<Readonly<Record<string, Found>>> {
  const found: Record<string, Found> = {};
  for (const symbol of symbols) {
    const row = await find(symbol);
    if (row !== undefined) found[symbol] = row;
    // A day of invented prices takes a while to make: the streams' heartbeats have their turn between two.
    await setImmediate();
  }
  return found;
}
