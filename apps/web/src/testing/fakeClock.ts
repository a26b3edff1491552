import type { Clock } from "@trenddojo/brokers/domain";

export interface FakeClock extends Clock {
  /** Moves time on and runs the timers that fall due, in their order. */
  advance(ms: number): void;
}

/** A clock that a test moves by hand. */
export function fakeClock(startMs = Date.UTC(2026, 10, 23, 15, 0, 0)): FakeClock {
  let elapsed = 0;
  const timers = new Set<{ readonly dueAt: number; readonly run: () => void }>();
  const setTimer = (delayMs: number, run: () => void): Disposable => {
    const timer = { dueAt: elapsed + delayMs, run };
    timers.add(timer);
    return { [Symbol.dispose]: () => void timers.delete(timer) };
  };
  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    sleep: (delayMs) => new Promise((resolve) => void setTimer(delayMs, resolve)),
    setTimer,
    advance(ms) {
      const until = elapsed + ms;
      for (;;) {
        const next = [...timers].filter((timer) => timer.dueAt <= until).toSorted((a, b) => a.dueAt - b.dueAt)[0];
        if (next === undefined) break;
        timers.delete(next);
        elapsed = next.dueAt;
        next.run();
      }
      elapsed = until;
    },
  };
}
