import type { AlertRow } from "@trenddojo/db";
import { isoInstant } from "../wire/encode.ts";
import { alertView } from "./alertView.ts";

/** One thing to tell a webhook of: that an alert was raised, or that it is over. */
export interface WebhookEvent {
  /** The same each time it is sent: whoever gets it twice knows it again. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly body: string;
}

/** What happened to the alerts at or after `since`, oldest first; an alert was raised before it recovered. */
export function webhookEvents(alerts: readonly AlertRow[], since: number): readonly WebhookEvent[] {
  const events = alerts.flatMap((row) => [
    eventOf(row, "raised", row.raisedAt),
    ...(row.recoveredAt === null ? [] : [eventOf(row, "recovered", row.recoveredAt)]),
  ]);
  return events.filter(({ at }) => at >= since).toSorted((a, b) => a.at - b.at);
}

function eventOf(row: AlertRow, event: "raised" | "recovered", at: number): WebhookEvent {
  const id = `${row.id}:${event}`;
  const { acknowledgedAt: _seen, recoveredAt, ...alert } = alertView(row);
  const told = { ...alert, recoveredAt: event === "raised" ? null : recoveredAt };
  return { id, at, body: JSON.stringify({ id, event, at: isoInstant(at), alert: told }) };
}

/** What proves a new webhook. */
export function testBody(id: string, at: number): string {
  const message = "TrendDojo sends its alerts here from now on.";
  return JSON.stringify({ id, event: "test", at: isoInstant(at), message });
}
