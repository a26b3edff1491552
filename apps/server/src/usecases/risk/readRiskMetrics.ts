import { tradingStates } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import { readLimits } from "../../risk/readLimits.ts";
import type { Desk } from "../../Desk.ts";
import { isoInstant } from "../../wire/encode.ts";
import type { RiskMetricsView } from "../../wire/risk.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";
import { limitsView } from "./limitsView.ts";

/** How much risk the account runs, and how much it may. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function readRiskMetrics(desk: Desk, actor: Actor, accountId: string): Promise<RiskMetricsView> {
  const account = await ownAccount(desk, actor, accountId);
  const client = (await hostOfAccount(desk, actor, account)).requireConnected();
  const { asOf, ...metrics } = await client.getRiskMetrics();
  return {
    ...metrics,
    tradingState: await tradingStates.get(desk.db, actor.user.id),
    limits: limitsView(await readLimits(desk.db, account.id, desk.clock.now())),
    asOf: isoInstant(asOf),
  };
}
