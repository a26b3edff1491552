import { apiTokens, sessions } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";

/** Ends every session of the person but this one, with their sockets, and every token. @returns how many sessions */
export async function signOutEverywhere(desk: Desk, actor: Actor): Promise<number> {
  const { id, username } = actor.user;
  const ended = await desk.db.transaction(async (tx) => {
    const others = await sessions.removeByUser(tx, id, actor.sessionId);
    await apiTokens.revokeByUser(tx, id, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "session.revoked",
      subject: id,
      mode: null,
      message: `${username} signed out everywhere else; ${others.length} sessions ended, tokens revoked`,
    });
    return others;
  });
  for (const sessionId of ended) desk.sockets.closeSession(sessionId);
  return ended.length;
}
