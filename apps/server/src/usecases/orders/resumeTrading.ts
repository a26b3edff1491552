import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { setTradingState } from "../../risk/setTradingState.ts";
import { tradingStateView } from "../../risk/tradingStateView.ts";
import type { resumeInput } from "../../wire/halts.ts";
import type { TradingStateView } from "../../wire/risk.ts";
import { confirmPerson } from "../auth/confirmPerson.ts";

/**
 * Lets orders go again, with the password again. It may be done whatever the brokers have confirmed; what they have not
 * is said in the answer's reason and in the audit log. @throws DeskError STEP_UP_REQUIRED, BAD_CREDENTIALS, TOO_MANY_REQUESTS
 */
export async function resumeTrading(
  desk: Desk,
  actor: Actor,
  { to, password }: z.infer<typeof resumeInput>,
  address: string,
): Promise<TradingStateView> {
  await confirmPerson(desk, actor, { password, address });
  const did = to === "ACTIVE" ? "resumed trading" : "resumed trading for orders that reduce a position";
  await setTradingState(desk, actor, { to, action: "trading.resumed", did });
  return tradingStateView(desk.db, actor.user.id);
}
