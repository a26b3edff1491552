import { alertWebhooks } from "@trenddojo/db";
import type { z } from "zod";
import { postWebhook } from "../../alerts/postWebhook.ts";
import { sealWebhook } from "../../alerts/sealWebhook.ts";
import { testBody } from "../../alerts/webhookBody.ts";
import { webhookTarget } from "../../alerts/webhookTarget.ts";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { setWebhookInput, WebhookView } from "../../wire/alerts.ts";
import { webhookView } from "./webhookView.ts";

/**
 * Sends the user's alerts there from now on, in place of where they were sent. Proven before it is stored: a test is
 * posted first. @throws DeskError INVALID_INPUT where the address may not be used or does not take the test
 */
export async function setWebhook(
  desk: Desk,
  { user }: Actor,
  { url, signingKey }: z.infer<typeof setWebhookInput>,
): Promise<WebhookView> {
  const target = await webhookTarget(url);
  const body = testBody(desk.ids.uuid(), desk.clock.now());
  const fault = await postWebhook(desk.clock, { target, body, signingKey }, new AbortController().signal);
  if (fault !== null) throw unproven(fault);
  const before = await alertWebhooks.find(desk.db, user.id);
  const at = desk.clock.now();
  const { host } = target.url;
  const key = { userId: user.id, rowVersion: (before?.rowVersion ?? 0) + 1 };
  // Sealed before the transaction: the vault may have to store a new data key, and a transaction has the one connection.
  const envelope = await sealWebhook(desk.vault, key, { url, ...(signingKey === undefined ? {} : { signingKey }) });
  const row = { ...key, host, envelope, updatedAt: at, lastDeliveredAt: at, lastError: null };
  await desk.db.transaction(async (tx) => {
    if (!(await alertWebhooks.put(tx, row, before?.rowVersion ?? null))) throw overtaken();
    await desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "webhook.set",
      subject: null,
      mode: null,
      message: `${user.username} sends alerts to ${host}${signingKey === undefined ? "" : ", signed"}`,
    });
  });
  return webhookView(row);
}

function unproven(fault: string): DeskError {
  const message = `The test could not be delivered, so nothing was stored (${fault}).`;
  return new DeskError("INVALID_INPUT", message, {
    issues: [{ code: "INVALID_INPUT", field: "url", message, params: {} }],
  });
}

function overtaken(): DeskError {
  return new DeskError(
    "INVALID_INPUT",
    "The webhook was changed somewhere else at the same moment: look, and try again.",
  );
}
