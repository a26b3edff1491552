import type { Clock } from "@trenddojo/brokers/domain";
import { isoInstant } from "../wire/encode.ts";
import type { SystemSample } from "../wire/system.ts";
import type { LoopDelay, LoopDelayReading } from "./LoopDelay.ts";
import type { Totals } from "./Totals.ts";

const EVERY_MS = 1_000;
/** A minute of them is kept. */
const KEPT = 60;

/** Looks once a second at what the desk does, and keeps the last minute of it. */
export class SystemSampler implements Disposable {
  readonly #clock: Clock;
  readonly #loop: LoopDelay;
  readonly #read: () => Totals;
  readonly #samples: SystemSample[] = [];
  #before: { readonly totals: Totals; readonly at: number };
  #timer: Disposable;

  /** @param loop closed with this */
  constructor(clock: Clock, loop: LoopDelay, read: () => Totals) {
    this.#clock = clock;
    this.#loop = loop;
    this.#read = read;
    this.#before = { totals: read(), at: clock.monotonic() };
    this.#timer = clock.setTimer(EVERY_MS, () => this.#look());
  }

  /** Oldest first; one a second, at most 60. */
  get samples(): readonly SystemSample[] {
    return this.#samples;
  }

  /** The worst of the last minute, so that a scrape now and then misses nothing; the median is the last second's. */
  loopDelay(): LoopDelayReading {
    return {
      medianMs: this.#samples.at(-1)?.loopMedianMs ?? 0,
      p99Ms: Math.max(0, ...this.#samples.map(({ loopP99Ms }) => loopP99Ms)),
      maxMs: Math.max(0, ...this.#samples.map(({ loopMaxMs }) => loopMaxMs)),
    };
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
    this.#loop[Symbol.dispose]();
  }

  #look(): void {
    const totals = this.#read();
    const at = this.#clock.monotonic();
    const { totals: before, at: beforeAt } = this.#before;
    const perSecond = (read: (from: Totals) => number): number =>
      ((read(totals) - read(before)) * 1_000) / Math.max(1, at - beforeAt);
    const ticks = totals.ticksIn - before.ticksIn;
    const flushed = totals.quotesFlushed - before.quotesFlushed;
    const { medianMs, p99Ms, maxMs } = this.#loop.take();
    this.#samples.push({
      at: isoInstant(this.#clock.now()),
      ticksIn: perSecond(({ ticksIn }) => ticksIn),
      messagesOut: perSecond(({ messagesOut }) => messagesOut),
      quotesOut: perSecond(({ quotesOut, ticksOut }) => quotesOut + ticksOut),
      skips: perSecond(({ skips }) => skips),
      bytesIn: perSecond(({ bytesIn }) => bytesIn),
      bytesOut: perSecond(({ bytesOut }) => bytesOut),
      conflation: flushed === 0 ? null : ticks / flushed,
      sockets: totals.sockets,
      subscriptions: totals.subscriptions,
      upstream: totals.upstream,
      heapBytes: totals.heapBytes,
      loopMedianMs: medianMs,
      loopP99Ms: p99Ms,
      loopMaxMs: maxMs,
    });
    if (this.#samples.length > KEPT) this.#samples.shift();
    this.#before = { totals, at };
    this.#timer = this.#clock.setTimer(EVERY_MS, () => this.#look());
  }
}
