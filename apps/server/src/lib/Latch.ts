/**
 * A mark that is set any number of times and waited for: however often it was set meanwhile, one `wait` takes it.
 * What changed is read from the truth afterwards, so nothing can be missed and nothing piles up.
 */
export class Latch {
  #isSet: boolean;
  #wake: (() => void) | null = null;

  constructor(isSet = false) {
    this.#isSet = isSet;
  }

  set(): void {
    this.#isSet = true;
    this.#wake?.();
  }

  /** Resolves true once the mark is set, and clears it; false when `signal` aborts. One waiter at a time. */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (!this.#isSet && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener("abort", wake);
          this.#wake = null;
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener("abort", wake, { once: true });
      });
    }
    if (signal.aborted) return false;
    this.#isSet = false;
    return true;
  }
}
