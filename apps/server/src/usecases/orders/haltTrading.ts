import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { tradingStateView } from "../../risk/tradingStateView.ts";
import type { TradingStateView } from "../../wire/risk.ts";

/** The kill switch: answers once no order can go any more; what becomes of the open ones is in the halt's steps. */
export async function haltTrading(desk: Desk, actor: Actor, reason: string): Promise<TradingStateView> {
  await desk.kill.halt({ userId: actor.user.id, by: actor.user, source: "web", reason });
  return tradingStateView(desk.db, actor.user.id);
}
