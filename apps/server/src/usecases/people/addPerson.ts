import { userId, type UserId } from "@trenddojo/brokers/domain";
import { isUniqueViolation, users, type Role, type Tx, type UserRow } from "@trenddojo/db";
import type { ConnectionWithAccount } from "../../connections/ConnectionWithAccount.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { builtInPaper, openPaperConnection } from "../brokers/openPaperConnection.ts";
import { startWatchlist } from "../market/watchlist.ts";

export interface AddedPerson {
  readonly user: UserRow;
  /** To be taken up once the transaction is over. */
  readonly paper: ConnectionWithAccount;
}

export const newUserId = (desk: Desk): UserId => userId(desk.ids.uuid());

/** A person with a watchlist and a paper account of their own, within the transaction that tells of it. */
export async function addPerson(
  desk: Desk,
  tx: Tx,
  person: { readonly id: UserId; readonly username: string; readonly passwordHash: string; readonly role: Role },
): Promise<AddedPerson> {
  const user = await users.insert(tx, { ...person, createdAt: desk.clock.now() });
  await startWatchlist(desk, tx, person.id);
  return { user, paper: await openPaperConnection(desk, tx, person.id, builtInPaper(desk)) };
}

/** What the database says of a name that somebody has; any other error as it is. */
export function nameTaken(error: unknown, username: string): unknown {
  if (!isUniqueViolation(error, "users_username_key_unique")) return error;
  return new DeskError("NAME_TAKEN", `There is a ${username} already.`, {
    issues: [{ code: "NAME_TAKEN", field: "username", message: "This name is taken.", params: {} }],
  });
}
