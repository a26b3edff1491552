import { userId } from "@trenddojo/brokers/domain";
import { isUniqueViolation, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { UserView } from "../../wire/auth.ts";
import { builtInPaper, openPaperConnection } from "../brokers/openPaperConnection.ts";
import { startWatchlist } from "../market/watchlist.ts";
import { userView } from "./views.ts";

/** A new person at the desk, with a paper account of their own. @throws DeskError NAME_TAKEN, WEAK_PASSWORD */
export async function createUser(
  desk: Desk,
  actor: Actor,
  input: { readonly username: string; readonly password: string; readonly role: "trader" | "viewer" },
): Promise<UserView> {
  assertStrongPassword(input.password, input.username);
  const passwordHash = await desk.passwords.hash(input.password);
  const id = userId(desk.ids.uuid());
  try {
    const { user, paper } = await desk.db.transaction(async (tx) => {
      const created = await users.insert(tx, {
        id,
        username: input.username,
        passwordHash,
        role: input.role,
        createdAt: desk.clock.now(),
      });
      await desk.audit.append(tx, {
        chain: chains.user(actor.user.id),
        userId: actor.user.id,
        action: "user.created",
        subject: id,
        mode: null,
        message: `${actor.user.username} created the ${input.role} ${input.username}`,
      });
      await startWatchlist(desk, tx, id);
      return { user: created, paper: await openPaperConnection(desk, tx, id, builtInPaper(desk)) };
    });
    await desk.connections.takeUp(paper);
    return userView(user);
  } catch (error) {
    if (!isUniqueViolation(error, "users_username_key_unique")) throw error;
    throw new DeskError("NAME_TAKEN", `There is a ${input.username} already.`, {
      issues: [{ code: "NAME_TAKEN", field: "username", message: "This name is taken.", params: {} }],
    });
  }
}
