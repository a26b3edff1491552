import { marketDay } from "../../calendar/marketDay.ts";
import { nyMidnight } from "../../calendar/newYorkTime.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { Bar, BarsRequest, FeedState, Instrument, MarketData } from "../../domain/marketData.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import { assertBarsLimit } from "../barsLimit.ts";
import type { FeedDescription, FeedProgress, MarketFeed, NewsListener, TickListener } from "../MarketFeed.ts";
import { throwLater } from "../throwLater.ts";
import { TickHub } from "../TickHub.ts";
import { openTapeFolder, statedDate } from "./openTapeFolder.ts";
import { isListingExchange, replayInstrument } from "./replayInstrument.ts";
import { assertSpeed, parseTimeOfDay, type ReplaySpeed } from "./replayOptions.ts";
import { ReplaySymbol } from "./ReplaySymbol.ts";
import { TapeClock } from "./TapeClock.ts";
import { type TapeEntry, TapeMerger } from "./TapeMerger.ts";
import { NEWS_FILE } from "./parseNewsLine.ts";
import { TapeAuctions, type TapeAuction } from "./TapeAuctions.ts";
import type { MalformedRow, NewsRow, TradeRow } from "./TapeRow.ts";
import { toMarketNews } from "./toMarketNews.ts";

export interface ReplayFeedOptions {
  readonly clock: Clock;
  /** Holds SYMBOL.trades.csv.gz and SYMBOL.quotes.csv.gz of one day, and may hold a news.csv. */
  readonly folder: string;
  /** New York's date of the tape, YYYY-MM-DD; by default the one that the folder's name ends in. */
  readonly date?: string;
  /** @default 1 */
  readonly speed?: ReplaySpeed;
  /** HH:MM in New York. Rows before it make the bars and the first quote, and are not ticked. By default the first row. */
  readonly startTime?: string;
  /** Hears of every row that was skipped. */
  readonly report: (row: MalformedRow) => void;
  /**
   * Hears what a tick listener throws, and the failure that silenced the feed; without it the error is thrown outside the
   * feed, for the process to report.
   */
  readonly onListenerError?: (error: unknown) => void;
}

/** At full speed, how long rows are ticked before everything else in the process has its turn. */
const SLICE_MS = 8;
/** Rows between two looks at the clock. */
const ROWS_PER_LOOK = 256;
/** Below this a sleep is not worth it: rows due meanwhile are ticked together. */
const SHORTEST_SLEEP_MS = 4;

/**
 * A recorded day, told again. The market's time is the tape's: it runs with the clock times the speed, and never past a
 * row that is still to be ticked. When the tape is over it stands at the end of that market day, and every symbol ticks once
 * more as `closed`. Volume rises with a print and only then; `saleConditions.ts` says which prints set the last price.
 */
export class ReplayFeed implements MarketFeed {
  readonly description: FeedDescription;
  readonly #options: ReplayFeedOptions;
  readonly #speed: ReplaySpeed;
  readonly #startMs: number | undefined;
  readonly #onError: (error: unknown) => void;
  readonly #hub: TickHub;
  readonly #symbols = new Map<string, ReplaySymbol>();
  readonly #instruments = new Map<string, Instrument>();
  readonly #stopping = new AbortController();
  #starting: Promise<void> | undefined;
  #loop: Promise<void> | undefined;
  #tape: TapeMerger | undefined;
  #tapeClock: TapeClock | undefined;
  #auctions: TapeAuctions | undefined;
  #state: FeedProgress["state"] = "paused";
  #malformedRows = 0;
  #date = "";
  #midnight = 0;
  /** Where the tape stands, milliseconds since midnight. */
  #reachedMs = 0;

  /** @throws ReplayError INVALID_OPTION for a speed or start time that is none. */
  constructor(options: ReplayFeedOptions) {
    const { folder, date, speed = 1, startTime, onListenerError = throwLater } = options;
    assertSpeed(speed);
    this.#options = options;
    this.#speed = speed;
    this.#startMs = startTime === undefined ? undefined : parseTimeOfDay(startTime);
    this.#onError = onListenerError;
    this.#hub = new TickHub(onListenerError);
    this.description = {
      kind: "replay",
      label: `Replay of ${statedDate(folder, date) ?? "an unknown day"} at ${speed === "max" ? "full speed" : `${speed}x`}`,
      synthetic: false,
      alwaysOpen: false,
      namesAuctions: true,
    };
  }

