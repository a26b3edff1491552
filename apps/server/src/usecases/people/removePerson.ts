import type { UserId } from "@trenddojo/brokers/domain";
import { apiTokens, sessions, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";

/**
 * The person is signed out everywhere and cannot come back. Their trading is then halted, with their open orders
 * canceled: nobody else could reach those. What they did stays on record under their name.
 * @throws DeskError NOT_FOUND, also for the owner
 */
export async function removePerson(desk: Desk, actor: Actor, id: UserId): Promise<void> {
  const ended = await desk.db.transaction(async (tx) => {
    const person = await users.find(tx, id);
    if (person === null || !(await users.remove(tx, id, desk.clock.now()))) throw notFound("person");
    const others = await sessions.removeByUser(tx, id);
    await apiTokens.revokeByUser(tx, id, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "user.removed",
      subject: id,
      mode: null,
      message: `${actor.user.username} removed ${person.username}, a ${person.role}`,
    });
    return others;
  });
  for (const sessionId of ended) desk.sockets.closeSession(sessionId);
  await desk.kill.halt({ userId: id, by: actor.user, source: "web", reason: "removed from the desk" });
}
