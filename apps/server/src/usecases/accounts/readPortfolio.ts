import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { Portfolio } from "../../wire/accounts.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";

/**
 * Balances and positions now. While the broker is away it answers what was heard last, with its own time of receipt.
 * @throws DeskError NOT_FOUND, NOT_CONNECTED where nothing was heard yet
 */
export async function readPortfolio(desk: Desk, actor: Actor, id: string): Promise<Portfolio> {
  const account = await ownAccount(desk, actor, id);
  try {
    const host = await hostOfAccount(desk, actor, account);
    return await desk.portfolios.read(account.id, host.requireConnected());
  } catch (error) {
    const latest = desk.portfolios.latest(account.id);
    if (error instanceof DeskError && error.code === "NOT_CONNECTED" && latest !== null) return latest;
    throw error;
  }
}
