import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { probeInput, ProbedPlaceView } from "../../wire/brokers.ts";

/**
 * Looks where a broker's program usually answers, and at what the form says, and tells what it is logged in to. Places that
 * usually are of real money are not touched unless this desk may trade it. Where was looked is on record.
 * @throws DeskError NOT_SUPPORTED; BrokerError for a host or a port that is none
 */
export async function probePlaces(
  desk: Desk,
  actor: Actor,
  { broker, credentials }: z.infer<typeof probeInput>,
  signal: AbortSignal | undefined,
): Promise<ProbedPlaceView[]> {
  const request = { broker, credentials, isLiveAllowed: desk.info.liveTradingAllowed };
  const places = await desk.registry.probe(request, signal === undefined ? {} : { signal });
  if (places === null) throw new DeskError("NOT_SUPPORTED", `There is no program of ${broker} to look for.`);
  const addresses = places.map(({ address }) => address).join(", ");
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "broker.probed",
      subject: broker,
      mode: null,
      message: `${actor.user.username} looked for ${broker} at ${addresses}`,
      details: { found: places.filter(({ fault }) => fault === null).map(({ address }) => address) },
    }),
  );
  return places.map(({ accounts, ...place }) => ({
    ...place,
    accounts: accounts.map(({ id, credentials: filledIn }) => ({ id, credentials: { ...filledIn } })),
  }));
}
