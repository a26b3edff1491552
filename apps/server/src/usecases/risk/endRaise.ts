import { accounts, limitRaises } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import type { RiskPolicyView } from "../../wire/risk.ts";
import { riskPolicyView } from "./riskPolicyView.ts";

/** Ends a raise before its time; nothing happens to one that is over. @throws DeskError NOT_FOUND */
export async function endRaise(desk: Desk, actor: Actor, raiseId: string): Promise<RiskPolicyView> {
  const raise = await limitRaises.find(desk.db, raiseId);
  const account = raise === null ? null : await accounts.find(desk.db, actor.user.id, raise.accountId);
  if (raise === null || account === null) throw notFound("raise");
  await desk.db.transaction(async (tx) => {
    if (!(await limitRaises.end(tx, raise.id, desk.clock.now(), actor.user.id))) return;
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "risk.raise_ended",
      subject: raise.id,
      mode: account.mode,
      message: `${actor.user.username} ended the raise of ${raise.field} of ${account.venueAccountId}: ${raise.raisedTo} is ${raise.before} again`,
      details: { field: raise.field, raisedTo: raise.raisedTo, before: raise.before },
    });
  });
  await desk.openAccounts.policyChanged(account.connectionId);
  return riskPolicyView(desk, account);
}
