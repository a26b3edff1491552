import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { subjects } from "../../streams/TickBus.ts";
import { watchState } from "../../streams/watchState.ts";
import type { LiveStateView } from "../../wire/live.ts";
import { readLive } from "./readLive.ts";

/** A second factor may be enrolled, and an account connected, meanwhile. */
const LOOK_EVERY_MS = 5_000;

/** At once, then after each change. */
export function watchLive(desk: Desk, actor: Actor, signal: AbortSignal): AsyncGenerator<LiveStateView> {
  return watchState({
    clock: desk.clock,
    signal,
    everyMs: LOOK_EVERY_MS,
    subscribe: (listener) => desk.bus.subscribe(subjects.liveArming(actor.user.id), listener),
    read: () => readLive(desk, actor),
    key: (view) => JSON.stringify(view),
  });
}
