import type { Clock } from "../../domain/Clock.ts";

/** Silence for so long is looked into. */
export const QUIET_MS = 10_000;
/** And this long after the question nobody is there. */
export const ANSWER_MS = 5_000;

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** When anything was heard last, on the monotonic clock. */
  readonly heardAt: () => number;
  /** Asks what any gateway answers at once. */
  readonly ask: () => void;
  /** Nothing was heard since it was asked. */
  readonly onSilent: () => void;
}

/**
 * Finds a connection that is open and dead. The vendor library's own watchdog does not act while the socket is open (H5).
 */
export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions;
  #timer: Disposable;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = options.clock.setTimer(QUIET_MS, () => this.#look());
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #look(): void {
    const { clock, heardAt, ask, onSilent } = this.#options;
    const now = clock.monotonic();
    const quietMs = now - heardAt();
    if (quietMs < QUIET_MS) {
      this.#timer = clock.setTimer(QUIET_MS - quietMs, () => this.#look());
      return;
    }
    ask();
    this.#timer = clock.setTimer(ANSWER_MS, () => {
      if (heardAt() < now) onSilent();
      else this.#look();
    });
  }
}
