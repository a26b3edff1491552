import type { AlertRow } from "@trenddojo/db";
import type { AlertView } from "../wire/alerts.ts";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";

export function alertView(row: AlertRow): AlertView {
  const { id, kind, severity, connectionId, subject, message, raisedAt, recoveredAt, acknowledgedAt } = row;
  return {
    id,
    kind,
    severity,
    connectionId,
    subject,
    message,
    raisedAt: isoInstant(raisedAt),
    recoveredAt: isoInstantOrNull(recoveredAt),
    acknowledgedAt: isoInstantOrNull(acknowledgedAt),
  };
}
