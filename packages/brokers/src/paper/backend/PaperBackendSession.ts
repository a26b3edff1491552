import { alwaysOpenSession } from "../../calendar/alwaysOpenSession.ts";
import { sessionAt, type ExchangeSession } from "../../calendar/sessionAt.ts";
import { sessionMemo } from "../../calendar/sessionMemo.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import type { MarketData } from "../../domain/marketData.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import type { MarketFeed } from "../../feeds/MarketFeed.ts";
import { profileOnFeed, type FeedLease, type PaperBackendConfig } from "../PaperConfig.ts";
import { isSnapshotDue } from "../isSnapshotDue.ts";
import type { MoneyEvent } from "../money/MoneyEvent.ts";
import { toAccountEvent } from "../money/toAccountEvent.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import { PaperExchange } from "../PaperExchange.ts";
import { applyNews } from "./applyNews.ts";
import { catchUp } from "./catchUp.ts";
import { PaperBackendJournal, type JournalBatch } from "./PaperBackendJournal.ts";
import { ReportQueue, type Report } from "./ReportQueue.ts";
import { refuseTimeFall } from "./refuseTimeFall.ts";
import { toPaperUpdate, type PaperUpdate } from "./toPaperUpdate.ts";

/** How often session boundaries and the age of quotes are looked at, on our clock. */
const TEND_EVERY_MS = 1_000;
const DEFAULT_SNAPSHOT_EVERY = 1_000;

export interface PaperSessionListeners {
  /** What became durable, in order, when its report arrives. */
  readonly onUpdates: (updates: readonly PaperUpdate[]) => void;
  readonly onTick: (tick: MarketData) => void;
  readonly onTend: () => void;
  /** The store failed: this session is over, and what it holds in memory may be more than what is stored. */
  readonly onFailed: (error: unknown) => void;
}

interface SessionParts {
  readonly config: PaperBackendConfig;
  readonly deps: BrokerDeps;
  readonly listeners: PaperSessionListeners;
  readonly lease: FeedLease;
  readonly exchange: PaperExchange;
  readonly sessionOf: (at: number) => ExchangeSession;
  /** Events that the newest snapshot holds. */
  readonly snapshotSequence: number;
  /** What the exchange did since it was last stored, as those who watch are told. */
  readonly reports: Report[];
}

/** One connection's length of a paper account: the exchange restored from its store, fed by ticks, written as it goes. */
export class PaperBackendSession {
  readonly exchange: PaperExchange;
  /** When our clock last saw proof that the store takes writes. */
  storedAt: number;
  readonly #parts: SessionParts;
  readonly #journal: PaperBackendJournal;
  readonly #reports: ReportQueue;
  readonly #stop = new AbortController();
  #unsubscribe: () => void = () => undefined;
  #tending: Promise<void> = Promise.resolve();
  #snapshotSequence: number;
  #hasFailed = false;

  /**
   * Restores the account and begins to tick.
   * @throws BrokerError CONNECTION_FAILED where the account's time lies after the market's; else what the feed or the
   * store throws. Nothing is left open then.
   */
  static async open(
    config: PaperBackendConfig,
    deps: BrokerDeps,
    listeners: PaperSessionListeners,
  ): Promise<PaperBackendSession> {
    const lease = config.openFeed();
    let session: PaperBackendSession | null = null;
    try {
      await lease.feed.start();
      const stored = await config.store.load();
      const sessionOf = sessionMemo(lease.feed.description.alwaysOpen ? alwaysOpenSession : sessionAt);
      const reports: Report[] = [];
      const sources = {
        orderById: (orderId: string) => exchange.order(orderId),
        accountEvent: (event: MoneyEvent) => toAccountEvent(event, idSuffixOf(config)),
      };
      const exchange: PaperExchange = PaperExchange.restore(
        {
          seed: seedOf(config),
          startingCash: config.startingCash,
          instruments: (symbol) => lease.feed.instrument(symbol),
          session: sessionOf,
          // As the order is at this event: by the end of the call it may have gone on.
          onEvent: (event) => {
            const update = toPaperUpdate(event, sources);
            const reportedAt = event.type === "order_filled" ? (event.reportedAt ?? null) : null;
            if (update !== null) reports.push({ update, reportedAt });
          },
          profile: profileOnFeed(lease.feed.description, config.profile),
        },
        stored.snapshot,
        stored.events,
      );
      refuseTimeFall(config.name, exchange.now, lease.feed.marketNow());
      const snapshotSequence = stored.snapshot?.sequence ?? 0;
      session = new PaperBackendSession({
        config,
        deps,
        listeners,
        lease,
        exchange,
        sessionOf,
        snapshotSequence,
        reports,
      });
      await session.#begin();
      return session;
    } catch (error) {
      await (session === null ? lease[Symbol.asyncDispose]() : session.close());
      throw error;
    }
  }

