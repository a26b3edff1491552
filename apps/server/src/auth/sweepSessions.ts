import type { Desk } from "../Desk.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";

const EVERY_MS = 10 * 60_000;

/** Deletes sessions that have ended, now and then; whether one has ended is decided at each call, not here. */
export async function sweepSessions(
  { clock, sessions, log }: Pick<Desk, "clock" | "sessions" | "log">,
  signal: AbortSignal,
): Promise<void> {
  while (await sleepQuietly(clock, EVERY_MS, signal)) {
    try {
      await sessions.sweep();
    } catch (err) {
      log.warn({ err }, "ended sessions could not be deleted");
    }
  }
}
