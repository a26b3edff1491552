/** How a budget stands after a request. */
export interface BudgetState {
  readonly isExceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const WINDOW_MS = 60_000;

/** Requests that one key may make to one service in a minute. Source: https://docs.alpaca.markets/docs/usage-limit-api-calls */
export class RateBudget {
  readonly #limit: number;
  #windowEndsAt = 0;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a request at `now`, epoch milliseconds of the wall clock. */
  spend(now: number): BudgetState {
    if (now >= this.#windowEndsAt) {
      this.#windowEndsAt = now - (now % WINDOW_MS) + WINDOW_MS;
      this.#used = 0;
    }
    this.#used += 1;
    return {
      isExceeded: this.#used > this.#limit,
      headers: {
        "X-RateLimit-Limit": String(this.#limit),
        "X-RateLimit-Remaining": String(Math.max(0, this.#limit - this.#used)),
        "X-RateLimit-Reset": String(Math.ceil(this.#windowEndsAt / 1000)),
      },
    };
  }
}
