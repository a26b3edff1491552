import { invitations } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";

/** The link lets nobody in from now on. @throws DeskError NOT_FOUND where it does not already */
export async function revokeInvitation(desk: Desk, actor: Actor, id: string): Promise<void> {
  await desk.db.transaction(async (tx) => {
    if (!(await invitations.revoke(tx, id, desk.clock.now()))) throw notFound("invitation");
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "invitation.revoked",
      subject: id,
      mode: null,
      message: `${actor.user.username} took an invitation back`,
    });
  });
}
