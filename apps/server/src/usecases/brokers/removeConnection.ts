import { accounts, connections, orders } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import { ownConnection } from "../owned.ts";

/**
 * Disconnects for good and deletes the credentials; the orders stay in the books.
 * @throws DeskError NOT_FOUND, FORBIDDEN for the built-in one, OPEN_ORDERS while orders work that nobody could reach after
 */
export async function removeConnection(desk: Desk, actor: Actor, id: string): Promise<{ id: string }> {
  const connection = await ownConnection(desk, actor, id);
  if (connection.builtIn)
    throw new DeskError("FORBIDDEN", `${connection.label} is built in and cannot be removed; disconnect it instead.`);
  const [account] = await accounts.listByConnection(desk.db, connection.id);
  await desk.db.transaction(async (tx) => {
    // Under the lock of an order's first step: one that is under way is either counted or finds no account.
    const held = account === undefined ? null : await accounts.lock(tx, account.id);
    const working = held === null ? 0 : await orders.countOpen(tx, held.id);
    if (working > 0) throw new DeskError("OPEN_ORDERS", `${connection.label} has ${working} working orders.`);
    if (!(await connections.remove(tx, connection.id, desk.clock.now()))) throw notFound("connection");
    await desk.audit.append(tx, {
      chain: account === undefined ? chains.user(actor.user.id) : chains.account(account.id),
      userId: actor.user.id,
      action: "connection.removed",
      subject: connection.id,
      mode: connection.mode,
      message: `${actor.user.username} removed ${connection.label}; its credentials were deleted`,
    });
  });
  await desk.connections.close(connection.id);
  desk.bus.publish(subjects.connections(actor.user.id));
  return { id: connection.id };
}
