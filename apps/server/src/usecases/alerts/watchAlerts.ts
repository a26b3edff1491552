import { alerts } from "@trenddojo/db";
import { alertView } from "../../alerts/alertView.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { subjects } from "../../streams/TickBus.ts";
import { watchState } from "../../streams/watchState.ts";
import type { AlertView } from "../../wire/alerts.ts";

/** A change is announced; this finds one whose announcement was lost. */
const LOOK_EVERY_MS = 15_000;
/** More than anyone reads at once; the list has the others. */
const MOST = 200;

/** All that last or that nobody has acknowledged at once, then all again after each change. */
export function watchAlerts(desk: Desk, actor: Actor, signal: AbortSignal): AsyncGenerator<readonly AlertView[]> {
  const userId = actor.user.id;
  return watchState({
    clock: desk.clock,
    signal,
    everyMs: LOOK_EVERY_MS,
    subscribe: (listener) => desk.bus.subscribe(subjects.alerts(userId), listener),
    read: async () => (await alerts.listCurrent(desk.db, userId, MOST)).map(alertView),
    key: (views) => JSON.stringify(views),
  });
}