  private constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#snapshotSequence = parts.snapshotSequence;
    this.exchange = parts.exchange;
    this.storedAt = parts.deps.clock.now();
    this.#journal = new PaperBackendJournal({
      store: parts.config.store,
      onDurable: (batch) => this.#onDurable(batch),
    });
    this.#reports = new ReportQueue({
      clock: parts.deps.clock,
      // What is on its way when a tape is over arrives at its end.
      marketNow: () => (this.feed.progress.state === "ended" ? Number.POSITIVE_INFINITY : this.now()),
      deliver: parts.listeners.onUpdates,
      onError: (error) => this.#fail(error),
    });
  }

  get feed(): MarketFeed {
    return this.#parts.lease.feed;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Market time, epoch milliseconds; never falls. */
  now(): number {
    return Math.max(this.exchange.now, this.feed.marketNow());
  }

  /** What its owner hears of since `since` (epoch milliseconds), oldest first, as far as it is kept. */
  accountEvents(since: number): readonly AccountEvent[] {
    const { told } = this.exchange.money;
    return told.flatMap((event) =>
      event.at < since ? [] : (toAccountEvent(event, idSuffixOf(this.#parts.config)) ?? []),
    );
  }

  marketSession(): ExchangeSession {
    return this.#parts.sessionOf(this.now());
  }

  /**
   * Lets the exchange do something. What it throws is a defect that may leave the account half changed in memory: the
   * session is over then, and nothing of it is ever stored.
   */
  act(perform: (exchange: PaperExchange) => readonly PaperEvent[]): readonly PaperEvent[] {
    try {
      return perform(this.exchange);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** Stores what the exchange has just done; resolves when that is durable and announced. */
  record(events: readonly PaperEvent[]): Promise<void> {
    const reports = this.#parts.reports.splice(0);
    const written = this.#journal.write({ events, reports });
    if (events.length > 0) written.catch((error: unknown) => this.#fail(error));
    return written;
  }

  /** Resolves when nothing is known here that is not durable and announced. */
  async settled(): Promise<void> {
    do await this.#journal.write({ events: [], reports: [] });
    while (!this.#journal.isSettled);
  }

  /** Stops the feed and the clock's loop, waits for what is being written, and tells what is on its way. Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#unsubscribe();
    await this.#tending;
    await this.settled().catch(() => undefined);
    await this.#reports.close();
    await this.#parts.lease[Symbol.asyncDispose]();
  }

  async #begin(): Promise<void> {
    void this.record(catchUp(this.exchange, this.feed));
    // Before anything is waited for: no tick may come between the latest and the next.
    const endTicks = this.feed.subscribeAll((tick) => this.#onTick(tick));
    const endNews = this.feed.subscribeNews((news) => this.#onNews(news));
    this.#unsubscribe = () => {
      endTicks();
      endNews();
    };
    await this.record(this.exchange.advanceTo(this.now()));
    this.#tending = this.#tend();
  }

  #onTick(tick: MarketData): void {
    if (this.#hasFailed) return;
    try {
      const events = this.exchange.onTick(tick);
      // A failure to store is told by `onFailed`.
      if (events.length > 0) void this.record(events);
      this.#reports.deliverDue();
      this.#parts.listeners.onTick(tick);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A halt is shown by the tick that follows it. */
  #onNews(news: MarketNews): void {
    if (this.#hasFailed) return;
    try {
      const events = applyNews(this.exchange, news);
      if (events.length > 0) void this.record(events);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #tend(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && !this.#hasFailed) {
      try {
        await this.#parts.deps.clock.sleep(TEND_EVERY_MS, { signal });
        await this.record(this.exchange.advanceTo(this.now()));
        this.#parts.listeners.onTend();
      } catch (error) {
        if (!signal.aborted) this.#fail(error);
      }
    }
  }

  async #onDurable({ reports }: JournalBatch): Promise<void> {
    this.storedAt = this.#parts.deps.clock.now();
    this.#reports.add(reports);
    const { sequence } = this.exchange;
    const every = this.#parts.config.snapshotEvery ?? DEFAULT_SNAPSHOT_EVERY;
    const isDue = isSnapshotDue({ sequence, snapshotSequence: this.#snapshotSequence, every });
    if (isDue && this.#journal.isEmpty) await this.#saveSnapshot(sequence);
  }

  /** Only while nothing newer waits: a snapshot must not be ahead of the events. A failure costs time at the next start, no more. */
  async #saveSnapshot(sequence: number): Promise<void> {
    this.#snapshotSequence = sequence;
    try {
      await this.#parts.config.store.saveSnapshot(this.exchange.snapshot());
    } catch (error) {
      this.#parts.deps.logger.warn(
        { account: this.#parts.config.accountId, err: error },
        "a snapshot of a paper account was not saved",
      );
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#unsubscribe();
    this.#parts.listeners.onFailed(error);
  }
}

const seedOf = ({ seed = 1 }: PaperBackendConfig): number => seed;
/** Ids of two accounts of one process, or of two runs, are never the same (RG4). */
const idSuffixOf = (config: PaperBackendConfig): string => seedOf(config).toString(36);
