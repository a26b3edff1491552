import type { ClientRequest } from "../BrokerRegistry.ts";
import type { ConnectionId } from "../domain/ids.ts";
import type { EntryParts, ModeEntry, RegistryEntry } from "../RegistryEntry.ts";
import { IB_CAPABILITIES } from "./IBCapabilities.ts";
import { InteractiveBrokersClient } from "./IBClient.ts";
import { IB_CREDENTIAL_FIELDS, readIBCredentials } from "./ibCredentials.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";
import type { IBLiveConfig, IBPaperConfig } from "./IBTypes.ts";
import type { OrderIdStore } from "./OrderIdStore.ts";
import { probePlaces } from "./probePlaces.ts";
import { proveInteractiveBrokers } from "./session/proveInteractiveBrokers.ts";

type OpenOrderIds = (connectionId: ConnectionId) => OrderIdStore;

/**
 * Interactive Brokers in the registry.
 * @param openOrderIds where the order ids are kept that were given to a connection's gateway, which gives them out again
 * after a restart: without it there is no mode but the mock.
 */
export function ibEntry(parts: EntryParts, openOrderIds: OpenOrderIds | undefined): RegistryEntry {
  const { deps, liveAcknowledged, mockConfig } = parts;
  return {
    description: {
      key: "interactive_brokers",
      name: INTERACTIVE_BROKERS,
      summary:
        "US stocks over TWS or the IB Gateway, with paper or real money, or a mock with invented money in memory.",
      liveCaveat:
        "Real money at Interactive Brokers is proven against a simulator of its gateway that was made from its documents, never against Interactive Brokers itself. Begin with the smallest order, and compare it with TWS.",
      credentialFields: IB_CREDENTIAL_FIELDS,
      canBeProbed: true,
      tellsTodayOnly: true,
      capabilities: IB_CAPABILITIES,
    },
    modes: {
      mock: { create: ({ connectionId }) => new InteractiveBrokersClient(mockConfig(connectionId), deps) },
      ...(openOrderIds === undefined ? {} : { paper: paperEntry(parts, openOrderIds) }),
      ...(openOrderIds === undefined || liveAcknowledged !== true
        ? {}
        : { live: liveEntry(parts, openOrderIds, liveAcknowledged) }),
    },
    probe: (request, options) => probePlaces(request, deps, options),
  };
}

function paperEntry({ deps, policyOf }: EntryParts, openOrderIds: OpenOrderIds): ModeEntry<"paper"> {
  const config = ({ connectionId, credentials }: ClientRequest<"paper">): IBPaperConfig => ({
    mode: "paper",
    ...readIBCredentials(credentials, "paper"),
    orderIds: openOrderIds(connectionId),
    ...policyOf(connectionId),
  });
  return {
    create: (request) => new InteractiveBrokersClient(config(request), deps),
    prove: (request, options) => proveInteractiveBrokers(config(request), deps, options),
  };
}

function liveEntry(
  { deps, policyOf }: EntryParts,
  openOrderIds: OpenOrderIds,
  liveAcknowledged: true,
): ModeEntry<"live"> {
  const config = ({ connectionId, credentials }: ClientRequest<"live">): IBLiveConfig => ({
    mode: "live",
    liveAcknowledged,
    ...readIBCredentials(credentials, "live"),
    orderIds: openOrderIds(connectionId),
    ...policyOf(connectionId),
  });
  return {
    create: (request) => new InteractiveBrokersClient(config(request), deps),
    prove: (request, options) => proveInteractiveBrokers(config(request), deps, options),
  };
}
