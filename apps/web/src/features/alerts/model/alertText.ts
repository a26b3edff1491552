import type { AlertView } from "@trenddojo/server/wire";
import { formatAge } from "../../../lib/timeText.ts";

/** What a kind of alert is called. */
export const KIND_NAMES = {
  connection_down: "Connection down",
  feed_mute: "Prices silent",
  order_unknown: "Order unknown",
  order_not_placed: "Order not placed",
  late_fill: "Late fill",
  drift: "Difference",
  halt_unconfirmed: "Halt unconfirmed",
  budget_spent: "Request budget spent",
  keys_old: "Keys are old",
} as const satisfies Record<AlertView["kind"], string>;

export const SEVERITY_NAMES = { info: "Info", warning: "Warning", critical: "Critical" } as const satisfies Record<
  AlertView["severity"],
  string
>;

/** The screen where the thing can be looked at; an order has a page of its own. */
export const KIND_SCREENS = {
  connection_down: { to: "/connections", label: "Connections" },
  feed_mute: { to: "/connections", label: "Connections" },
  order_unknown: null,
  order_not_placed: null,
  late_fill: null,
  drift: { to: "/reconciliation", label: "Reconciliation" },
  halt_unconfirmed: { to: "/risk", label: "Risk" },
  budget_spent: { to: "/connections", label: "Connections" },
  keys_old: { to: "/connections", label: "Connections" },
} as const satisfies Record<AlertView["kind"], { readonly to: string; readonly label: string } | null>;

/** "after 12 min": how long it lasted; null while it lasts. */
export function lastedText({ raisedAt, recoveredAt }: AlertView): string | null {
  return recoveredAt === null ? null : `after ${formatAge(Date.parse(recoveredAt) - Date.parse(raisedAt))}`;
}

/** What the bell says of the alerts that last or that nobody has acknowledged. */
export function summariseAlerts(alerts: readonly AlertView[]): {
  readonly unseen: number;
  readonly isCritical: boolean;
  readonly label: string;
} {
  const unseen = alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
  const lasting = alerts.filter(({ recoveredAt }) => recoveredAt === null);
  const parts = [
    ...(unseen === 0 ? [] : [`${unseen} not acknowledged`]),
    ...(lasting.length === 0 ? [] : [`${lasting.length} ongoing`]),
  ];
  return {
    unseen,
    isCritical: lasting.some(({ severity }) => severity === "critical"),
    label: `Alerts: ${parts.length === 0 ? "none" : parts.join(", ")}`,
  };
}
