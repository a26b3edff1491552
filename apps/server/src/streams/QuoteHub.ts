import type { Clock, ConnectionId } from "@trenddojo/brokers/domain";
import type { Logger } from "pino";
import type { QuoteBatch, TickBatch } from "../wire/marketData.ts";
import type { StreamSink } from "./EncodedItem.ts";
import { FlushTimers } from "./FlushTimers.ts";
import { LatestQuote } from "./LatestQuote.ts";
import { QuoteList } from "./QuoteList.ts";
import type { QuoteSource } from "./QuoteSource.ts";
import { ReleasedQuotes } from "./ReleasedQuotes.ts";
import { StreamCounters } from "./StreamCounters.ts";
import { TickTape } from "./TickTape.ts";
import { UpstreamQuotes } from "./UpstreamQuotes.ts";

const SWEEP_MS = 1_000;

export interface QuoteSubscription {
  readonly connectionId: ConnectionId;
  readonly symbols: readonly string[];
  /** Milliseconds between batches. */
  readonly intervalMs: number;
}

/**
 * The latest quote of every (connection, symbol) that anybody watches, conflated to each reader's own interval: latest
 * wins, a symbol's order is kept, and memory is bounded by symbols, not by time. A tick is stored once, whoever watches;
 * what it costs a reader is paid at the flush, where all who watch the same list share the work. A known value outlives
 * its last reader by 15 s, for one who comes back after a cut. It knows nothing of tRPC; a sink may be a generator or a
 * socket.
 */
