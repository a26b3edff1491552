import type { QuoteBatch } from "../wire/marketData.ts";
import { EncodedBatch } from "./EncodedBatch.ts";
import type { StreamSink } from "./EncodedItem.ts";
import type { LatestQuote } from "./LatestQuote.ts";
import type { StreamCounters } from "./StreamCounters.ts";

/** One reader of a list. */
export interface QuoteReader {
  readonly sink: StreamSink<QuoteBatch>;
  /** The newest change it was told of. */
  seen: number;
}

/**
 * All readers of the same symbols of one connection at the same interval. What a reader misses is told by one number,
 * the newest change it has seen: a tick costs nothing here, and a slow reader no memory, however long it sleeps.
 */
export class QuoteList {
  readonly keys: readonly string[];
  readonly #quotes: readonly LatestQuote[];
  readonly #readers = new Set<QuoteReader>();
  readonly #counters: StreamCounters;
  #sequence = 0;

  /** @param keys of the quotes, in the same order. */
  constructor(keys: readonly string[], quotes: readonly LatestQuote[], counters: StreamCounters) {
    this.keys = keys;
    this.#quotes = quotes;
    this.#counters = counters;
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** Sends the snapshot, sequence 0, whether the sink is ready or not: it is the first thing that it gets. */
  add(sink: StreamSink<QuoteBatch>, now: number): QuoteReader {
    const reader = { sink, seen: this.#newest() };
    this.#readers.add(reader);
    const known = this.#quotes.filter(({ isTold }) => isTold);
    this.#send(sink, new EncodedBatch(0, now, known));
    return reader;
  }

  delete(reader: QuoteReader): void {
    this.#readers.delete(reader);
  }

  /**
   * Sends every ready reader what changed since it was last told; those that were told the same get the same batch.
   * @returns whether someone was not ready, and has something to come.
   */
  flush(now: number): boolean {
    const newest = this.#newest();
    const batches = new Map<number, EncodedBatch>();
    let isAnyoneLeft = false;
    for (const reader of this.#readers) {
      if (reader.seen >= newest) continue;
      if (!reader.sink.isReady()) {
        isAnyoneLeft = true;
        this.#counters.skips += 1;
        continue;
      }
      const batch = batches.get(reader.seen) ?? this.#batchSince(reader.seen, now, batches);
      reader.seen = newest;
      this.#send(reader.sink, batch);
    }
    return isAnyoneLeft;
  }

  #batchSince(seen: number, now: number, batches: Map<number, EncodedBatch>): EncodedBatch {
    const changed = this.#quotes.filter(({ version }) => version > seen);
    if (batches.size === 0) this.#sequence += 1;
    for (const quote of changed) if (quote.tell()) this.#counters.quotesFlushed += 1;
    const batch = new EncodedBatch(this.#sequence, now, changed);
    batches.set(seen, batch);
    return batch;
  }

  #send(sink: StreamSink<QuoteBatch>, batch: EncodedBatch): void {
    this.#counters.messagesOut += 1;
    this.#counters.quotesOut += batch.size;
    sink.send(batch);
  }

  #newest(): number {
    let newest = 0;
    for (const { version } of this.#quotes) if (version > newest) newest = version;
    return newest;
  }
}
