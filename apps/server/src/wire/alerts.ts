import { z } from "zod";
import { cursor, direction, id, instant, pageSize } from "./common.ts";

export const ALERT_KINDS = [
  "connection_down",
  "feed_mute",
  "order_unknown",
  "order_not_placed",
  "late_fill",
  "drift",
  "halt_unconfirmed",
  "budget_spent",
  "keys_old",
] as const;
export const ALERT_SEVERITIES = ["info", "warning", "critical"] as const;

/** From a failure to its recovery. */
export const alert = z.object({
  id,
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(ALERT_SEVERITIES),
  connectionId: id.nullable(),
  subject: z.string(),
  message: z.string(),
  raisedAt: instant,
  /** Null while it lasts. */
  recoveredAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
});
export type AlertView = z.infer<typeof alert>;

/** alerts.list (query) → { alerts, nextCursor }, newest first. */
export const listAlertsInput = z.strictObject({
  filter: z.enum(["open", "all"]).default("all"),
  cursor: cursor.optional(),
  direction,
  limit: pageSize,
});
export const alertPage = z.object({ alerts: z.array(alert), nextCursor: cursor.nullable() });
/** alerts.watch (subscription) → AlertView[]: all that last or are not acknowledged at once, then all again after each change. */

/** alerts.acknowledge (mutation) → AlertView */
export const alertInput = z.strictObject({ alertId: id });

/** alerts.webhook (query) → WebhookView or null; alerts.setWebhook (mutation) → WebhookView; alerts.removeWebhook → ok. */
export const webhook = z.object({
  /** The address itself may carry a key, and is never shown again. */
  host: z.string(),
  updatedAt: instant,
  lastDeliveredAt: instant.nullable(),
  lastError: z.string().nullable(),
});
export type WebhookView = z.infer<typeof webhook>;
/** https only, but for loopback. Proven by a test alert before it is stored. */
export const setWebhookInput = z.strictObject({
  url: z.string().max(2_000),
  /** Signs each delivery (HMAC-SHA-256) where it is given. */
  signingKey: z.string().min(16).max(256).optional(),
});
