import { accounts, connections } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { ownConnection } from "../owned.ts";
import { connectionView } from "./connectionView.ts";

/** Disconnects, until the person connects again; open orders stay at the broker. @throws DeskError NOT_FOUND */
export async function disconnectBroker(desk: Desk, actor: Actor, id: string): Promise<ConnectionView> {
  const found = await ownConnection(desk, actor, id);
  const [account] = await accounts.listByConnection(desk.db, found.id);
  const connection = await desk.db.transaction(async (tx) => {
    const row = await connections.setDesired(tx, found.id, "disconnected");
    if (row === null) throw notFound("connection");
    await desk.audit.append(tx, {
      chain: account === undefined ? chains.user(actor.user.id) : chains.account(account.id),
      userId: actor.user.id,
      action: "connection.disconnect",
      subject: row.id,
      mode: row.mode,
      message: `${actor.user.username} disconnected ${row.label}`,
    });
    return row;
  });
  await desk.connections.close(connection.id);
  desk.bus.publish(subjects.connections(actor.user.id));
  return connectionView(desk, connection);
}
