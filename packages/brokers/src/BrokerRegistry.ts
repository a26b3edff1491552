import type { BrokerClient } from "./BrokerClient.ts";
import type { BrokerCredentials } from "./credentials/CredentialScope.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import type { ConnectionId } from "./domain/ids.ts";
import type { Mode } from "./domain/Mode.ts";

/** What a client is built from; its mode never changes after that. */
export interface ClientRequest {
  readonly connectionId: ConnectionId;
  /** The broker's key, "alpaca". */
  readonly broker: string;
  readonly mode: Mode;
  /** As typed into the broker's `credentialFields`. */
  readonly credentials: BrokerCredentials;
}

/** Who can be connected, and how; the one place that knows the brokers by name stands behind it. */
export interface BrokerRegistry {
  /** In the order in which a screen lists them. */
  descriptions(): readonly BrokerDescription[];
  description(broker: string): BrokerDescription | undefined;
  /**
   * A client that is not connected yet.
   * @throws BrokerError NOT_SUPPORTED for an unknown broker or a mode that it does not offer, AUTHENTICATION_FAILED for
   * credentials that are missing or malformed.
   */
  create(request: ClientRequest): BrokerClient;
}
