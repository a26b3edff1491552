import type { Clock } from "@trenddojo/brokers/domain";

/** The browser's clock, and its one source of time: everything else takes a Clock. Wall time may jump when the machine's clock is set; `monotonic` never goes backward. */
export const browserClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep(delayMs, options) {
    return new Promise((resolve, reject) => {
      const { signal } = options ?? {};
      if (signal?.aborted === true) {
        reject(abortReason(signal));
        return;
      }
      const abort = () => {
        clearTimeout(timer);
        if (signal !== undefined) reject(abortReason(signal));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, delayMs);
      signal?.addEventListener("abort", abort, { once: true });
    });
  },
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException("aborted", "AbortError");
}
