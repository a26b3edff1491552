/** Runs at most `size` tasks at once; the others wait in order, at most `maxWaiting` of them. */
export class Pool {
  readonly #size: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: { readonly size: number; readonly maxWaiting: number }) {
    this.#size = options.size;
    this.#maxWaiting = options.maxWaiting;
  }

  /** There is no room for one more. */
  get isFull(): boolean {
    return this.#running >= this.#size && this.#waiting.length >= this.#maxWaiting;
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#size) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      // The place is handed over, so that nobody who comes now can slip in between.
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
