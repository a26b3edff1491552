import type { Clock, ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { alerts, type AlertKey, type AlertKind, type AlertSeverity, type Tx } from "@trenddojo/db";

/** How much each kind matters. */
const SEVERITIES = {
  connection_down: "critical",
  feed_mute: "warning",
  order_unknown: "critical",
  order_not_placed: "warning",
  late_fill: "warning",
  drift: "warning",
  halt_unconfirmed: "critical",
  budget_spent: "warning",
  keys_old: "warning",
} as const satisfies Record<AlertKind, AlertSeverity>;

export interface AlertToRaise {
  readonly userId: UserId;
  readonly kind: AlertKind;
  /** The id of what it is about: of one subject one alert of a kind lasts. */
  readonly subject: string;
  readonly connectionId: ConnectionId | null;
  /** One sentence for a person; it also goes to the webhook, so it holds no secret. */
  readonly message: string;
}

/**
 * Raises an alert in the transaction of what it tells of; nothing happens while it lasts. After the commit call
 * `announceAlerts` where it answers true.
 */
export async function raiseAlert(clock: Clock, tx: Tx, alert: AlertToRaise): Promise<boolean> {
  const row = { ...alert, severity: SEVERITIES[alert.kind], raisedAt: clock.now() };
  return (await alerts.raise(tx, row)) !== null;
}

/** Ends it in the transaction of what ended it; nothing happens where it does not last. Then as `raiseAlert`. */
export async function recoverAlert(clock: Clock, tx: Tx, key: AlertKey): Promise<boolean> {
  return (await alerts.recover(tx, key, clock.now())) !== null;
}
