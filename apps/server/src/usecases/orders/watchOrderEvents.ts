import { tracked, type TrackedEnvelope } from "@trpc/server";
import { orderEvents } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { followOrderEvents } from "../../streams/OrderEventLog.ts";
import type { OrderEventView } from "../../wire/orders.ts";

/**
 * From `lastEventId` on, or from now where it is null. After any gap the client names the last it has and gets the rest.
 * @throws DeskError INVALID_INPUT for an id that was never given out
 */
export async function* watchOrderEvents(
  desk: Desk,
  { actor, backlogBytes }: { readonly actor: Actor; readonly backlogBytes: () => number },
  lastEventId: string | null,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<OrderEventView>> {
  const { db, bus, clock } = desk;
  const newest = await orderEvents.lastSequence(db, actor.user.id);
  const after = lastEventId === null ? newest : Number(lastEventId);
  if (!Number.isSafeInteger(after) || after < 0 || after > newest) {
    throw new DeskError(
      "INVALID_INPUT",
      `There is no order event ${lastEventId}; the newest is ${newest}. Leave it out to begin from now.`,
    );
  }
  for await (const event of followOrderEvents({ db, bus, clock, backlogBytes }, actor.user.id, after, signal)) {
    desk.failPoint("C12");
    yield tracked(String(event.sequence), event);
  }
}
