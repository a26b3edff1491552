import type { Actor } from "../../auth/Actor.ts";
import { IDLE_MS } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import type { SessionView } from "../../wire/auth.ts";
import { isoInstant } from "../../wire/encode.ts";

/** The user's own sessions that have not ended, newest first. */
export async function listSessions(desk: Desk, actor: Actor): Promise<SessionView[]> {
  const rows = await desk.sessions.list(actor.user.id);
  return rows.map((row) => ({
    id: row.id,
    current: row.id === actor.sessionId,
    createdAt: isoInstant(row.createdAt),
    lastSeenAt: isoInstant(row.lastSeenAt),
    expiresAt: isoInstant(Math.min(row.expiresAt, row.lastSeenAt + IDLE_MS)),
    address: row.address,
    userAgent: row.userAgent,
  }));
}
