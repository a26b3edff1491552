import type { Urgency } from "../domain/Urgency.ts";
import { perUrgency } from "./perUrgency.ts";

interface Period {
  beganAt: number;
  longestMs: number;
  /** Of the period before. */
  beforeMs: number;
}

/** How long those that went had waited: the longest of each kind in the running period and the one before. */
export class Waits {
  readonly #periodMs: number;
  readonly #periods = perUrgency<Period>(() => ({ beganAt: Number.NEGATIVE_INFINITY, longestMs: 0, beforeMs: 0 }));

  constructor(periodMs: number) {
    this.#periodMs = periodMs;
  }

  add(urgency: Urgency, waitedMs: number, now: number): void {
    const period = this.#current(urgency, now);
    period.longestMs = Math.max(period.longestMs, waitedMs);
  }

  longestMs(urgency: Urgency, now: number): number {
    const { longestMs, beforeMs } = this.#current(urgency, now);
    return Math.max(longestMs, beforeMs);
  }

  #current(urgency: Urgency, now: number): Period {
    const period = this.#periods[urgency];
    const age = now - period.beganAt;
    if (age < this.#periodMs) return period;
    period.beforeMs = age < 2 * this.#periodMs ? period.longestMs : 0;
    period.longestMs = 0;
    period.beganAt = now;
    return period;
  }
}
