import { SystemClock } from "@trenddojo/brokers";

/** Resolves when `condition` holds: sockets have their turns meanwhile. @throws Error after half a minute. */
export async function until(condition: () => boolean): Promise<void> {
  const clock = new SystemClock();
  const end = clock.monotonic() + 30_000;
  while (!condition()) {
    if (clock.monotonic() > end) throw new Error("the condition did not come to hold");
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