  get progress(): FeedProgress {
    return { state: this.#state, ticks: this.#hub.ticks, malformedRows: this.#malformedRows };
  }

  /** Resolves when the tape is open and has come to its start time. @throws ReplayError where it cannot be opened. */
  async start(): Promise<void> {
    this.#starting ??= this.#open();
    await this.#starting;
  }

  /** Epoch milliseconds on the tape; 0 before `start`. */
  marketNow(): number {
    const dueMs = this.#tapeClock?.dueMs() ?? 0;
    const nextMs = this.#tape?.next?.row.ms ?? this.#reachedMs;
    const limitMs = this.#speed === "max" ? this.#reachedMs : nextMs;
    return Math.floor(this.#midnight + Math.max(this.#reachedMs, Math.min(dueMs, limitMs)));
  }

  instruments(): readonly Instrument[] {
    return [...this.#instruments.values()];
  }

  instrument(symbol: string): Instrument | undefined {
    return this.#instruments.get(symbol);
  }

  latest(symbol: string): MarketData | undefined {
    return this.#hub.latest(symbol);
  }

  subscribe(symbol: string, listener: TickListener): () => void {
    return this.#hub.subscribe(symbol, listener);
  }

  subscribeAll(listener: TickListener): () => void {
    return this.#hub.subscribeAll(listener);
  }

  subscribeNews(listener: NewsListener): () => void {
    return this.#hub.subscribeNews(listener);
  }

  corporateActions(since: number): readonly CorporateAction[] {
    return this.#hub.corporateActions(since);
  }

  /** As `MarketFeed.bars`, made of the tape's prints so far; of the time before the tape there are none. */
  async bars({ symbol, timeframe, limit, before }: BarsRequest): Promise<readonly Bar[]> {
    assertBarsLimit(limit);
    return this.#symbols.get(symbol)?.series.bars(timeframe, limit, before) ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    // A tape that could not be opened was reported by `start`.
    await this.#starting?.catch(() => undefined);
    await this.#loop;
    await this.#tape?.[Symbol.asyncDispose]();
    this.#hub.close();
  }

  async #open(): Promise<void> {
    const { folder, date, clock } = this.#options;
    const found = await openTapeFolder(folder, date);
    for (const { symbol } of found.files.filter(({ kind }) => kind !== "news")) {
      if (!this.#symbols.has(symbol)) this.#symbols.set(symbol, new ReplaySymbol(symbol));
      this.#instruments.set(symbol, replayInstrument(symbol));
    }
    const tape = new TapeMerger(found.files, (row) => this.#skip(row));
    await tape.open();
    this.#date = found.date;
    this.#midnight = nyMidnight(found.date);
    this.#tape = tape;
    const sessions = marketDay(found.date).sessions;
    if (sessions !== null) {
      const { opensAt, closesAt } = sessions;
      this.#auctions = new TapeAuctions({ opensMs: opensAt - this.#midnight, closesMs: closesAt - this.#midnight });
    }
    this.#state = "running";
    if (this.#startMs !== undefined) await this.#skipTo(tape, this.#startMs);
    this.#reachedMs = this.#startMs ?? tape.next?.row.ms ?? 0;
    this.#tapeClock = new TapeClock(clock, this.#speed, this.#reachedMs);
    if (this.#startMs !== undefined) this.#tickAll("streaming");
    this.#loop = this.#run(tape, this.#tapeClock).catch(this.#onError);
  }

  async #skipTo(tape: TapeMerger, startMs: number): Promise<void> {
    await this.#play(
      tape,
      () => startMs - 1,
      ({ symbol, row }) => {
        const at = this.#midnight + row.ms;
        if (row.kind === "trade") this.#findAuction(symbol, row);
        if (row.kind !== "news") this.#symbols.get(symbol)?.take(row, at);
        else this.#withNews(row, at, (news) => this.#hub.note(news));
      },
    );
  }

  async #run(tape: TapeMerger, tapeClock: TapeClock): Promise<void> {
    const { signal } = this.#stopping;
    while (tape.next !== undefined && !signal.aborted) {
      await this.#play(
        tape,
        () => tapeClock.dueMs(),
        (entry) => this.#tick(entry),
      );
      if (tape.next !== undefined)
        await this.#sleep(Math.max(SHORTEST_SLEEP_MS, tapeClock.delayUntil(tape.next.row.ms)));
    }
    if (!signal.aborted) this.#end();
  }

  /** Hands on every row that is due, giving way to the rest of the process between slices. */
  async #play(tape: TapeMerger, dueMs: () => number, take: (entry: TapeEntry) => void): Promise<void> {
    const { clock } = this.#options;
    let sliceEndsAt = clock.monotonic() + SLICE_MS;
    let untilMs = dueMs();
    for (let rows = 1; tape.next !== undefined && tape.next.row.ms <= untilMs; rows += 1) {
      take(tape.next);
      const reading = tape.advance();
      if (reading !== undefined) await reading;
      if (rows % ROWS_PER_LOOK !== 0 || clock.monotonic() < sliceEndsAt) continue;
      await this.#sleep(0);
      if (this.#stopping.signal.aborted) return;
      sliceEndsAt = clock.monotonic() + SLICE_MS;
      untilMs = dueMs();
    }
  }

  #tick({ symbol, row }: TapeEntry): void {
    this.#tellWholeAuctions(row.ms);
    this.#reachedMs = row.ms;
    const at = this.#midnight + row.ms;
    const receivedAt = this.#options.clock.now();
    if (row.kind === "news") return this.#withNews(row, at, (news) => this.#hub.publishNews(news, receivedAt));
    const state = this.#symbols.get(symbol);
    if (state === undefined) return;
    const auction = row.kind === "trade" ? this.#findAuction(symbol, row) : undefined;
    if (auction !== undefined) this.#tellAuction(auction);
    if (state.take(row, at)) this.#hub.publish(state.toTick(at, receivedAt, "streaming"));
  }

  /** Each exchange has auctions of its own; the official ones are those of the exchange that lists the symbol. */
  #findAuction(symbol: string, row: TradeRow): TapeAuction | undefined {
    const instrument = row.auction === undefined ? undefined : this.#instruments.get(symbol);
    if (instrument === undefined || row.auction === undefined) return undefined;
    return isListingExchange(instrument, row.auction.exchange) ? this.#auctions?.take(symbol, row) : undefined;
  }

