import { money, parseFixed, quantity } from "@trenddojo/brokers/domain";
import { symbolLimits } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { RiskPolicyView, setSymbolLimitInput } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { invalidLimit } from "./invalidLimit.ts";
import { riskPolicyView } from "./riskPolicyView.ts";

/**
 * Replaces what holds for one symbol beside the account's limits. It can only make them stricter, so it may be anything.
 * @throws DeskError NOT_FOUND, INVALID_INPUT
 */
export async function setSymbolLimit(
  desk: Desk,
  actor: Actor,
  { accountId, limit }: z.infer<typeof setSymbolLimitInput>,
): Promise<RiskPolicyView> {
  const account = await ownAccount(desk, actor, accountId);
  for (const field of ["maxOrderValue", "maxOrderQuantity"] as const) {
    const given = limit[field];
    if (given === null || parseFixed(given) > 0n) continue;
    throw invalidLimit(`limit.${field}`, `must be above zero, not ${given}; to stop trading the symbol, block it`);
  }
  await desk.db.transaction(async (tx) => {
    await symbolLimits.set(tx, {
      ...limit,
      maxOrderValue: limit.maxOrderValue === null ? null : money(limit.maxOrderValue),
      maxOrderQuantity: limit.maxOrderQuantity === null ? null : quantity(limit.maxOrderQuantity),
      accountId: account.id,
      updatedAt: desk.clock.now(),
      updatedBy: actor.user.id,
    });
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "risk.symbol_limit_set",
      subject: limit.symbol,
      mode: account.mode,
      message: `${actor.user.username} set the limits of ${limit.symbol} in ${account.venueAccountId}${limit.isBlocked ? ": blocked" : ""}`,
      details: { limit },
    });
  });
  await desk.openAccounts.policyChanged(account.connectionId);
  return riskPolicyView(desk, account);
}
