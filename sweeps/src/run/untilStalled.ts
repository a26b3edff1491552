import { SystemClock } from "@trenddojo/brokers";

const LOOK_MS = 1_000;

/**
 * Resolves when nothing has gone on for a while: so many looks in a row, each of them answered, saw the same. A machine
 * that is busy answers later, and is given the longer.
 * @param look what there is to see, as text. @throws what it throws
 */
export async function untilStalled(look: () => Promise<string>, looks: number, stop: AbortSignal): Promise<void> {
  const clock = new SystemClock();
  let last = await look();
  for (let same = 0; same < looks;) {
    await clock.sleep(LOOK_MS, { signal: stop });
    const seen = await look();
    same = seen === last ? same + 1 : 0;
    last = seen;
  }
}
