import { invitations } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { digestOf, newSecretToken } from "../../auth/secretTokens.ts";
import type { Desk } from "../../Desk.ts";
import type { InvitedRole } from "../../wire/auth.ts";
import type { NewInvitationView } from "../../wire/people.ts";
import { invitationView } from "./invitationView.ts";

const VALID_MS = 48 * 3_600_000;

/** Makes a link that lets one person in, once, within 48 hours. Its secret is in this answer and nowhere else. */
export async function invitePerson(desk: Desk, actor: Actor, role: InvitedRole): Promise<NewInvitationView> {
  const token = newSecretToken();
  const createdAt = desk.clock.now();
  const expiresAt = createdAt + VALID_MS;
  const invitation = { id: desk.ids.uuid(), role, createdBy: actor.user.id, createdAt, expiresAt };
  await desk.db.transaction(async (tx) => {
    await invitations.insert(tx, { ...invitation, tokenHash: digestOf(token) });
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "invitation.made",
      subject: invitation.id,
      mode: null,
      message: `${actor.user.username} made an invitation for a ${role}`,
      details: { role },
    });
  });
  return { ...invitationView(invitation), token };
}
