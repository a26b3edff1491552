import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";

/** Ends one of the user's own sessions, with its sockets. @throws DeskError NOT_FOUND */
export async function revokeSession(desk: Desk, actor: Actor, sessionId: string): Promise<void> {
  const own = await desk.sessions.list(actor.user.id);
  if (!own.some((session) => session.id === sessionId)) throw notFound("session");
  await desk.db.transaction(async (tx) => {
    await desk.sessions.end(tx, sessionId);
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "session.revoked",
      subject: sessionId,
      mode: null,
      message: `${actor.user.username} ended another session`,
    });
  });
  desk.sockets.closeSession(sessionId);
}
