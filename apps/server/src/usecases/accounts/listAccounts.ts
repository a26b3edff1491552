import { accounts, connections } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { AccountView } from "../../wire/accounts.ts";

/** The user's own accounts, oldest first. */
export async function listAccounts(desk: Desk, actor: Actor): Promise<AccountView[]> {
  const labels = new Map((await connections.listByUser(desk.db, actor.user.id)).map((row) => [row.id, row.label]));
  const rows = await accounts.listByUser(desk.db, actor.user.id);
  return rows.map((row) => ({
    id: row.id,
    connectionId: row.connectionId,
    broker: row.broker,
    brokerName: desk.registry.description(row.broker)?.name ?? row.broker,
    mode: row.mode,
    label: labels.get(row.connectionId) ?? row.venueAccountId,
    venueAccountId: row.venueAccountId,
    currency: row.currency,
  }));
}
