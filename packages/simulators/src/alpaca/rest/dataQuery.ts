import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { parseInstant, nanosOf, type Nanos } from "../wire/instant.ts";
import type { SimulatedMarket } from "../market/SimulatedMarket.ts";

/** What of the market data a plan pays for: Basic has IEX, and the consolidated tape 15 minutes late. */
export type DataPlan = "basic" | "plus";

const FEEDS = ["iex", "sip", "delayed_sip", "otc", "boats", "overnight"];
/** What Basic has a quarter of an hour late, and only as history. Source: https://docs.alpaca.markets/docs/245-trading */
const LATE_ON_BASIC: readonly string[] = ["sip", "boats"];
const DELAY_NANOS = 15n * 60n * 1_000_000_000n;
const SYMBOL = /^[A-Z][A-Z0-9]*([./][A-Z0-9]+)?$/;
const USUAL_LIMIT = 1_000;
const LARGEST_LIMIT = 10_000;
const DAY_NANOS = 86_400_000_000_000n;

/** An error of the market-data service, whose body is a message alone. */
export const dataRefusal = (status: number, message: string): ApiRefusal => new ApiRefusal(status, undefined, message);

/** The symbols asked for, those that are known, without repetition. @throws ApiRefusal */
export function symbolsOf(query: URLSearchParams, market: SimulatedMarket): readonly string[] {
  const asked = (query.get("symbols") ?? "").split(",").filter((symbol) => symbol !== "");
  if (asked.length === 0) throw dataRefusal(400, "symbols is required");
  for (const symbol of asked) checkSymbol(symbol);
  return [...new Set(asked)].filter((symbol) => market.instrument(symbol) !== undefined).toSorted();
}

/** @throws ApiRefusal for what is no symbol at all. */
export function checkSymbol(symbol: string): void {
  if (!SYMBOL.test(symbol)) throw dataRefusal(400, `invalid symbol: ${symbol.slice(0, 20)}`);
}

/** Latest data: the consolidated tape, and the night's, are asked for by name only. @throws ApiRefusal */
export function checkLatestFeed(query: URLSearchParams, plan: DataPlan): void {
  const feed = knownFeed(query) ?? "iex";
  if (plan === "basic" && LATE_ON_BASIC.includes(feed)) throw tooRecent(feed);
}

/** A span of history; by default of today. */
export interface HistoryQuery {
  readonly start: Nanos;
  readonly end: Nanos;
  readonly limit: number;
  readonly isDescending: boolean;
  readonly after: PageToken | null;
}

/** The last row that was given: the next page begins behind it. */
interface PageToken {
  readonly symbol: string;
  readonly t: Nanos;
}

/** @throws ApiRefusal */
export function historyQuery(query: URLSearchParams, market: SimulatedMarket, plan: DataPlan): HistoryQuery {
  const now = nanosOf(market.now());
  const end = time(query, "end") ?? now + 1_000_000n;
  const start = time(query, "start") ?? now - (now % DAY_NANOS);
  const feed = knownFeed(query) ?? "sip";
  // The indicative quotes of the night have no history.
  if (feed === "overnight") throw dataRefusal(400, "invalid feed: overnight");
  const isLate = plan === "basic" && LATE_ON_BASIC.includes(feed);
  // Without an end the vendor takes the newest that the plan allows.
  if (isLate && (query.has("end") ? end : start) > now - DELAY_NANOS) throw tooRecent(feed);
  const limit = Number(query.get("limit") ?? USUAL_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) throw dataRefusal(400, "invalid limit");
  const sort = query.get("sort") ?? "asc";
  if (sort !== "asc" && sort !== "desc") throw dataRefusal(400, "invalid sort");
  return {
    start,
    end: isLate && !query.has("end") ? now - DELAY_NANOS : end,
    limit,
    isDescending: sort === "desc",
    after: readToken(query.get("page_token")),
  };
}

/** Rows of several symbols, as one page of them. */
export interface Page<Row> {
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly nextToken: string | null;
}

/** Cuts the page out that a query asks for: by symbol, then by time. Rows come oldest first. */
export function pageOf<Row extends { readonly t: Nanos }>(
  rowsOf: ReadonlyMap<string, readonly Row[]>,
  { limit, isDescending, after }: HistoryQuery,
): Page<Row> {
  const page: Record<string, Row[]> = {};
  let left = limit;
  let last: PageToken | null = null;
  for (const [symbol, rows] of rowsOf) {
    if (after !== null && symbol < after.symbol) continue;
    const isBehind = ({ t }: Row): boolean =>
      after === null || symbol !== after.symbol || (isDescending ? t < after.t : t > after.t);
    const found = (isDescending ? rows.toReversed() : rows).filter(isBehind);
    if (found.length > 0 && left === 0) return { rows: page, nextToken: last === null ? null : writeToken(last) };
    const taken = found.slice(0, left);
    if (taken.length > 0) page[symbol] = taken;
    left -= taken.length;
    const newest = taken.at(-1);
    if (newest !== undefined) last = { symbol, t: newest.t };
    if (taken.length < found.length) return { rows: page, nextToken: last === null ? null : writeToken(last) };
  }
  return { rows: page, nextToken: null };
}

function knownFeed(query: URLSearchParams): string | null {
  const feed = query.get("feed");
  if (feed !== null && !FEEDS.includes(feed)) throw dataRefusal(400, `invalid feed: ${feed.slice(0, 20)}`);
  return feed;
}

const tooRecent = (feed: string): ApiRefusal =>
  new ApiRefusal(
    403,
    42210000,
    feed === "sip"
      ? "subscription does not permit querying recent SIP data"
      : `simulator: subscription does not permit querying recent ${feed} data`,
  );

function time(query: URLSearchParams, name: string): Nanos | null {
  const given = query.get(name);
  if (given === null || given === "") return null;
  const at = parseInstant(given);
  if (at === undefined) throw dataRefusal(400, `invalid ${name}: ${given.slice(0, 40)}`);
  return at;
}

function writeToken({ symbol, t }: PageToken): string {
  return Buffer.from(`${symbol}|${t}`).toString("base64");
}

function readToken(text: string | null): PageToken | null {
  if (text === null || text === "") return null;
  const [, symbol, t] = /^([^|]+)\|(\d+)$/.exec(Buffer.from(text, "base64").toString("utf8")) ?? [];
  if (symbol === undefined || t === undefined) throw dataRefusal(400, "invalid page_token");
  return { symbol, t: BigInt(t) };
}
