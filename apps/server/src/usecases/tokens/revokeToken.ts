import { apiTokens } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";

/** The token opens nothing from now on. @throws DeskError NOT_FOUND where it does not already */
export async function revokeToken(desk: Desk, actor: Actor, id: string): Promise<void> {
  const { id: userId, username } = actor.user;
  await desk.db.transaction(async (tx) => {
    if (!(await apiTokens.revoke(tx, { id, userId, at: desk.clock.now() }))) throw notFound("token");
    await desk.audit.append(tx, {
      chain: chains.user(userId),
      userId,
      action: "token.revoked",
      subject: id,
      mode: null,
      message: `${username} revoked a token`,
    });
  });
}
