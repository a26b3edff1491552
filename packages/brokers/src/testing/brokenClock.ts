import type { Clock } from "../domain/Clock.ts";
import { FakeClock } from "./FakeClock.ts";

/** A clock that stands still and cannot sleep: each of `sleeps` rejects with `error`. */
export interface BrokenClock extends Clock {
  readonly error: Error;
  readonly sleeps: number;
}

/** Its first sleeps reject; later ones never end, so that a loop that goes on all the same does not stop the test. */
export function createBrokenClock(): BrokenClock {
  const clock = new FakeClock();
  const error = new Error("the clock is broken");
  let sleeps = 0;
  return {
    error,
    get sleeps() {
      return sleeps;
    },
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    setTimer: (delayMs, callback) => clock.setTimer(delayMs, callback),
    async sleep(delayMs, options) {
      sleeps += 1;
      if (sleeps <= 3) throw error;
      await clock.sleep(delayMs, options);
    },
  };
}
