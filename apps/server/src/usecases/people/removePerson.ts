import type { UserId } from "@trenddojo/brokers/domain";
import { apiTokens, sessions, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";

/**
 * In one commit the person is halted, signed out everywhere and cannot come back; their open orders are then canceled:
 * nobody else could reach those. Asked again it halts again. What they did stays on record under their name.
 * @throws DeskError NOT_FOUND, also for the owner
 */
export async function removePerson(desk: Desk, actor: Actor, id: UserId): Promise<void> {
  const person = await users.find(desk.db, id);
  if (person === null || person.role === "owner") throw notFound("person");
  let ended: readonly string[] = [];
  await desk.kill.halt({ userId: id, by: actor.user, source: "web", reason: "removed from the desk" }, async (tx) => {
    if (!(await users.remove(tx, id, desk.clock.now()))) return;
    ended = await sessions.removeByUser(tx, id);
    await apiTokens.revokeByUser(tx, id, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "user.removed",
      subject: id,
      mode: null,
      message: `${actor.user.username} removed ${person.username}, a ${person.role}`,
    });
  });
  for (const sessionId of ended) desk.sockets.closeSession(sessionId);
}
