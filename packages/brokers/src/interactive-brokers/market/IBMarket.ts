import type { CallOptions, Unsubscribe } from "../../BrokerClient.ts";
import { marketHours } from "../../calendar/marketHours.ts";
import { sessionAt, type ExchangeSession } from "../../calendar/sessionAt.ts";
import { sessionMemo } from "../../calendar/sessionMemo.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Bar, BarsRequest, FeedState, Instrument, MarketData, MarketHours } from "../../domain/marketData.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { Gateway } from "../session/Gateway.ts";
import { BarRequests } from "./BarRequests.ts";
import { BAR_SIZES, barOpensAt, barSpan, newestBars } from "./barSpan.ts";
import { hearTicks } from "./hearTicks.ts";
import { noSuchSymbol, type IBContracts } from "./IBContracts.ts";
import type { KnownContract } from "./KnownContract.ts";
import { MuteWatch } from "./MuteWatch.ts";
import { PriceBoard } from "./PriceBoard.ts";
import { PriceLines } from "./PriceLines.ts";
import { DATA_TYPES, Ticker, type PriceTold } from "./Ticker.ts";

/** A price that nothing followed for this long, in an open market, is old. */
export const STALE_AFTER_MS = 15_000;
/** Interactive Brokers ends a snapshot after 11 s at the latest, whatever came. */
const SNAPSHOT_MS = 12_000;
/** Of a symbol that streams: what there is comes at once. */
const PROBE_MS = 3_000;
/** From both sides of a quote to what comes beside them: the last price, the volume. */
const WHOLE_MS = 300;
/** "HMDS query returned no data" among others: then there are no bars, which is an answer. */
const HISTORY_ERROR = 162;

export interface IBMarketOptions {
  readonly gateway: Gateway;
  readonly contracts: IBContracts;
  readonly deps: BrokerDeps;
}

/** Instruments, their prices and bars, and the market's hours. */
export class IBMarket {
  readonly lines: PriceLines;
  readonly #options: IBMarketOptions;
  readonly #muteWatch: MuteWatch;
  readonly #board: PriceBoard;
  readonly #bars: BarRequests<readonly Bar[]>;
  readonly #calendar = sessionMemo(sessionAt);

