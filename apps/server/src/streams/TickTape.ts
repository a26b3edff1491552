import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import type { TickBatch, TickTuple } from "../wire/marketData.ts";
import type { StreamSink } from "./EncodedItem.ts";
import type { StreamCounters } from "./StreamCounters.ts";
import { TapeList } from "./TapeList.ts";

/** One write carries what came in this time: the write is what costs, not the tick. */
const BUNDLE_MS = 10;

interface Watched {
  readonly lists: Set<TapeList>;
  /** When the first of them began, epoch milliseconds. */
  readonly since: number;
  last: MarketData | null;
}

/**
 * Every tick for whoever asks, unconflated, once: what came before anybody asked is none, nor is the same one told again
 * with another state of its feed. A tick is written as JSON once, and shared by all lists that hold it.
 */
export class TickTape {
  readonly #clock: Clock;
  readonly #counters: StreamCounters;
  readonly #lists = new Map<string, TapeList>();
  /** By the quote's key. */
  readonly #watching = new Map<string, Watched>();
  readonly #changed = new Set<TapeList>();
  #timer: Disposable | null = null;

  constructor(clock: Clock, counters: StreamCounters) {
    this.#clock = clock;
    this.#counters = counters;
  }

  /** @param keys of the quotes, in an order of their own. @returns what ends it; to be called once. */
  add(keys: readonly string[], sink: StreamSink<TickBatch>): () => void {
    const name = keys.join(" ");
    const list = this.#lists.get(name) ?? this.#open(name, keys);
    const leave = list.add(sink, this.#clock.now());
    return () => {
      leave();
      if (list.isEmpty) this.#drop(name, keys, list);
    };
  }

  take(key: string, data: MarketData): void {
    const watched = this.#watching.get(key);
    if (watched === undefined) return;
    const { last, since, lists } = watched;
    watched.last = data;
    if (data.receivedAt < since || (last !== null && isSameTick(data, last))) return;
    const tick = JSON.stringify(tickTuple(data));
    for (const list of lists) {
      list.append(tick);
      this.#changed.add(list);
    }
    this.#arm();
  }

  close(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    this.#lists.clear();
    this.#watching.clear();
    this.#changed.clear();
  }

  #flush(): void {
    this.#timer = null;
    const now = this.#clock.now();
    for (const list of this.#changed) if (!list.flush(now)) this.#changed.delete(list);
    if (this.#changed.size > 0) this.#arm();
  }

  #arm(): void {
    this.#timer ??= this.#clock.setTimer(BUNDLE_MS, () => this.#flush());
  }

  #open(name: string, keys: readonly string[]): TapeList {
    const list = new TapeList(this.#counters);
    this.#lists.set(name, list);
    const since = this.#clock.now();
    for (const key of keys) {
      const watched = this.#watching.get(key) ?? { lists: new Set(), since, last: null };
      watched.lists.add(list);
      this.#watching.set(key, watched);
    }
    return list;
  }

  #drop(name: string, keys: readonly string[], list: TapeList): void {
    this.#lists.delete(name);
    this.#changed.delete(list);
    for (const key of keys) {
      const watched = this.#watching.get(key);
      watched?.lists.delete(list);
      if (watched?.lists.size === 0) this.#watching.delete(key);
    }
  }
}

function isSameTick(one: MarketData, other: MarketData): boolean {
  return (
    one.receivedAt === other.receivedAt &&
    one.timestamp === other.timestamp &&
    one.last === other.last &&
    one.lastSize === other.lastSize &&
    one.volume === other.volume &&
    one.bid === other.bid &&
    one.ask === other.ask &&
    one.bidSize === other.bidSize &&
    one.askSize === other.askSize
  );
}

function tickTuple(data: MarketData): TickTuple {
  const { symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt } = data;
  return [symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt];
}
