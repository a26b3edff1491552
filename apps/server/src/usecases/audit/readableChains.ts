import { accounts } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";

/** The chains that tell of the user and the user's accounts and, for the owner, of the desk itself. */
export async function readableChains(desk: Desk, { user }: Actor): Promise<string[]> {
  const own = await accounts.listByUser(desk.db, user.id);
  return [
    ...(user.role === "owner" ? [chains.system] : []),
    chains.user(user.id),
    ...own.map((account) => chains.account(account.id)),
  ];
}
