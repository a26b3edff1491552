import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { sleepQuietly } from "../../lib/sleepQuietly.ts";
import type { Portfolio } from "../../wire/accounts.ts";
import { ownAccount } from "../owned.ts";
import { readPortfolio } from "./readPortfolio.ts";

const EVERY_MS = 500;
/** An unchanged one is sent again this often, so that the screen can tell a quiet account from a silent broker. */
const HEARTBEAT_MS = 3_000;

/**
 * The latest at once, then at most one a half second while it changes, and every 3 s while the broker is heard and nothing
 * does. @throws DeskError NOT_FOUND
 */
export async function* watchPortfolio(
  desk: Desk,
  actor: Actor,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Portfolio> {
  await ownAccount(desk, actor, id);
  let sent = { key: "", receivedAt: "", at: 0 };
  do {
    const portfolio = await readIfConnected(desk, actor, id);
    if (portfolio === null) continue;
    const { receivedAt } = portfolio;
    const key = keyOf(portfolio);
    const at = desk.clock.monotonic();
    const isDue = receivedAt !== sent.receivedAt && at - sent.at >= HEARTBEAT_MS;
    if (!isDue && key === sent.key) continue;
    sent = { key, receivedAt, at };
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
