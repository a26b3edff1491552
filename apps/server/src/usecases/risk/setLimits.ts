import { money, parseFixed, quantity } from "@trenddojo/brokers/domain";
import { riskLimits } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { readLimits } from "../../connections/OpenAccounts.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { RiskLimitsView, setLimitsInput } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { limitsView } from "./limitsView.ts";

/** Replaces an account's limits, with the old ones in the audit log. @throws DeskError NOT_FOUND, INVALID_INPUT */
export async function setLimits(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof setLimitsInput>,
): Promise<RiskLimitsView> {
  const account = await ownAccount(desk, actor, input.accountId);
  for (const field of ["maxOrderValue", "maxOrderQuantity"] as const) {
    if (parseFixed(input.limits[field]) > 0n) continue;
    throw new DeskError("INVALID_INPUT", `${field} must be above zero, not ${input.limits[field]}.`, {
      issues: [{ code: "INVALID_INPUT", field: `limits.${field}`, message: "must be above zero", params: {} }],
    });
  }
  const { maxOrderValue, maxOrderQuantity, ...rest } = input.limits;
  const limits = { ...rest, maxOrderValue: money(maxOrderValue), maxOrderQuantity: quantity(maxOrderQuantity) };
  const before = await readLimits(desk.db, account.id);
  await desk.db.transaction(async (tx) => {
    await riskLimits.set(tx, {
      ...limits,
      accountId: account.id,
      updatedAt: desk.clock.now(),
      updatedBy: actor.user.id,
    });
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "risk.limits_changed",
      subject: account.id,
      mode: account.mode,
      message: `${actor.user.username} changed the risk limits of ${account.venueAccountId}`,
      details: { before: limitsView(before), after: limits },
    });
  });
  const after = { ...before, ...limits };
  desk.openAccounts.limitsChanged(account.connectionId, after);
  return limitsView(after);
}
