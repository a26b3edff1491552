import { symbolLimits } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { removeSymbolLimitInput, RiskPolicyView } from "../../wire/risk.ts";
import { ownAccount } from "../owned.ts";
import { riskPolicyView } from "./riskPolicyView.ts";

/** From now on the account's limits alone hold for the symbol; nothing happens where they do already. @throws DeskError NOT_FOUND */
export async function removeSymbolLimit(
  desk: Desk,
  actor: Actor,
  { accountId, symbol }: z.infer<typeof removeSymbolLimitInput>,
): Promise<RiskPolicyView> {
  const account = await ownAccount(desk, actor, accountId);
  await desk.db.transaction(async (tx) => {
    const removed = await symbolLimits.remove(tx, account.id, symbol);
    if (removed === null) return;
    const { isBlocked, maxOrderValue, maxOrderQuantity, maxPositionFraction } = removed;
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "risk.symbol_limit_removed",
      subject: symbol,
      mode: account.mode,
      message: `${actor.user.username} removed the limits of ${symbol} in ${account.venueAccountId}`,
      details: { before: { isBlocked, maxOrderValue, maxOrderQuantity, maxPositionFraction } },
    });
  });
  await desk.openAccounts.policyChanged(account.connectionId);
  return riskPolicyView(desk, account);
}
