import { connections, credentials } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { connectionView } from "./connectionView.ts";

/** The user's own connections, oldest first. */
export async function listConnections(desk: Desk, actor: Actor): Promise<ConnectionView[]> {
  const rows = await connections.listByUser(desk.db, actor.user.id);
  const hints = await credentials.hints(
    desk.db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => connectionView(desk, row, hints.get(row.id) ?? {}));
}
