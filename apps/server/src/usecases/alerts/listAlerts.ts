import { alerts } from "@trenddojo/db";
import type { z } from "zod";
import { alertView } from "../../alerts/alertView.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { alertPage, listAlertsInput } from "../../wire/alerts.ts";

/** The user's alerts, newest first. */
export async function listAlerts(
  desk: Desk,
  actor: Actor,
  { filter, cursor, limit }: z.infer<typeof listAlertsInput>,
): Promise<z.infer<typeof alertPage>> {
  const page = await alerts.page(desk.db, { userId: actor.user.id, filter, cursor, limit });
  return { alerts: page.alerts.map(alertView), nextCursor: page.nextCursor };
}
