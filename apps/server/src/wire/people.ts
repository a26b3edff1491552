import { z } from "zod";
import { invitedRole, newPassword, username } from "./auth.ts";
import { id, instant } from "./common.ts";

/** people.invitations (query, owner): those that still let somebody in, newest first. */
export const invitation = z.object({ id, role: invitedRole, createdAt: instant, expiresAt: instant });
export type InvitationView = z.infer<typeof invitation>;
/** people.invite (mutation, owner). */
export const inviteInput = z.strictObject({ role: invitedRole });
/** `token` is said this once; the link is the desk's address with "/join#" and the token. */
export const newInvitation = invitation.extend({ token: z.string() });
export type NewInvitationView = z.infer<typeof newInvitation>;
/** people.revokeInvitation (mutation, owner). */
export const revokeInvitationInput = z.strictObject({ id });
/** people.accept (mutation, public). Sets the session cookie. */
export const acceptInput = z.strictObject({ token: z.string().min(1).max(128), username, password: newPassword });
/** people.setRole (mutation, owner): ends the person's sessions. The owner's role stays. */
export const setRoleInput = z.strictObject({ userId: id, role: invitedRole });
/** people.remove (mutation, owner): ends the person's sessions, tokens and trading. */
export const removePersonInput = z.strictObject({ userId: id });
