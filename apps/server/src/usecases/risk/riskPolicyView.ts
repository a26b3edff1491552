import { DEFAULT_RISK_LIMITS } from "@trenddojo/brokers/rules";
import { limitRaises, riskLimits, symbolLimits, users, type AccountRow, type LimitRaiseRow } from "@trenddojo/db";
import type { Desk } from "../../Desk.ts";
import { baseLimits, effectiveLimits, isRaisable } from "../../risk/effectiveLimits.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";
import type { RiskPolicyView } from "../../wire/risk.ts";
import { limitsView } from "./limitsView.ts";

/** All that an account's orders are held to now, and where it comes from. */
export async function riskPolicyView({ db, clock }: Desk, account: AccountRow): Promise<RiskPolicyView> {
  const base = baseLimits(await riskLimits.find(db, account.id));
  const raises = await limitRaises.listLasting(db, account.id, clock.now());
  const symbols = await symbolLimits.list(db, account.id);
  const names = new Map((await users.list(db)).map(({ id, username }) => [id, username]));
  return {
    base: limitsView(base),
    effective: limitsView(effectiveLimits(base, raises)),
    defaults: limitsView(DEFAULT_RISK_LIMITS),
    raises: raises.flatMap((raise) => raiseView(raise, names.get(raise.grantedBy) ?? "")),
    symbols: symbols.map(({ symbol, isBlocked, maxOrderValue, maxOrderQuantity, maxPositionFraction }) => ({
      symbol,
      isBlocked,
      maxOrderValue,
      maxOrderQuantity,
      maxPositionFraction,
    })),
  };
}

function raiseView({ field, ...raise }: LimitRaiseRow, grantedBy: string): RiskPolicyView["raises"] {
  if (!isRaisable(field)) return [];
  const { id, before, raisedTo, grantedAt, until, endedAt } = raise;
  return [
    {
      id,
      field,
      before,
      raisedTo,
      grantedAt: isoInstant(grantedAt),
      grantedBy,
      until: isoInstant(until),
      endedAt: isoInstantOrNull(endedAt),
    },
  ];
}
