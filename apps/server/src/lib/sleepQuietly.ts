import type { Clock } from "@trenddojo/brokers/domain";

/** Sleeps on the clock; answers false when `signal` ended it, where `Clock.sleep` would throw. */
export async function sleepQuietly(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(delayMs, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
