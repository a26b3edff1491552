import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import type { Logger } from "pino";
import type { Absence } from "../wire/marketData.ts";
import { Latch } from "../lib/Latch.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { absenceOf } from "./absenceOf.ts";
import type { QuoteSource } from "./QuoteSource.ts";

const RETRY_MS = 1_000;
/** A symbol that the broker does not know may be listed some day: the wait doubles up to this. */
const LONGEST_RETRY_MS = 60_000;

export interface UpstreamListener {
  readonly onTick: (data: MarketData) => void;
  /** Why there is no tick, each time it was asked in vain; "awaited" once it was not. */
  readonly onAbsent: (absence: Absence) => void;
}

interface Upstream {
  readonly stop: AbortController;
  users: number;
}

/** Holds each (connection, symbol) subscribed upstream exactly once until it is dropped, and counts who wants it. */
export class UpstreamQuotes {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #tasks: TaskSet;
  readonly #upstreams = new Map<string, Upstream>();

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
    this.#tasks = new TaskSet(log);
  }

  /** Subscriptions that are held upstream. */
  get size(): number {
    return this.#upstreams.size;
  }

  has(key: string): boolean {
    return this.#upstreams.has(key);
  }

  /** `key` names the (connection, symbol). The first one in subscribes. */
  retain(key: string, source: QuoteSource, symbol: string, listener: UpstreamListener): void {
    const known = this.#upstreams.get(key);
    if (known !== undefined) {
      known.users += 1;
      return;
    }
    const upstream: Upstream = { stop: new AbortController(), users: 1 };
    this.#upstreams.set(key, upstream);
    this.#tasks.add(`quotes ${key}`, this.#hold(key, source, symbol, listener, upstream.stop.signal));
  }

  /** It stays subscribed until `drop`. @returns whether nobody wants it any more. */
  release(key: string): boolean {
    const upstream = this.#upstreams.get(key);
    if (upstream === undefined) return false;
    upstream.users -= 1;
    return upstream.users === 0;
  }

  /** Unsubscribes. */
  drop(key: string): void {
    this.#upstreams.get(key)?.stop.abort();
    this.#upstreams.delete(key);
  }

  /** Ends every subscription and waits until the sources have let go. */
  async close(): Promise<void> {
    for (const { stop } of this.#upstreams.values()) stop.abort();
    this.#upstreams.clear();
    await this.#tasks.idle();
  }

  async #hold(
    key: string,
    source: QuoteSource,
    symbol: string,
    { onTick, onAbsent }: UpstreamListener,
    signal: AbortSignal,
  ): Promise<void> {
    const guarded = (data: MarketData): void => {
      if (!signal.aborted) onTick(data);
    };
    let waitMs = RETRY_MS;
    while (!signal.aborted) {
      try {
        const ended = new Latch();
        const unsubscribe = await source.subscribe(symbol, guarded, () => ended.set());
        waitMs = RETRY_MS;
        if (!signal.aborted) onAbsent("awaited");
        await ended.wait(signal);
        unsubscribe();
      } catch (err) {
        this.#log.debug({ err, key }, "quotes are not to be had yet");
        const absence = absenceOf(err);
        if (!signal.aborted) onAbsent(absence);
        if (absence !== "unknown_symbol") waitMs = RETRY_MS;
        await sleepQuietly(this.#clock, waitMs, signal);
        waitMs = Math.min(2 * waitMs, LONGEST_RETRY_MS);
      }
    }
  }
}
