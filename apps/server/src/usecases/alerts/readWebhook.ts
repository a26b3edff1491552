import { alertWebhooks } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { WebhookView } from "../../wire/alerts.ts";
import { webhookView } from "./webhookView.ts";

/** Where the user's alerts are sent, by its host only; null where nowhere. */
export async function readWebhook(desk: Desk, { user }: Actor): Promise<WebhookView | null> {
  const row = await alertWebhooks.find(desk.db, user.id);
  return row === null ? null : webhookView(row);
}
