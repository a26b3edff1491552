import type { UserId } from "@trenddojo/brokers/domain";
import { accounts, orders, sessions, users, type Tx, type UserRow } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import type { InvitedRole, UserView } from "../../wire/auth.ts";
import { userView } from "../auth/views.ts";

/**
 * Gives a person another role and ends their sessions with their sockets: they sign in again to what they may do now.
 * @throws DeskError NOT_FOUND, also for the owner; OPEN_ORDERS where a viewer would have orders that nobody could cancel
 */
export async function setRole(desk: Desk, actor: Actor, id: UserId, role: InvitedRole): Promise<UserView> {
  const { user, ended } = await desk.db.transaction(async (tx) => {
    const before = await users.find(tx, id);
    if (before === null || !(await users.setRole(tx, id, role))) throw notFound("person");
    if (role === "viewer") await assertNothingOpen(tx, before);
    const others = await sessions.removeByUser(tx, id);
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "user.role_changed",
      subject: id,
      mode: null,
      message: `${actor.user.username} made ${before.username} a ${role}; was a ${before.role}`,
      details: { before: before.role, after: role },
    });
    return { user: { ...before, role }, ended: others };
  });
  for (const sessionId of ended) desk.sockets.closeSession(sessionId);
  return userView(user);
}

async function assertNothingOpen(tx: Tx, { id, username }: UserRow): Promise<void> {
  let working = 0;
  for (const account of await accounts.listByUser(tx, id)) {
    // Under the lock of an order's first step, so that what is under way is counted.
    await accounts.lock(tx, account.id);
    working += await orders.countOpen(tx, account.id);
  }
  if (working === 0) return;
  const advice = "choose cancel-only, which ends their trading at once, or have them canceled first";
  throw new DeskError(
    "OPEN_ORDERS",
    `${username} has ${working} open orders, which a viewer may not cancel: ${advice}.`,
  );
}