export class QuoteHub implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #upstream: UpstreamQuotes;
  readonly #quotes = new Map<string, LatestQuote>();
  readonly #released = new ReleasedQuotes();
  /** By interval, then by what the list holds. */
  readonly #lists = new Map<number, Map<string, QuoteList>>();
  readonly #timers: FlushTimers;
  readonly #tape: TickTape;
  readonly #counters: StreamCounters;
  #version = 0;
  #sweep: Disposable | null = null;

  constructor(clock: Clock, log: Logger, counters = new StreamCounters()) {
    this.#clock = clock;
    this.#upstream = new UpstreamQuotes(clock, log);
    this.#counters = counters;
    this.#tape = new TickTape(clock, counters);
    this.#timers = new FlushTimers(clock, (intervalMs) => this.#flush(intervalMs));
  }

  /** (connection, symbol) pairs that are subscribed upstream. */
  get upstreamCount(): number {
    return this.#upstream.size;
  }

  /** Values that are kept; never more than `upstreamCount`. */
  get cachedCount(): number {
    let count = 0;
    for (const quote of this.#quotes.values()) if (quote.isKnown) count += 1;
    return count;
  }

  /** Lists that are kept: readers of the same symbols at the same interval share one. */
  get listCount(): number {
    let count = 0;
    for (const lists of this.#lists.values()) count += lists.size;
    return count;
  }

  /**
   * Sends a snapshot of what is known at once (sequence 0, perhaps empty), then what changed, each `intervalMs`. The
   * sequence only grows; it leaves out numbers where the reader was slow.
   * @returns what ends it.
   */
  subscribe(request: QuoteSubscription, source: QuoteSource, sink: StreamSink<QuoteBatch>): () => void {
    const { connectionId, intervalMs } = request;
    // In one order, so that the same symbols are the same list.
    const symbols = [...new Set(request.symbols)].toSorted();
    const name = `${connectionId} ${symbols.join(" ")}`;
    const lists = this.#lists.get(intervalMs) ?? new Map<string, QuoteList>();
    const list = lists.get(name) ?? this.#openList(this.#retain(connectionId, symbols, source));
    lists.set(name, list);
    this.#lists.set(intervalMs, lists);
    this.#timers.add(intervalMs);
    const reader = list.add(sink, this.#clock.now());
    this.#scheduleSweep();
    return () => {
      list.delete(reader);
      if (!list.isEmpty || lists.get(name) !== list) return;
      this.#closeList(intervalMs, name);
      this.#release(connectionId, list.keys);
    };
  }

  /**
   * Every tick from now on, in the order they came, in bundles of 10 ms; the first one is empty. A reader that is slow
   * is told how many it missed.
   * @returns what ends it.
   */
  subscribeTicks(
    { connectionId, symbols }: Pick<QuoteSubscription, "connectionId" | "symbols">,
    source: QuoteSource,
    sink: StreamSink<TickBatch>,
  ): () => void {
    const keys = this.#retain(connectionId, [...new Set(symbols)].toSorted(), source);
    const leave = this.#tape.add(keys, sink);
    this.#scheduleSweep();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      leave();
      this.#release(connectionId, keys);
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timers.close();
    this.#tape.close();
    this.#sweep?.[Symbol.dispose]();
    this.#sweep = null;
    this.#lists.clear();
    this.#released.clear();
    this.#quotes.clear();
    await this.#upstream.close();
  }

  #openList(keys: readonly string[]): QuoteList {
    return new QuoteList(
      keys,
      keys.flatMap((key) => this.#quotes.get(key) ?? []),
      this.#counters,
    );
  }

  /** Holds these symbols upstream, each once however many hold it. @returns their keys, for `#release`. */
  #retain(connectionId: ConnectionId, symbols: readonly string[], source: QuoteSource): readonly string[] {
    const wanted = symbols.map((symbol) => ({ symbol, key: `${connectionId} ${symbol}` }));
    // All that is there already before anything new takes a place.
    for (const { key } of wanted) this.#released.delete(connectionId, key);
    for (const { symbol, key } of wanted) {
      if (!this.#upstream.has(key)) this.#drop(this.#released.takeOldest(connectionId));
      const quote = this.#quotes.get(key) ?? new LatestQuote(symbol, source);
      this.#quotes.set(key, quote);
      this.#upstream.retain(key, source, symbol, {
        onTick: (data) => {
          this.#counters.ticksIn += 1;
          quote.set(data, (this.#version += 1));
          this.#timers.armAll();
          this.#tape.take(key, data);
        },
        onAbsent: (absence) => {
          if (quote.setAbsence(absence, (this.#version += 1))) this.#timers.armAll();
        },
      });
    }
    return wanted.map(({ key }) => key);
  }

  /** What nobody reads any more is kept a while where its value is known. */
  #release(connectionId: ConnectionId, keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.#upstream.release(key)) continue;
      const isKnown = this.#quotes.get(key)?.isKnown === true;
      this.#drop(isKnown ? this.#released.add(connectionId, key, this.#clock.monotonic()) : key);
    }
  }

  #drop(key: string | undefined): void {
    if (key === undefined) return;
    this.#upstream.drop(key);
    this.#quotes.delete(key);
  }

  #closeList(intervalMs: number, name: string): void {
    const lists = this.#lists.get(intervalMs);
    lists?.delete(name);
    if (lists?.size !== 0) return;
    this.#lists.delete(intervalMs);
    this.#timers.delete(intervalMs);
  }

  #flush(intervalMs: number): boolean {
    const now = this.#clock.now();
    let isAnyoneLeft = false;
    for (const list of this.#lists.get(intervalMs)?.values() ?? []) if (list.flush(now)) isAnyoneLeft = true;
    return isAnyoneLeft;
  }

  /** A quote grows stale by silence, and is not kept for ever: somebody has to look. */
  #scheduleSweep(): void {
    if (this.#sweep !== null || this.#quotes.size === 0) return;
    this.#sweep = this.#clock.setTimer(SWEEP_MS, () => {
      this.#sweep = null;
      for (const key of this.#released.takeExpired(this.#clock.monotonic())) this.#drop(key);
      const now = this.#clock.now();
      for (const quote of this.#quotes.values()) {
        if (!quote.hasAged(now)) continue;
        quote.age((this.#version += 1));
        this.#timers.armAll();
      }
      this.#scheduleSweep();
    });
  }
}
