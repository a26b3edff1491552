import type { Actor } from "../../auth/Actor.ts";
import { readLimits as readStored } from "../../connections/OpenAccounts.ts";
import type { Desk } from "../../Desk.ts";
import type { RiskLimitsView } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { limitsView } from "./limitsView.ts";

/** What the account's orders are held to. @throws DeskError NOT_FOUND */
export async function readLimits(desk: Desk, actor: Actor, accountId: string): Promise<RiskLimitsView> {
  const account = await ownAccount(desk, actor, accountId);
  return limitsView(await readStored(desk.db, account.id));
}
