import type { BrokerCredentialStore } from "@trenddojo/brokers";
import { connectionId, type UserId } from "@trenddojo/brokers/domain";
import type { AlertWebhookRow } from "@trenddojo/db";
import { z } from "zod";

/** What of a webhook is secret: the address may carry a key. */
const secrets = z.object({ url: z.string(), signingKey: z.string().optional() });
export type WebhookSecrets = z.infer<typeof secrets>;

/** Sealed under a name that no broker and no connection has, so that neither's envelope opens as the other's. */
const NAME = "alert-webhook";

/** What a webhook is sealed for. */
export function webhookScope(userId: UserId, rowVersion: number) {
  return { userId, broker: NAME, mode: "paper", connectionId: connectionId(NAME), rowVersion } as const;
}

export function sealWebhook(
  vault: BrokerCredentialStore,
  { userId, rowVersion }: Pick<AlertWebhookRow, "userId" | "rowVersion">,
  { url, signingKey }: WebhookSecrets,
): Promise<string> {
  return vault.seal(webhookScope(userId, rowVersion), { url, ...(signingKey === undefined ? {} : { signingKey }) });
}

/** @throws VaultError */
export async function openWebhook(
  vault: BrokerCredentialStore,
  { userId, rowVersion, envelope }: Pick<AlertWebhookRow, "userId" | "rowVersion" | "envelope">,
): Promise<WebhookSecrets> {
  return secrets.parse(await vault.open(webhookScope(userId, rowVersion), envelope));
}
