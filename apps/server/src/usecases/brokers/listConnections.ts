import { connections } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { connectionViews } from "./connectionView.ts";

/** The user's own connections, oldest first. */
export async function listConnections(desk: Desk, actor: Actor): Promise<ConnectionView[]> {
  return connectionViews(desk, await connections.listByUser(desk.db, actor.user.id));
}
