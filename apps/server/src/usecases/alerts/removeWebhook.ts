import { alertWebhooks } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DONE } from "../../wire/ok.ts";

/** Alerts are sent nowhere any more; nothing happens where they were not. */
export async function removeWebhook(desk: Desk, { user }: Actor): Promise<typeof DONE> {
  await desk.db.transaction(async (tx) => {
    const removed = await alertWebhooks.remove(tx, user.id);
    if (removed === null) return;
    await desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "webhook.removed",
      subject: null,
      mode: null,
      message: `${user.username} stopped sending alerts to ${removed.host}`,
    });
  });
  return DONE;
}
