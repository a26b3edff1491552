import type { AlertWebhookRow } from "@trenddojo/db";
import type { WebhookView } from "../../wire/alerts.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";

export function webhookView({ host, updatedAt, lastDeliveredAt, lastError }: AlertWebhookRow): WebhookView {
  return { host, updatedAt: isoInstant(updatedAt), lastDeliveredAt: isoInstantOrNull(lastDeliveredAt), lastError };
}
