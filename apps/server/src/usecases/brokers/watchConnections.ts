import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { watchState } from "../../streams/watchState.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { listConnections } from "./listConnections.ts";

/** Evidence ages without any announcement, so somebody has to look. */
const LOOK_EVERY_MS = 5_000;

/** All of the user's connections at once, then all again after each change. */
export function watchConnections(
  desk: Desk,
  actor: Actor,
  signal: AbortSignal,
): AsyncGenerator<readonly ConnectionView[]> {
  return watchState({
    clock: desk.clock,
    signal,
    everyMs: LOOK_EVERY_MS,
    subscribe: (listener) => desk.bus.subscribe(subjects.connections(actor.user.id), listener),
    read: () => listConnections(desk, actor),
    key: (views) => JSON.stringify(views),
  });
}
