import type { Clock, ConnectionId, FeedState, MarketData } from "@trenddojo/brokers/domain";
import type { Logger } from "pino";
import type { QuoteBatch } from "../wire/marketData.ts";
import { feedStateOf } from "./feedStateOf.ts";
import { FlushTimers } from "./FlushTimers.ts";
import type { QuoteSource } from "./QuoteSource.ts";
import { quoteTuple } from "./quoteTuple.ts";
import { UpstreamQuotes } from "./UpstreamQuotes.ts";

const SWEEP_MS = 1_000;

/** Who takes the batches. The hub never waits for one: it asks, and comes again at the next flush. */
export interface QuoteSink {
  /** Room for a batch now. A slow reader answers false until it has drained; it then gets the newest values only. */
  isReady(): boolean;
  send(batch: QuoteBatch): void;
}

export interface QuoteSubscription {
  readonly connectionId: ConnectionId;
  readonly symbols: readonly string[];
  /** Milliseconds between batches. */
  readonly intervalMs: number;
}

interface Latest {
  readonly data: MarketData;
  readonly source: QuoteSource;
  /** As last told to the subscribers. */
  feed: FeedState;
}

interface Subscriber {
  readonly keys: readonly string[];
  readonly intervalMs: number;
  readonly sink: QuoteSink;
  /** What changed since the last batch: bounded by the symbols, however long the reader sleeps. */
  readonly dirty: Set<string>;
  sequence: number;
}

/**
 * The latest quote of every (connection, symbol) that anybody watches, conflated to each subscriber's own interval:
 * latest wins, a symbol's order is kept, and memory is bounded by symbols, not by time. It knows nothing of tRPC; a
 * sink may be a generator or a socket.
 */
export class QuoteHub implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #upstream: UpstreamQuotes;
  readonly #latest = new Map<string, Latest>();
  readonly #subscribers = new Map<number, Set<Subscriber>>();
  readonly #watchers = new Map<string, Set<Subscriber>>();
  readonly #timers: FlushTimers;
  #sweep: Disposable | null = null;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#upstream = new UpstreamQuotes(clock, log);
    this.#timers = new FlushTimers(clock, (intervalMs) => this.#flushAll(intervalMs));
  }

  /** (connection, symbol) pairs that are subscribed upstream. */
  get upstreamCount(): number {
    return this.#upstream.size;
  }

  /** Values that are kept; never more than `upstreamCount`. */
  get cachedCount(): number {
    return this.#latest.size;
  }

  /**
   * Sends a snapshot of what is known at once (sequence 0, perhaps empty), then what changed, each `intervalMs`.
   * @returns what ends it.
   */
  subscribe(request: QuoteSubscription, source: QuoteSource, sink: QuoteSink): () => void {
    const symbols = [...new Set(request.symbols)];
    const keys = symbols.map((symbol) => `${request.connectionId} ${symbol}`);
    const subscriber: Subscriber = { keys, intervalMs: request.intervalMs, sink, dirty: new Set(), sequence: 0 };
    group(this.#subscribers, request.intervalMs).add(subscriber);
    for (const [index, key] of keys.entries()) {
      group(this.#watchers, key).add(subscriber);
      this.#upstream.retain(key, source, symbols[index] ?? "", (data) => this.#receive(key, source, data));
    }
    this.#send(subscriber, keys);
    this.#scheduleSweep();
    return () => this.#unsubscribe(subscriber);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timers.close();
    this.#sweep?.[Symbol.dispose]();
    this.#sweep = null;
    this.#subscribers.clear();
    this.#watchers.clear();
    this.#latest.clear();
    await this.#upstream.close();
  }

  #unsubscribe(subscriber: Subscriber): void {
    if (!remove(this.#subscribers, subscriber.intervalMs, subscriber)) return;
    for (const key of subscriber.keys) {
      remove(this.#watchers, key, subscriber);
      if (this.#upstream.release(key)) this.#latest.delete(key);
    }
  }

  #receive(key: string, source: QuoteSource, data: MarketData): void {
    this.#latest.set(key, { data, source, feed: feedStateOf(data, this.#clock.now(), source.isMarketOpen()) });
    this.#mark(key);
  }

  #mark(key: string): void {
    for (const subscriber of this.#watchers.get(key) ?? []) {
      subscriber.dirty.add(key);
      this.#timers.arm(subscriber.intervalMs);
    }
  }

  #flushAll(intervalMs: number): boolean {
    let anyLeft = false;
    for (const subscriber of this.#subscribers.get(intervalMs) ?? []) {
      if (subscriber.dirty.size === 0) continue;
      if (subscriber.sink.isReady()) this.#send(subscriber, subscriber.dirty);
      else anyLeft = true;
    }
    return anyLeft;
  }

  #send(subscriber: Subscriber, keys: Iterable<string>): void {
    const quotes: QuoteBatch["quotes"][number][] = [];
    for (const key of keys) {
      const latest = this.#latest.get(key);
      if (latest !== undefined) quotes.push(quoteTuple(latest.data, latest.feed));
    }
    subscriber.dirty.clear();
    subscriber.sink.send({ sequence: subscriber.sequence, at: this.#clock.now(), quotes });
    subscriber.sequence += 1;
  }

  /** A quote grows stale by silence, so somebody has to look. */
  #scheduleSweep(): void {
    if (this.#sweep !== null || this.#watchers.size === 0) return;
    this.#sweep = this.#clock.setTimer(SWEEP_MS, () => {
      this.#sweep = null;
      const now = this.#clock.now();
      for (const [key, latest] of this.#latest) {
        const feed = feedStateOf(latest.data, now, latest.source.isMarketOpen());
        if (feed === latest.feed) continue;
        latest.feed = feed;
        this.#mark(key);
      }
      this.#scheduleSweep();
    });
  }
}

function group<Key, Value>(groups: Map<Key, Set<Value>>, key: Key): Set<Value> {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const made = new Set<Value>();
  groups.set(key, made);
  return made;
}

/** Answers whether it was there; an empty group is dropped. */
function remove<Key, Value>(groups: Map<Key, Set<Value>>, key: Key, value: Value): boolean {
  const values = groups.get(key);
  if (values === undefined || !values.delete(value)) return false;
  if (values.size === 0) groups.delete(key);
  return true;
}
