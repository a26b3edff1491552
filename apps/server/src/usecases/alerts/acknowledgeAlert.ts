import { alerts, type AlertKind } from "@trenddojo/db";
import { alertView } from "../../alerts/alertView.ts";
import { announceAlerts } from "../../alerts/announceAlerts.ts";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import type { AlertView } from "../../wire/alerts.ts";

/** What happened once and cannot recover: it is over when somebody has seen it. */
const OVER_WHEN_SEEN: readonly AlertKind[] = ["order_not_placed", "late_fill"];

/** Somebody has seen it. A second time changes nothing. @throws DeskError NOT_FOUND */
export async function acknowledgeAlert(desk: Desk, actor: Actor, id: string): Promise<AlertView> {
  const { user } = actor;
  const row = await desk.db.transaction(async (tx) => {
    const seen = await alerts.acknowledge(tx, { userId: user.id, id, at: desk.clock.now() }, ({ kind }) =>
      OVER_WHEN_SEEN.includes(kind),
    );
    if (seen === null) throw notFound("alert");
    await desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "alert.acknowledged",
      subject: seen.id,
      mode: null,
      message: `${user.username} acknowledged: ${seen.message}`,
      details: { kind: seen.kind, subject: seen.subject },
    });
    return seen;
  });
  announceAlerts(desk.bus, user.id);
  return alertView(row);
}
