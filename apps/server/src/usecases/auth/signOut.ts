import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";

/** Ends the session and its sockets. @returns the cookie that makes the browser forget. */
export async function signOut(desk: Desk, actor: Actor): Promise<string> {
  await desk.db.transaction(async (tx) => {
    await desk.sessions.end(tx, actor.sessionId);
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "session.ended",
      subject: actor.sessionId,
      mode: null,
      message: `${actor.user.username} signed out`,
    });
  });
  desk.sockets.closeSession(actor.sessionId);
  return desk.sessions.blankCookie();
}
