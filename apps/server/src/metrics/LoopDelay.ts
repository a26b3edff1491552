import { monitorEventLoopDelay } from "node:perf_hooks";

/** By how much the event loop was late, milliseconds. */
export interface LoopDelayReading {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Watches how late the event loop comes to its timers. */
export interface LoopDelay extends Disposable {
  /** What was seen since the last call; zeros where nothing was. */
  take(): LoopDelayReading;
}

const RESOLUTION_MS = 10;
const NANOSECONDS = 1e6;

/** Node's own watch, which runs outside of JavaScript and so costs it nothing. */
export function openLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  // Node measures from timer to timer: what is above the timer's own length was late.
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS);
  return {
    take() {
      const isEmpty = histogram.count === 0;
      const reading = {
        medianMs: isEmpty ? 0 : late(histogram.percentile(50)),
        p99Ms: isEmpty ? 0 : late(histogram.percentile(99)),
        maxMs: isEmpty ? 0 : late(histogram.max),
      };
      histogram.reset();
      return reading;
    },
    [Symbol.dispose]: () => void histogram.disable(),
  };
}
