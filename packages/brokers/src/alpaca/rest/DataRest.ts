import { z } from "zod";
import type { CallOptions } from "../../BrokerClient.ts";
import type { AlpacaFeed } from "../AlpacaTypes.ts";
import type { AlpacaTransport, RestRequest } from "./AlpacaTransport.ts";
import { callAlpaca } from "./callAlpaca.ts";
import { formatInstant } from "./instant.ts";
import { listOf } from "./wireFields.ts";
import { wireBar, wireQuote, wireSnapshot, wireTrade, type WireSnapshot } from "./wireMarket.ts";

/** A stretch of one symbol's history, epoch milliseconds, both ends included. */
export interface HistorySpan {
  readonly symbol: string;
  readonly start: number;
  readonly end?: number;
  /** At most this many in all. */
  readonly limit: number;
  /** @default "asc" */
  readonly sort?: "asc" | "desc";
}

/** A symbol that Alpaca does not know, or that did not trade, is left out of its map. */
const bySymbol = <Output>(schema: z.ZodType<Output>): z.ZodType<Readonly<Record<string, Output>>> =>
  z.record(z.string(), schema);

/** The most that one page holds. */
const A_PAGE = 10_000;

/**
 * Alpaca's Market Data API for stocks, call by call; https://docs.alpaca.markets/reference/stockbars. Historical
 * answers come in pages, which are put together here. Every method throws as `callAlpaca` does.
 */
export class DataRest {
  readonly #transport: AlpacaTransport;
  readonly #feed: AlpacaFeed;

  constructor(transport: AlpacaTransport, feed: AlpacaFeed) {
    this.#transport = transport;
    this.#feed = feed;
  }

  /** Null where there is nothing of it. */
  async getSnapshot(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<WireSnapshot | null> {
    const snapshots = await this.getSnapshots([symbol], options, urgency);
    return snapshots[symbol] ?? null;
  }

  getSnapshots(symbols: readonly string[], options?: CallOptions, urgency?: "reduce" | "read") {
    const request = this.#get("/v2/stocks/snapshots", { symbols: symbols.join(",") }, urgency);
    return callAlpaca(this.#transport, request, bySymbol(wireSnapshot.nullable()), options);
  }

  getLatestQuotes(symbols: readonly string[], options?: CallOptions) {
    const request = this.#get("/v2/stocks/quotes/latest", { symbols: symbols.join(",") });
    return callAlpaca(this.#transport, request, z.object({ quotes: bySymbol(wireQuote) }), options);
  }

  getLatestTrades(symbols: readonly string[], options?: CallOptions) {
    const request = this.#get("/v2/stocks/trades/latest", { symbols: symbols.join(",") });
    return callAlpaca(this.#transport, request, z.object({ trades: bySymbol(wireTrade) }), options);
  }

  getLatestBars(symbols: readonly string[], options?: CallOptions) {
    const request = this.#get("/v2/stocks/bars/latest", { symbols: symbols.join(",") });
    return callAlpaca(this.#transport, request, z.object({ bars: bySymbol(wireBar) }), options);
  }

  /** @param timeframe Alpaca's: "1Min", "15Min", "1Hour", "1Day". Prices are adjusted for splits. */
  getBars(span: HistorySpan, timeframe: string, options?: CallOptions) {
    return this.#pages("bars", wireBar, span, { timeframe, adjustment: "split" }, options);
  }

  getQuotes(span: HistorySpan, options?: CallOptions) {
    return this.#pages("quotes", wireQuote, span, {}, options);
  }

  getTrades(span: HistorySpan, options?: CallOptions) {
    return this.#pages("trades", wireTrade, span, {}, options);
  }

  async #pages<Row>(
    kind: "bars" | "quotes" | "trades",
    row: z.ZodType<Row>,
    { symbol, start, end, limit, sort = "asc" }: HistorySpan,
    extra: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    const page = z.object({
      [kind]: z.union([z.null(), z.record(z.string(), listOf(row))]).optional(),
      next_page_token: z.string().nullish(),
    });
    let token: string | null = null;
    do {
      const query: Record<string, string> = {
        symbols: symbol,
        start: formatInstant(start),
        ...(end === undefined ? {} : { end: formatInstant(end) }),
        limit: String(Math.min(A_PAGE, limit - rows.length)),
        sort,
        ...extra,
        ...(token === null ? {} : { page_token: token }),
      };
      const request = this.#get(`/v2/stocks/${kind}`, query, "history");
      const answer = await callAlpaca(this.#transport, request, page, options);
      const found = answer[kind];
      if (typeof found === "object" && found !== null) rows.push(...(found[symbol] ?? []));
      const next = answer.next_page_token;
      // The same token again would go on for ever.
      token = typeof next === "string" && next !== "" && next !== token ? next : null;
    } while (token !== null && rows.length < limit);
    return rows.slice(0, limit);
  }

  #get(path: string, query: Readonly<Record<string, string>>, urgency: RestRequest["urgency"] = "read"): RestRequest {
    return { host: "data", method: "GET", path, query: { feed: this.#feed, ...query }, urgency };
  }
}
