import { orderId } from "@trenddojo/brokers/domain";
import { accounts, drifts, type DriftRow } from "@trenddojo/db";
import type { z } from "zod";
import { announceAlerts } from "../../alerts/announceAlerts.ts";
import { recoverAlert } from "../../alerts/raiseAlert.ts";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { driftView } from "../../reconciliation/driftView.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { DriftView, resolveDriftInput } from "../../wire/drifts.ts";

/**
 * A person has looked at a difference and says why it is settled: what the broker holds is taken for right from now on.
 * An order of unknown outcome that the broker does not know was never placed then; found later it is canceled. One that is settled already stays as it is. @throws DeskError NOT_FOUND
 */
export async function resolveDrift(
  desk: Desk,
  actor: Actor,
  { driftId, note }: z.infer<typeof resolveDriftInput>,
): Promise<DriftView> {
  const { user } = actor;
  const own = (await accounts.listByUser(desk.db, user.id)).map(({ id }) => id);
  const found = await drifts.find(desk.db, own, driftId);
  if (found === null) throw notFound("difference");
  if (found.kind === "unknown_order" && found.resolvedAt === null) await takeForNotPlaced(desk, actor, found, note);
  const row = await desk.db.transaction(async (tx) => {
    const resolved = await drifts.resolve(tx, { id: driftId }, { at: desk.clock.now(), by: user.id, note });
    if (resolved === null) return (await drifts.find(tx, own, driftId)) ?? found;
    await recoverAlert(desk.clock, tx, { userId: user.id, kind: "drift", subject: driftId });
    await desk.audit.append(tx, {
      chain: chains.account(resolved.accountId),
      userId: user.id,
      action: "drift.resolved",
      subject: resolved.id,
      mode: resolved.mode,
      message: `${user.username} settled a difference in ${resolved.symbol ?? resolved.subject}: ${note}`,
      details: { kind: resolved.kind, here: resolved.here, there: resolved.there },
    });
    return resolved;
  });
  announceAlerts(desk.bus, user.id);
  desk.bus.publish(subjects.connections(user.id));
  return driftView(row);
}

/** Only a broker whose books go back far enough can prove it; of any other a person has to say so. */
async function takeForNotPlaced(desk: Desk, { user }: Actor, { subject }: DriftRow, note: string): Promise<void> {
  const message = `Never placed, by the word of ${user.username}: ${note}`;
  await desk.journal.record(orderId(subject), (row) =>
    row.state === "UNKNOWN"
      ? {
          event: "not_found",
          message,
          action: "order.not_placed",
          userId: user.id,
          changes: { reason: { code: null, message, params: {} } },
        }
      : null,
  );
}
