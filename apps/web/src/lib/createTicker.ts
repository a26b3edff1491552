import type { Clock } from "@trenddojo/brokers/domain";

/** A beat that ages are shown against: a value that steps while somebody watches it. */
export interface Ticker {
  /** Monotonic milliseconds of the last beat. */
  readonly get: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Beats every `periodMs` while it has listeners, whether or not any socket speaks. */
export function createTicker(clock: Clock, periodMs: number): Ticker {
  const listeners = new Set<() => void>();
  let lastBeat = clock.monotonic();
  let timer: Disposable | undefined;

  const beat = () => {
    lastBeat = clock.monotonic();
    timer = clock.setTimer(periodMs, beat);
    for (const listener of listeners) listener();
  };

  return {
    get: () => lastBeat,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        lastBeat = clock.monotonic();
        timer = clock.setTimer(periodMs, beat);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        timer?.[Symbol.dispose]();
        timer = undefined;
      };
    },
  };
}
