import { apiTokens, sessions, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import type { Desk } from "../../Desk.ts";
import { confirmPassword, wrongPassword } from "./confirmPassword.ts";

/**
 * Sets a new password, ends every other session of the user, with their sockets, and revokes the tokens: whoever knew
 * the old one may have made one. Of two changes at once one is made.
 * @throws DeskError BAD_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_REQUESTS
 */
export async function changePassword(
  desk: Desk,
  actor: Actor,
  {
    currentPassword,
    newPassword,
    address,
  }: { readonly currentPassword: string; readonly newPassword: string; readonly address: string },
): Promise<void> {
  const { id, username } = actor.user;
  const typed = { password: currentPassword, address, field: "currentPassword" } as const;
  const before = await confirmPassword(desk, actor, typed);
  await assertStrongPassword(newPassword, username);
  const passwordHash = await desk.passwords.hash(newPassword);
  const ended = await desk.db.transaction(async (tx) => {
    const now = await users.lock(tx, id);
    if (now?.passwordHash !== before) throw wrongPassword("currentPassword");
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
