/**
 * A question that many may ask at once: those who come while it is being asked share the next asking, since the answer to
 * the one before may be older than their question.
 */
export class SharedRounds<Result> {
  readonly #ask: () => Promise<Result>;
  #running: Promise<unknown> | null = null;
  #next: Promise<Result> | null = null;

  constructor(ask: () => Promise<Result>) {
    this.#ask = ask;
  }

  /** @throws what the asking throws. */
  run(): Promise<Result> {
    if (this.#next !== null) return this.#next;
    if (this.#running === null) return this.#begin();
    this.#next = this.#running.then(() => {
      this.#next = null;
      return this.#begin();
    });
    return this.#next;
  }

  #begin(): Promise<Result> {
    const mine = this.#ask();
    const settled = mine.then(nothing, nothing).then(() => {
      if (this.#running === settled) this.#running = null;
    });
    this.#running = settled;
    return mine;
  }
}

const nothing = (): void => undefined;
