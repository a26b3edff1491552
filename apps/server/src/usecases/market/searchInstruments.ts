import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { InstrumentView, searchInput } from "../../wire/marketData.ts";
import { ownHost } from "../owned.ts";
import { instrumentView } from "./readInstrument.ts";

/** By symbol or part of the name, best first. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function searchInstruments(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof searchInput>,
): Promise<InstrumentView[]> {
  const host = await ownHost(desk, actor, input.connectionId);
  const found = await host.requireConnected().searchInstruments(input.query, input.limit);
  return found.map(instrumentView);
}
