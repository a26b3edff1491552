import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import type { TickBatch, TickTuple } from "../wire/marketData.ts";
import type { StreamSink } from "./EncodedItem.ts";
import type { StreamCounters } from "./StreamCounters.ts";
import { TapeList } from "./TapeList.ts";

/** One write carries what came in this time: the write is what costs, not the tick. */
const BUNDLE_MS = 10;

/** Every tick for whoever asks, unconflated. A tick is written as JSON once, and shared by all lists that hold it. */
export class TickTape {
  readonly #clock: Clock;
  readonly #counters: StreamCounters;
  readonly #lists = new Map<string, TapeList>();
  /** By the quote's key. */
  readonly #watching = new Map<string, Set<TapeList>>();
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
    const lists = this.#watching.get(key);
    if (lists === undefined) return;
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
    for (const key of keys) this.#watching.set(key, (this.#watching.get(key) ?? new Set()).add(list));
    return list;
  }

  #drop(name: string, keys: readonly string[], list: TapeList): void {
    this.#lists.delete(name);
    this.#changed.delete(list);
    for (const key of keys) {
      const lists = this.#watching.get(key);
      lists?.delete(list);
      if (lists?.size === 0) this.#watching.delete(key);
    }
  }
}

function tickTuple(data: MarketData): TickTuple {
  const { symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt } = data;
  return [symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt];
}
