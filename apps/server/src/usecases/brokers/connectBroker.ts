import { accounts, connections } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { ownConnection } from "../owned.ts";
import { connectionView } from "./connectionView.ts";

/**
 * Connects now, and again by itself from now on. Where the broker refuses, the wish stays: the desk keeps trying.
 * @throws DeskError NOT_FOUND; BrokerError where the broker refuses
 */
export async function connectBroker(desk: Desk, actor: Actor, id: string): Promise<ConnectionView> {
  const found = await ownConnection(desk, actor, id);
  const [account] = await accounts.listByConnection(desk.db, found.id);
  if (account === undefined) throw notFound("account behind this connection");
  const connection = await desk.db.transaction(async (tx) => {
    const row = await connections.setDesired(tx, found.id, "connected");
    if (row === null) throw notFound("connection");
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "connection.connect",
      subject: row.id,
      mode: row.mode,
      message: `${actor.user.username} connected ${row.label}`,
    });
    return row;
  });
  try {
    await desk.connections.open({ connection, account });
  } catch (error) {
    await desk.connections.takeUp({ connection, account });
    throw error;
  } finally {
    desk.bus.publish(subjects.connections(actor.user.id));
  }
  return connectionView(desk, connection);
}
