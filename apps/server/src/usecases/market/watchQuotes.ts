import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { handOff, type StreamOutlet } from "../../streams/handOff.ts";
import type { QuoteBatch, quotesInput } from "../../wire/marketData.ts";
import { LateSource } from "../../connections/LateSource.ts";
import { ownConnection } from "../owned.ts";

/**
 * One stream for a list of symbols: a snapshot, then what changed, each `intervalMs`. It outlives its connection: while
 * that is closed nothing comes, and the last prices grow stale. @throws DeskError NOT_FOUND
 */
export async function* watchQuotes(
  outlet: StreamOutlet & { readonly desk: Desk },
  actor: Actor,
  input: z.infer<typeof quotesInput>,
  signal: AbortSignal,
): AsyncGenerator<QuoteBatch> {
  const { desk } = outlet;
  const connection = await ownConnection(desk, actor, input.connectionId);
  const source = new LateSource(desk.connections, connection.id);
  const request = { connectionId: connection.id, symbols: input.symbols, intervalMs: input.intervalMs };
  yield* handOff<QuoteBatch>(
    (sink) => desk.quotes.subscribe(request, source, sink),
    { sequence: 0, at: desk.clock.now(), quotes: [] },
    outlet,
    signal,
  );
}
