import { apiTokens, sessions, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/**
 * Sets a new password, ends every other session of the user, with their sockets, and revokes the tokens: whoever knew
 * the old one may have made one.
 * @throws DeskError BAD_CREDENTIALS, WEAK_PASSWORD
 */
export async function changePassword(
  desk: Desk,
  actor: Actor,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<void> {
  const { id, username } = actor.user;
  const user = await users.find(desk.db, id);
  if (!(await desk.passwords.verify(user?.passwordHash ?? null, input.currentPassword))) {
    throw new DeskError("BAD_CREDENTIALS", "The current password is wrong.");
  }
  await assertStrongPassword(input.newPassword, username);
  const passwordHash = await desk.passwords.hash(input.newPassword);
  const ended = await desk.db.transaction(async (tx) => {
    await users.setPasswordHash(tx, { userId: id, passwordHash, at: desk.clock.now() });
    const others = await sessions.removeByUser(tx, id, actor.sessionId);
    await apiTokens.revokeByUser(tx, id, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "password.changed",
      subject: id,
      mode: null,
      message: `${username} changed the password; ${others.length} other sessions ended, tokens revoked`,
    });
    return others;
  });
  for (const sessionId of ended) desk.sockets.closeSession(sessionId);
}
