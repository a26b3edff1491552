import { backoffMs } from "../backoff.ts";
import type { BrokerDeps } from "../deps.ts";

/** Failures in a row after which nothing more is sent for a while. */
const FAILURES_TO_OPEN = 5;
/** While a probe is under way, its outcome is worth asking for after this. */
const PROBE_LOOK_MS = 1_000;

/** One request that was let through; tell it once how it went. */
export interface Passage {
  succeeded(): void;
  failed(): void;
  /** Nobody waited for its end: it says nothing. */
  abandoned(): void;
}

/**
 * Leaves alone what fails: after five failures in a row it is open for 1 s, then one request probes it; each probe that
 * fails doubles the wait, up to 60 s. A single success closes it. What it refuses was not sent, so it never says
 * anything about an order.
 */
export class CircuitBreaker {
  readonly #deps: Pick<BrokerDeps, "clock" | "random">;
  #failures = 0;
  /** Times that it opened in a row. */
  #openings = 0;
  /** By the monotonic clock; null while it is closed. */
  #openUntil: number | null = null;
  #probe: symbol | null = null;

  constructor(deps: Pick<BrokerDeps, "clock" | "random">) {
    this.#deps = deps;
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** Milliseconds until the next try is worth it; null where a request may go. */
  blockedMs(): number | null {
    if (this.#openUntil === null) return null;
    const left = Math.ceil(this.#openUntil - this.#deps.clock.monotonic());
    if (left > 0) return left;
    return this.#probe === null ? null : PROBE_LOOK_MS;
  }

  /** A request goes; only where `blockedMs` is null. */
  pass(): Passage {
    const mine = Symbol("passage");
    if (this.#openUntil !== null) this.#probe = mine;
    return {
      succeeded: () => this.#close(),
      failed: () => this.#fail(mine),
      abandoned: () => {
        if (this.#probe === mine) this.#probe = null;
      },
    };
  }

  #close(): void {
    this.#failures = 0;
    this.#openings = 0;
    this.#openUntil = null;
    this.#probe = null;
  }

  #fail(passage: symbol): void {
    this.#failures += 1;
    // Those that were sent before it opened say nothing new.
    const isNews = this.#openUntil === null ? this.#failures >= FAILURES_TO_OPEN : this.#probe === passage;
    if (!isNews) return;
    const { clock, random } = this.#deps;
    this.#probe = null;
    this.#openUntil = clock.monotonic() + backoffMs(this.#openings, random);
    this.#openings += 1;
  }
}
