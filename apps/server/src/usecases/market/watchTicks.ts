import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import { LateSource } from "../../connections/LateSource.ts";
import type { Desk } from "../../Desk.ts";
import { handOff, type StreamOutlet } from "../../streams/handOff.ts";
import type { TickBatch, ticksInput } from "../../wire/marketData.ts";
import { ownConnection } from "../owned.ts";

/** Every tick of a list of symbols from now on, for a tape. It outlives its connection. @throws DeskError NOT_FOUND */
export async function* watchTicks(
  outlet: StreamOutlet & { readonly desk: Desk },
  actor: Actor,
  input: z.infer<typeof ticksInput>,
  signal: AbortSignal,
): AsyncGenerator<TickBatch> {
  const { desk } = outlet;
  const connection = await ownConnection(desk, actor, input.connectionId);
  const source = new LateSource(desk.connections, connection.id);
  const request = { connectionId: connection.id, symbols: input.symbols };
  yield* handOff<TickBatch>(
    (sink) => desk.quotes.subscribeTicks(request, source, sink),
    { sequence: 0, at: desk.clock.now(), missed: 0, ticks: [] },
    outlet,
    signal,
  );
}
