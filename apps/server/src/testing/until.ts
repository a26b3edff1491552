import { SystemClock } from "@trenddojo/brokers";

/** Waits until `look` answers something, and answers it. @throws Error after `limitMs` */
export async function until<Found>(
  what: string,
  look: () => Found | null | undefined | false | Promise<Found | null | undefined | false>,
  limitMs = 120_000,
): Promise<Found> {
  const clock = new SystemClock();
  const end = clock.monotonic() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (clock.monotonic() > end) throw new Error(`waited ${limitMs} ms for ${what}`);
    await clock.sleep(10);
  }
}
