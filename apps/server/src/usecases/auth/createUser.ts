import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import type { Desk } from "../../Desk.ts";
import type { InvitedRole, UserView } from "../../wire/auth.ts";
import { addPerson, nameTaken, newUserId } from "../people/addPerson.ts";
import { userView } from "./views.ts";

/** A new person at the desk, with a paper account of their own. @throws DeskError NAME_TAKEN, WEAK_PASSWORD */
export async function createUser(
  desk: Desk,
  actor: Actor,
  input: { readonly username: string; readonly password: string; readonly role: InvitedRole },
): Promise<UserView> {
  const { username, role } = input;
  await assertStrongPassword(input.password, username);
  const passwordHash = await desk.passwords.hash(input.password);
  const id = newUserId(desk);
  try {
    const { user, paper } = await desk.db.transaction(async (tx) => {
      const added = await addPerson(desk, tx, { id, username, passwordHash, role });
      await desk.audit.append(tx, {
        chain: chains.user(actor.user.id),
        userId: actor.user.id,
        action: "user.created",
        subject: id,
        mode: null,
        message: `${actor.user.username} created the ${role} ${username}`,
      });
      return added;
    });
    await desk.connections.takeUp(paper);
    return userView(user);
  } catch (error) {
    throw nameTaken(error, username);
  }
}