  /** Those whose parts have all been printed by `untilMs`. */
  #tellWholeAuctions(untilMs: number): void {
    for (const auction of this.#auctions?.takeDue(untilMs) ?? []) {
      this.#reachedMs = Math.max(this.#reachedMs, auction.ms);
      this.#tellAuction(auction);
    }
  }

  #tellAuction({ ms, ...auction }: TapeAuction): void {
    const news = { kind: "auction", auction: { ...auction, at: this.#midnight + ms } } as const;
    this.#hub.publishNews(news, this.#options.clock.now());
  }

  /** News of what is not on the tape is nobody's. */
  #withNews(row: NewsRow, at: number, take: (news: MarketNews) => void): void {
    const { symbol, news, line } = row;
    const named = news.event === "symbol_change" ? [symbol, news.newSymbol] : [symbol];
    const unknown = named.find((each) => !this.#symbols.has(each));
    if (unknown !== undefined) return this.#skip({ file: NEWS_FILE, line, reason: `${unknown} is not on the tape` });
    this.#symbols.get(symbol)?.hear(news);
    take(toMarketNews(row, at));
  }

  /** One tick of every symbol that the tape has told of, at the market's present. */
  #tickAll(feed: FeedState): void {
    const receivedAt = this.#options.clock.now();
    for (const state of this.#symbols.values()) {
      if (state.isKnown) this.#hub.publish(state.toTick(this.marketNow(), receivedAt, feed));
    }
  }

  #end(): void {
    this.#tellWholeAuctions(Number.POSITIVE_INFINITY);
    this.#state = "ended";
    const closesAt = marketDay(this.#date).sessions?.postClosesAt ?? 0;
    this.#reachedMs = Math.max(this.#reachedMs, closesAt - this.#midnight);
    this.#tickAll("closed");
  }

  #skip(row: MalformedRow): void {
    this.#malformedRows += 1;
    this.#options.report(row);
  }

  /** Ends early when the feed is closed. */
  async #sleep(delayMs: number): Promise<void> {
    const { signal } = this.#stopping;
    try {
      await this.#options.clock.sleep(delayMs, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
