import { accounts } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { ownConnection } from "../owned.ts";
import { connectionView } from "./connectionView.ts";

/**
 * Compares everything with the broker now. @throws DeskError NOT_FOUND, NOT_CONNECTED; BrokerError where the broker does
 * not answer
 */
export async function reconcileNow(desk: Desk, actor: Actor, id: string): Promise<ConnectionView> {
  const connection = await ownConnection(desk, actor, id);
  const [account] = await accounts.listByConnection(desk.db, connection.id);
  if (account === undefined) throw notFound("account behind this connection");
  const host = desk.connections.require(connection);
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "connection.reconcile",
      subject: connection.id,
      mode: connection.mode,
      message: `${actor.user.username} had ${connection.label} compared with its broker`,
    }),
  );
  await host.reconcile();
  desk.bus.publish(subjects.connections(actor.user.id));
  return connectionView(desk, connection);
}
