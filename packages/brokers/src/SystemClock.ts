import type { Clock } from "./domain/Clock.ts";

/** Above this `setTimeout` fires at once, so a longer wait is made of several. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** The machine's own clock. The only file that reads it. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  async sleep(delayMs: number, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = this.setTimer(delayMs, () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      });
      const abort = (): void => {
        timer[Symbol.dispose]();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  setTimer(delayMs: number, callback: () => void): Disposable {
    let handle: ReturnType<typeof setTimeout>;
    const arm = (leftMs: number): void => {
      const partMs = Math.min(leftMs, LONGEST_TIMEOUT_MS);
      handle = setTimeout(() => {
        if (leftMs > partMs) arm(leftMs - partMs);
        else callback();
      }, partMs);
    };
    arm(Math.max(0, delayMs));
    return { [Symbol.dispose]: () => clearTimeout(handle) };
  }
}
