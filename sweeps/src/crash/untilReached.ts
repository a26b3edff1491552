import { PointNotReached } from "./PointNotReached.ts";

/** On a machine that is busy an order may not be sent in its time; that it never is, is a fault. */
const ATTEMPTS = 3;

/**
 * Does a run again whose desk never came to the point of its death.
 * @param onMissed hears of each time that it did not
 * @throws PointNotReached after the third time; whatever else the run throws, at once
 */
export async function untilReached<Result>(
  run: () => Promise<Result>,
  onMissed: (missed: PointNotReached) => void,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof PointNotReached) || attempt === ATTEMPTS) throw error;
      onMissed(error);
    }
  }
}
