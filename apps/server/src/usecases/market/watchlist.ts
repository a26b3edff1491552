import type { UserId } from "@trenddojo/brokers/domain";
import { watchlists, type Tx } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";

/** The symbols the user watches, in the user's order. */
export function readWatchlist(desk: Desk, actor: Actor): Promise<string[]> {
  return watchlists.get(desk.db, actor.user.id);
}

/** So many of the feed's instruments, its first, are on the list of a new user: a first screen without prices tells nothing. */
const STARTING_SYMBOLS = 10;

export async function startWatchlist(desk: Desk, tx: Tx, userId: UserId): Promise<void> {
  const symbols = desk.feed.instruments().slice(0, STARTING_SYMBOLS);
  await watchlists.replace(
    tx,
    userId,
    symbols.map(({ symbol }) => symbol),
  );
}

/** Replaces the list; a symbol named twice keeps its first place. */
export function setWatchlist(desk: Desk, actor: Actor, symbols: readonly string[]): Promise<string[]> {
  return desk.db.transaction(async (tx) => {
    const stored = await watchlists.replace(tx, actor.user.id, symbols);
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "watchlist.changed",
      subject: actor.user.id,
      mode: null,
      message: `${actor.user.username} watches ${stored.length} symbols`,
      details: { symbols: stored },
    });
    return stored;
  });
}
