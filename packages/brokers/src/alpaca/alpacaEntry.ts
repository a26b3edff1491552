import type { ClientRequest } from "../BrokerRegistry.ts";
import type { EntryParts, ModeEntry, RegistryEntry } from "../RegistryEntry.ts";
import { ALPACA_CAPABILITIES } from "./AlpacaCapabilities.ts";
import { AlpacaClient } from "./AlpacaClient.ts";
import { ALPACA_CREDENTIAL_FIELDS, readAlpacaCredentials } from "./alpacaCredentials.ts";
import type { AlpacaVenue } from "./AlpacaEndpoints.ts";
import { ALPACA } from "./alpacaName.ts";
import { alpacaRefusal } from "./alpacaRefusal.ts";
import type { AlpacaLiveConfig, AlpacaPaperConfig } from "./AlpacaTypes.ts";
import { proveAlpaca } from "./account/proveAlpaca.ts";
import { AlpacaSchedulers } from "./rest/AlpacaSchedulers.ts";

/**
 * Alpaca in the registry.
 * @param venue of its paper mode; the live one is Alpaca itself, always.
 * @throws BrokerError NOT_SUPPORTED for a simulator in a process that may trade real money
 */
export function alpacaEntry(parts: EntryParts, venue: AlpacaVenue | undefined): RegistryEntry {
  const { deps, liveAcknowledged, mockConfig } = parts;
  if (liveAcknowledged === true && venue?.kind === "simulator")
    throw alpacaRefusal("NOT_SUPPORTED", "a simulator never stands beside real money: give it a desk of its own");
  const schedulers = new AlpacaSchedulers(deps);
  return {
    description: {
      key: "alpaca",
      name: ALPACA,
      summary: "US stocks over Alpaca's API, with paper or real money, or a mock with invented money in memory.",
      liveCaveat:
        "Real money at Alpaca is proven against a simulator that was made from Alpaca's documents, never against Alpaca itself. Begin with the smallest order, and compare it with Alpaca's own screen.",
      ...(venue?.kind === "simulator" ? { simulator: venue.trading } : {}),
      credentialFields: ALPACA_CREDENTIAL_FIELDS,
      capabilities: ALPACA_CAPABILITIES,
    },
    modes: {
      mock: { create: ({ connectionId }) => new AlpacaClient(mockConfig(connectionId), deps) },
      paper: paperEntry(parts, schedulers, venue),
      ...(liveAcknowledged === true ? { live: liveEntry(parts, schedulers, liveAcknowledged) } : {}),
    },
  };
}

function paperEntry(
  { deps, policyOf }: EntryParts,
  schedulers: AlpacaSchedulers,
  venue: AlpacaVenue | undefined,
): ModeEntry<"paper"> {
  const config = ({ connectionId, credentials }: ClientRequest<"paper">): AlpacaPaperConfig => ({
    mode: "paper",
    ...(venue === undefined ? {} : { venue }),
    schedulers,
    ...readAlpacaCredentials(credentials),
    ...policyOf(connectionId),
  });
  return {
    create: (request) => new AlpacaClient(config(request), deps),
    prove: (request, options) => proveAlpaca(config(request), deps, options),
  };
}

function liveEntry(
  { deps, policyOf }: EntryParts,
  schedulers: AlpacaSchedulers,
  liveAcknowledged: true,
): ModeEntry<"live"> {
  const config = ({ connectionId, credentials }: ClientRequest<"live">): AlpacaLiveConfig => ({
    mode: "live",
    liveAcknowledged,
    schedulers,
    ...readAlpacaCredentials(credentials),
    ...policyOf(connectionId),
  });
  return {
    create: (request) => new AlpacaClient(config(request), deps),
    prove: (request, options) => proveAlpaca(config(request), deps, options),
  };
}
