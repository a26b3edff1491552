import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { RiskPolicyView } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { riskPolicyView } from "./riskPolicyView.ts";

/** The account's limits, its raises and its symbols' own limits. @throws DeskError NOT_FOUND */
export async function readPolicy(desk: Desk, actor: Actor, accountId: string): Promise<RiskPolicyView> {
  return riskPolicyView(desk, await ownAccount(desk, actor, accountId));
}