  constructor(options: IBMarketOptions) {
    this.#options = options;
    const { gateway, contracts, deps } = options;
    this.lines = new PriceLines({ gateway, deps, onNews: (symbol) => this.#board.changed(symbol) });
    this.#muteWatch = new MuteWatch({
      gateway,
      lines: this.lines,
      deps,
      isMarketOpen: () => this.session().isOpen,
      ask: async (symbol) => this.#snapshot(await this.#require(symbol), {}, { timeoutMs: PROBE_MS }),
    });
    this.#bars = new BarRequests(deps);
    this.#board = new PriceBoard({
      viewOf: (symbol) => this.lines.ticker(symbol)?.view(symbol),
      stateOf: (data) => this.#stateOf(data),
      onFirst: (symbol) => {
        const known = contracts.known(symbol);
        if (known !== undefined) this.lines.watch(symbol, known.contract);
      },
      onLast: (symbol) => this.lines.unwatch(symbol),
      onError: (err) => deps.logger.error({ err }, "a subscriber's callback threw"),
    });
  }

  /** The market is open and its lines tell nothing, while the gateway has other prices or none: see `MuteWatch`. */
  get isMute(): boolean {
    return this.#muteWatch.isMute;
  }

  /** By the calendar; where the hours that the gateway tells contradict it, they are right. */
  session(): ExchangeSession {
    const now = this.#options.gateway.brokerNow();
    const known = this.#calendar(now);
    const said = this.#options.contracts.hoursAt(now);
    if (said === null || said.isOpen === known.isOpen) return known;
    const session = said.isOpen ? "regular" : known.session === "regular" ? "closed" : known.session;
    return { ...known, session, ...said };
  }

  /** Null for what is not traded. @throws BrokerError */
  async instrument(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<Instrument | null> {
    return (await this.#options.contracts.contract(symbol, options, urgency))?.instrument ?? null;
  }

  /** Null without any price. What streams is answered at once, else the gateway is asked. @throws BrokerError */
  async latest(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<MarketData | null> {
    const known = this.#board.latest(symbol);
    if (known !== undefined && (known.feed === "streaming" || this.#isDelayedStream(known))) return known;
    const told = await this.#snapshot(await this.#require(symbol, options, urgency), options, { urgency });
    return told === undefined ? (this.#board.latest(symbol) ?? null) : this.#board.take(told);
  }

  /** The latest, where there is one, then each change. @throws BrokerError */
  async subscribe(symbol: string, callback: (data: MarketData) => void, options?: CallOptions): Promise<Unsubscribe> {
    await this.#require(symbol, options);
    if (this.#options.gateway.state.kind !== "ready") {
      throw ibRefusal(BrokerErrorCode.CONNECTION_FAILED, "there is no session with the gateway: try again shortly");
    }
    return this.#board.subscribe(symbol, callback);
  }

  /** Oldest first. @throws BrokerError */
  async bars(request: BarsRequest, options: CallOptions = {}): Promise<readonly Bar[]> {
    const { symbol, timeframe } = request;
    const { contract } = await this.#require(symbol, options);
    const { end, duration } = barSpan(request);
    const key = [symbol, timeframe, end, duration].join(" ");
    const ask = (): Promise<readonly Bar[]> =>
      this.#options.gateway.ask<readonly Bar[]>({
        what: `the bars of ${symbol}`,
        urgency: "history",
        write: (calls, requestId) =>
          calls.reqHistoricalData(
            requestId,
            contract,
            end,
            duration,
            BAR_SIZES[timeframe],
            "TRADES",
            // A day's bar is that of the regular session, as on the tape; shorter ones are of all hours.
            timeframe === "1d",
            EPOCH_SECONDS,
            false,
          ),
        cancel: (calls, requestId) => calls.cancelHistoricalData(requestId),
        listen: ({ requestId, on, end: finish }) => {
          const bars: Bar[] = [];
          on("historicalData", (id, time, open, high, low, close, volume) => {
            if (id !== requestId) return;
            if (time.startsWith("finished")) finish(bars);
            const openedAt = barOpensAt(time);
            if (openedAt !== null) bars.push({ openedAt, open, high, low, close, volume: Math.max(0, volume) });
          });
          on("error", ({ id, code, message }) => {
            if (id === requestId && code === HISTORY_ERROR && /no data/i.test(message)) finish([]);
          });
        },
      });
    return newestBars(await this.#bars.run(symbol, key, ask, options), request);
  }

  hours(market: string): MarketHours {
    const { session, isOpen, nextOpenAt, nextCloseAt } = this.session();
    return { ...marketHours(market, this.#options.gateway.brokerNow()), session, isOpen, nextOpenAt, nextCloseAt };
  }

  /** After a new session, and after subscriptions were lost. @throws BrokerError */
  restore(isNewSession: boolean): Promise<void> {
    return this.lines.restore(isNewSession);
  }

  lose(): void {
    this.lines.lose();
    this.#board.refresh();
  }

  /** Every second. */
  tend(): void {
    this.#board.refresh();
    this.lines.tend();
    this.#muteWatch.check();
  }

  clear(): void {
    this.#board.clear();
    this.lines.clear();
  }

  async #require(symbol: string, options?: CallOptions, urgency?: "reduce" | "read"): Promise<KnownContract> {
    const known = await this.#options.contracts.contract(symbol, options, urgency);
    if (known === null) throw noSuchSymbol(symbol);
    return known;
  }

  /** Ends soon after both sides, or with the gateway's word that no more comes. @throws BrokerError */
  #snapshot(
    { contract, instrument: { symbol } }: KnownContract,
    options: CallOptions = {},
    {
      urgency = "read",
      timeoutMs = SNAPSHOT_MS,
    }: { readonly urgency?: "reduce" | "read" | undefined; readonly timeoutMs?: number } = {},
  ): Promise<PriceTold | undefined> {
    const { gateway } = this.#options;
    return gateway.ask<PriceTold | undefined>({
      what: `the price of ${symbol}`,
      urgency,
      options,
      timeoutMs,
      write: (calls, requestId) => calls.reqMktData(requestId, contract, "", true, false),
      cancel: (calls, requestId) => calls.cancelMktData(requestId),
      listen: ({ requestId, on, end }) => {
        const ticker = new Ticker();
        let isWhole = false;
        hearTicks(on, {
          tickerOf: (id) => (id === requestId ? ticker : undefined),
          heard: () => ({ now: gateway.clock.now(), brokerNow: gateway.brokerNow() }),
          onNews: () => {
            if (isWhole || !ticker.isWhole) return;
            isWhole = true;
            // The rest of it comes with it, or not at all; Interactive Brokers says only after 11 s that there is no more.
            gateway.clock.setTimer(WHOLE_MS, () => end(ticker.view(symbol)));
          },
        });
        on("tickSnapshotEnd", (id) => {
          if (id === requestId) end(ticker.view(symbol));
        });
      },
    });
  }

  #isDelayedStream({ feed, symbol }: MarketData): boolean {
    return feed === "delayed" && this.lines.isStreaming(symbol);
  }

  #stateOf({ symbol, receivedAt, type }: PriceTold): FeedState {
    const { gateway } = this.#options;
    const { session } = this.session();
    if (session === "closed" || session === "overnight") return "closed";
    if (gateway.clock.now() - receivedAt > STALE_AFTER_MS) return "stale";
    if (type === DATA_TYPES.delayed || type === DATA_TYPES.delayedFrozen) return "delayed";
    return type === DATA_TYPES.live && this.lines.isStreaming(symbol) ? "streaming" : "snapshot";
  }
}

/** How bars tell when they open; those of a day tell their date all the same. */
const EPOCH_SECONDS = 2;

/** What has no price yet. */
export function noPrice(symbol: string): Error {
  return ibRefusal(BrokerErrorCode.NO_MARKET_DATA, `no price of ${symbol} has come yet`, { symbol });
}
