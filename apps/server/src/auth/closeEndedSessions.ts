import type { Desk } from "../Desk.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";

const EVERY_MS = 1_000;

/**
 * A session that ends by itself, or in the store beside this desk, loses its sockets and what it has armed within a second
 * of that, as one that a person ends; nobody needs to call for it.
 */
export async function closeEndedSessions(
  { clock, sessions, sockets, live, log }: Pick<Desk, "clock" | "sessions" | "sockets" | "live" | "log">,
  signal: AbortSignal,
): Promise<void> {
  while (await sleepQuietly(clock, EVERY_MS, signal)) {
    try {
      const held = [...new Set([...sockets.sessionIds(), ...live.sessionIds()])];
      for (const sessionId of await sessions.ended(held)) sockets.closeSession(sessionId);
    } catch (err) {
      log.warn({ err }, "whose session has ended could not be looked up");
    }
  }
}
