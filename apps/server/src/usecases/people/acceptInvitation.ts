import { invitations } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import { foldUsername } from "../../auth/foldUsername.ts";
import { digestOf } from "../../auth/secretTokens.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { UserView } from "../../wire/auth.ts";
import { userView } from "../auth/views.ts";
import { addPerson, nameTaken, newUserId } from "./addPerson.ts";

/**
 * The invited person chooses a name and a password and is signed in, with the invitation's role and a paper account. Of
 * two that use one link at once, one is let in.
 * @throws DeskError INVITATION_INVALID, NAME_TAKEN, WEAK_PASSWORD
 */
export async function acceptInvitation(
  desk: Desk,
  origin: SessionOrigin,
  input: { readonly token: string; readonly username: string; readonly password: string },
): Promise<{ readonly view: UserView; readonly cookie: string }> {
  const { username } = input;
  const invitation = await invitations.findOpen(desk.db, digestOf(input.token), desk.clock.now());
  if (invitation === null) throw invalid();
  await assertStrongPassword(input.password, username);
  const passwordHash = await desk.passwords.hash(input.password);
  const id = newUserId(desk);
  try {
    const { user, paper, cookie } = await desk.db.transaction(async (tx) => {
      const added = await addPerson(desk, tx, { id, username, passwordHash, role: invitation.role });
      if (!(await invitations.use(tx, { id: invitation.id, usedBy: id, at: desk.clock.now() }))) throw invalid();
      await desk.audit.append(tx, {
        // Who invited reads of it as well.
        chain: chains.user(invitation.createdBy),
        userId: id,
        action: "invitation.accepted",
        subject: invitation.id,
        mode: null,
        message: `${username} joined the desk as a ${invitation.role}`,
        details: { address: origin.address, invitedBy: invitation.createdBy },
      });
      const started = await desk.sessions.start(tx, id, origin);
      return { ...added, cookie: started.cookie };
    });
    desk.guesses.know(foldUsername(username), origin.address);
    await desk.connections.takeUp(paper);
    return { view: userView(user), cookie };
  } catch (error) {
    throw nameTaken(error, username);
  }
}

/** The same for a link that never was, was used, taken back, or is too old. */
function invalid(): DeskError {
  return new DeskError("INVITATION_INVALID", "This invitation lets nobody in: it was used, taken back, or is too old.");
}
