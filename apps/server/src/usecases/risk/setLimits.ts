import { formatFixed, money, parseFixed, quantity } from "@trenddojo/brokers/domain";
import { DEFAULT_RISK_LIMITS, type RiskLimits } from "@trenddojo/brokers/rules";
import { accounts, riskLimits } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { baseLimits, isAbove } from "../../risk/effectiveLimits.ts";
import { readLimits } from "../../risk/readLimits.ts";
import { RAISABLE_LIMITS, type RiskLimitsView, type setLimitsInput } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { invalidLimit } from "./invalidLimit.ts";
import { limitsView } from "./limitsView.ts";

/**
 * Replaces an account's limits, with the old ones in the audit log. None goes higher than it is or than the default,
 * whichever is higher: more is had for a time only. @returns what holds now, raises included
 * @throws DeskError NOT_FOUND, INVALID_INPUT
 */
export async function setLimits(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof setLimitsInput>,
): Promise<RiskLimitsView> {
  const account = await ownAccount(desk, actor, input.accountId);
  for (const field of ["maxOrderValue", "maxOrderQuantity"] as const) {
    const given = input.limits[field];
    if (parseFixed(given) <= 0n) throw invalidLimit(`limits.${field}`, `must be above zero, not ${given}`);
  }
  const { maxOrderValue, maxOrderQuantity, ...rest } = input.limits;
  const limits = { ...rest, maxOrderValue: money(maxOrderValue), maxOrderQuantity: quantity(maxOrderQuantity) };
  await desk.db.transaction(async (tx) => {
    if ((await accounts.lock(tx, account.id)) === null) throw notFound("account");
    const before = baseLimits(await riskLimits.find(tx, account.id));
    assertNotRaised(before, limits);
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
  await desk.openAccounts.policyChanged(account.connectionId);
  return limitsView(await readLimits(desk.db, account.id, desk.clock.now()));
}

/** @throws DeskError INVALID_INPUT */
function assertNotRaised(before: RiskLimits, after: RiskLimitsView): void {
  for (const field of RAISABLE_LIMITS) {
    const given = String(after[field]);
    if (!isAbove(before, field, given) || !isAbove(DEFAULT_RISK_LIMITS, field, given)) continue;
    const highest = isAbove(before, field, String(DEFAULT_RISK_LIMITS[field])) ? DEFAULT_RISK_LIMITS : before;
    const limit = formatFixed(parseFixed(highest[field]));
    throw invalidLimit(`limits.${field}`, `may be at most ${limit} without an end; raise it for a time instead`, {
      limit,
      given,
    });
  }
}
