import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { sleepQuietly } from "../../lib/sleepQuietly.ts";
import type { Portfolio } from "../../wire/accounts.ts";
import { ownAccount } from "../owned.ts";
import { readPortfolio } from "./readPortfolio.ts";

const EVERY_MS = 500;

/** The latest at once, then at most one a half second while it changes. @throws DeskError NOT_FOUND */
export async function* watchPortfolio(
  desk: Desk,
  actor: Actor,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Portfolio> {
  await ownAccount(desk, actor, id);
  let sent: string | null = null;
  do {
    const portfolio = await readIfConnected(desk, actor, id);
    if (portfolio === null) continue;
    const key = keyOf(portfolio);
    if (key === sent) continue;
    sent = key;
    yield portfolio;
  } while (await sleepQuietly(desk.clock, EVERY_MS, signal));
}

async function readIfConnected(desk: Desk, actor: Actor, id: string): Promise<Portfolio | null> {
  try {
    return await readPortfolio(desk, actor, id);
  } catch (error) {
    // Silence until it is back: the connection's own stream says why.
    if (error instanceof DeskError && error.code === "NOT_CONNECTED") return null;
    throw error;
  }
}

/** The time of asking alone is no change. */
function keyOf({ balances: { asOf: _asOf, ...balances }, positions }: Portfolio): string {
  return JSON.stringify([balances, positions]);
}
