import type { BrokerClient, CallOptions } from "./BrokerClient.ts";
import type { ClientRequest, PlacesRequest } from "./BrokerRegistry.ts";
import type { BrokerDeps } from "./deps.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import type { AccountProof } from "./domain/ConnectionCheck.ts";
import type { ConnectionId } from "./domain/ids.ts";
import type { Mode } from "./domain/Mode.ts";
import type { ProbedPlace } from "./domain/ProbedPlace.ts";
import type { MockConfig } from "./mock/MockConfig.ts";

/** How a broker's clients of one mode are made. What is asked of it was checked against the broker's form. */
export interface ModeEntry<InMode extends Mode> {
  readonly create: (request: ClientRequest<InMode>) => BrokerClient;
  /** Absent where the broker runs in this process. */
  readonly prove?: (request: ClientRequest<InMode>, options: CallOptions) => Promise<AccountProof>;
}

/** One broker as the registry knows it; a mode that it has no entry for is not to be had. */
export interface RegistryEntry {
  readonly description: Omit<BrokerDescription, "modes">;
  readonly modes: { readonly [InMode in Mode]?: ModeEntry<InMode> };
  /** Of a broker whose program can be looked for. */
  readonly probe?: (request: PlacesRequest, options: CallOptions) => Promise<readonly ProbedPlace[]>;
}

/** What the registry gives to the entry of every broker. */
export interface EntryParts {
  readonly deps: BrokerDeps;
  /** Only where this process may trade real money: without it no entry has a live mode. */
  readonly liveAcknowledged?: true;
  /** The invented account of a connection, the same for as long as the process lives. */
  readonly mockConfig: (connectionId: ConnectionId) => MockConfig;
  /** What a connection's orders are held to. */
  readonly policyOf: (connectionId: ConnectionId) => Pick<MockConfig, "riskPolicy">;
}
