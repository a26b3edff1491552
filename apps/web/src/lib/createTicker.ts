import type { Clock } from "@trenddojo/brokers/domain";

/** A beat that ages are shown against: a value that steps while somebody watches it. */
export interface Ticker {
  /** Monotonic milliseconds of the last beat. */
  readonly get: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Beats every `periodMs` while it has listeners, whether or not any socket speaks.
 * @param scheduleFrame calls back once, before the next paint: nobody sees a beat of a page that is not painted.
 */
export function createTicker(clock: Clock, periodMs: number, scheduleFrame: (callback: () => void) => void): Ticker {
  const listeners = new Set<() => void>();
  let lastBeat = clock.monotonic();
  let timer: Disposable | undefined;
  let frameAsked = false;

  const startBeat = () => {
    lastBeat = clock.monotonic();
    timer = clock.setTimer(periodMs, askFrame);
  };
  const askFrame = () => {
    frameAsked = true;
    scheduleFrame(beat);
  };
  const beat = () => {
    frameAsked = false;
    timer = undefined;
    if (listeners.size === 0) return;
    startBeat();
    for (const listener of listeners) listener();
  };

  return {
    get: () => lastBeat,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) startBeat();
      return () => {
        listeners.delete(listener);
        // A frame that was asked for comes all the same, and goes on with whoever listens by then.
        if (listeners.size > 0 || frameAsked) return;
        timer?.[Symbol.dispose]();
        timer = undefined;
      };
    },
  };
}
