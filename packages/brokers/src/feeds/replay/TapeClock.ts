import type { Clock } from "../../domain/Clock.ts";
import type { ReplaySpeed } from "./replayOptions.ts";

/** How far a tape may have run: our clock's time since the start, times the speed. Times in milliseconds since the tape's midnight. */
export class TapeClock {
  readonly #clock: Clock;
  readonly #speed: ReplaySpeed;
  readonly #startMs: number;
  readonly #startedAt: number;

  /** Runs from now on. @param startMs where the tape begins. */
  constructor(clock: Clock, speed: ReplaySpeed, startMs: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#startMs = startMs;
    this.#startedAt = clock.monotonic();
  }

  /** Rows up to here are due; infinite at full speed. */
  dueMs(): number {
    if (this.#speed === "max") return Number.POSITIVE_INFINITY;
    return this.#startMs + (this.#clock.monotonic() - this.#startedAt) * this.#speed;
  }

  /** Our milliseconds until a row is due; 0 where it is. */
  delayUntil(ms: number): number {
    return this.#speed === "max" ? 0 : Math.max(0, (ms - this.dueMs()) / this.#speed);
  }
}
