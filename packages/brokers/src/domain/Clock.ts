/**
 * Time is an argument. Nothing in the core reads the machine's clock; `SystemClock` does, and tests advance a
 * `FakeClock` by hand, so a trading day runs in a second.
 */
export interface Clock {
  /** Wall time in epoch milliseconds UTC; may go backward when the machine's clock is set. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes backward. For durations only. */
  monotonic(): number;
  /** Resolves after `delayMs`. @throws the signal's reason when it aborts first. */
  sleep(delayMs: number, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Calls `callback` once after `delayMs`, unless the timer is disposed first. */
  setTimer(delayMs: number, callback: () => void): Disposable;
}
