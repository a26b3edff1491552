/** What `withTimeout` needs of a signal that stops it. */
export interface Stop {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** One listener on a signal, for however many calls wait for it at once: Node warns of a leak at eleven on one signal. */
export class StopFan implements Stop {
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener(
      "abort",
      () => {
        for (const listener of this.#listeners) listener();
        this.#listeners.clear();
      },
      { once: true },
    );
  }

  get aborted(): boolean {
    return this.#signal.aborted;
  }

  /** Listeners that wait. */
  get size(): number {
    return this.#listeners.size;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
