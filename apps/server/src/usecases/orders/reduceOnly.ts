import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { setTradingState } from "../../risk/setTradingState.ts";
import { tradingStateView } from "../../risk/tradingStateView.ts";
import type { TradingStateView } from "../../wire/risk.ts";

/** From now on only orders that reduce a position go. Out of a halt the way is `orders.resume`. @throws DeskError TRADING_HALTED */
export async function reduceOnly(desk: Desk, actor: Actor): Promise<TradingStateView> {
  await setTradingState(desk, actor, {
    to: "REDUCING",
    action: "trading.reducing",
    did: "lets only orders go that reduce a position",
    allow: (from) => {
      if (from !== "HALTED") return;
      throw new DeskError("TRADING_HALTED", "Trading is halted: resume it to REDUCING, with your password.");
    },
  });
  return tradingStateView(desk.db, actor.user.id);
}
