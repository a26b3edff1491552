import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { readLimits as readEffective } from "../../risk/readLimits.ts";
import type { RiskLimitsView } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { limitsView } from "./limitsView.ts";

/** What the account's orders are held to now. @throws DeskError NOT_FOUND */
export async function readLimits(desk: Desk, actor: Actor, accountId: string): Promise<RiskLimitsView> {
  const account = await ownAccount(desk, actor, accountId);
  return limitsView(await readEffective(desk.db, account.id, desk.clock.now()));
}
