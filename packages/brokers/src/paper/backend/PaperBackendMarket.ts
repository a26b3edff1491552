import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import { marketHours } from "../../calendar/marketHours.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Bar, BarsRequest, Instrument, MarketData, MarketHours } from "../../domain/marketData.ts";
import { searchInstruments } from "../../feeds/searchInstruments.ts";
import { show } from "../../rules/orderFields.ts";
import { assertBarsRequest, assertCallback, assertInRange, assertText, requireInstrument } from "./arguments.ts";
import type { PaperBackendConnection } from "./PaperBackendConnection.ts";
import type { PaperBackendSession } from "./PaperBackendSession.ts";
import { refusal } from "./refusals.ts";

const MARKETS = ["NYSE", "NASDAQ"];
const MOST_INSTRUMENTS = 100;

/** What a paper account can ask of its market; as the methods of `BrokerClient` of the same names. */
export class PaperBackendMarket {
  readonly #name: string;
  readonly #connection: PaperBackendConnection;

  constructor(name: string, connection: PaperBackendConnection) {
    this.#name = name;
    this.#connection = connection;
  }

  getMarketData(symbol: string, options: CallOptions): Promise<MarketData> {
    return this.#connection.read(options, (session) => {
      this.#requireInstrument(session, symbol);
      const latest = this.#connection.latest(symbol);
      if (latest === undefined)
        throw refusal(this.#name, BrokerErrorCode.NO_MARKET_DATA, `no price of ${symbol} has come yet`, { symbol });
      return latest;
    });
  }

  getMarketHours(market: string, options: CallOptions): Promise<MarketHours> {
    return this.#connection.read(options, (session) => {
      if (!MARKETS.includes(market)) {
        throw refusal(this.#name, BrokerErrorCode.NOT_SUPPORTED, `the hours of ${MARKETS.join(" and ")} are known`, {
          market: show(market),
        });
      }
      return marketHours(market, session.now(), { alwaysOpen: session.feed.description.alwaysOpen });
    });
  }

  subscribeToMarketData(
    symbol: string,
    callback: (data: MarketData) => void,
    options: CallOptions,
  ): Promise<Unsubscribe> {
    return this.#connection.read(options, (session) => {
      this.#requireInstrument(session, symbol);
      assertCallback(this.#name, callback);
      return this.#connection.quotes.subscribe(symbol, callback);
    });
  }

  getHistoricalBars(request: BarsRequest, options: CallOptions): Promise<readonly Bar[]> {
    return this.#connection.read(options, (session) => {
      assertBarsRequest(this.#name, request);
      this.#requireInstrument(session, request.symbol);
      return session.feed.bars(request);
    });
  }

  searchInstruments(query: string, limit: number, options: CallOptions): Promise<readonly Instrument[]> {
    return this.#connection.read(options, (session) => {
      assertText(this.#name, "query", query);
      assertInRange(this.#name, "limit", limit, MOST_INSTRUMENTS);
      return searchInstruments(session.feed.instruments(), query, limit);
    });
  }

  #requireInstrument({ feed }: PaperBackendSession, symbol: string): void {
    requireInstrument(this.#name, (known) => feed.instrument(known), symbol);
  }
}
