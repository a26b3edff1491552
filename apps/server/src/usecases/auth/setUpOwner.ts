import { userId } from "@trenddojo/brokers/domain";
import { isUniqueViolation, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import { assertStrongPassword } from "../../auth/assertStrongPassword.ts";
import { foldUsername } from "../../auth/foldUsername.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { UserView } from "../../wire/auth.ts";
import { builtInPaper, openPaperConnection } from "../brokers/openPaperConnection.ts";
import { startWatchlist } from "../market/watchlist.ts";
import { userView } from "./views.ts";

/**
 * Creates the owner, with a paper account, and signs in. Only while there is no user: of two forms sent at once, the
 * database lets one through.
 * @throws DeskError ALREADY_SET_UP, WEAK_PASSWORD
 */
export async function setUpOwner(
  desk: Desk,
  origin: SessionOrigin,
  input: { readonly username: string; readonly password: string },
): Promise<{ readonly view: UserView; readonly cookie: string }> {
  if (await users.any(desk.db)) throw alreadySetUp();
  await assertStrongPassword(input.password, input.username);
  const passwordHash = await desk.passwords.hash(input.password);
  const id = userId(desk.ids.uuid());
  try {
    const { user, cookie, paper } = await desk.db.transaction(async (tx) => {
      const created = await users.insert(tx, {
        id,
        username: input.username,
        passwordHash,
        role: "owner",
        createdAt: desk.clock.now(),
      });
      await desk.audit.append(tx, {
        chain: chains.system,
        userId: id,
        action: "desk.set_up",
        subject: id,
        mode: null,
        message: `${input.username} set up the desk`,
        details: { address: origin.address },
      });
      await startWatchlist(desk, tx, id);
      const connection = await openPaperConnection(desk, tx, id, builtInPaper(desk));
      const started = await desk.sessions.start(tx, id, origin);
      return { user: created, cookie: started.cookie, paper: connection };
    });
    desk.guesses.know(foldUsername(input.username), origin.address);
    await desk.connections.takeUp(paper);
    return { view: userView(user), cookie };
  } catch (error) {
    if (isUniqueViolation(error, "users_single_owner") || isUniqueViolation(error, "users_username_key_unique")) {
      throw alreadySetUp();
    }
    throw error;
  }
}

function alreadySetUp(): DeskError {
  return new DeskError("ALREADY_SET_UP", "This desk has its owner already.");
}
