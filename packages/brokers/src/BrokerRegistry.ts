import type { BrokerClient, CallOptions } from "./BrokerClient.ts";
import type { BrokerCredentials, Credential } from "./credentials/CredentialScope.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import type { AccountProof } from "./domain/ConnectionCheck.ts";
import type { ConnectionId } from "./domain/ids.ts";
import type { Mode } from "./domain/Mode.ts";
import type { ProbedPlace } from "./domain/ProbedPlace.ts";

/** What a client is built from; its mode never changes after that. */
export interface ClientRequest<InMode extends Mode = Mode> {
  readonly connectionId: ConnectionId;
  /** The broker's key, "alpaca". */
  readonly broker: string;
  readonly mode: InMode;
  /** As typed into the broker's `credentialFields`. */
  readonly credentials: Credential<InMode>;
}

/** Where to look for a broker's program. */
export interface PlacesRequest {
  /** The broker's key. */
  readonly broker: string;
  /** What is typed into its form so far. */
  readonly credentials: BrokerCredentials;
  /** Places where programs usually are logged in to real money are not touched unless they are allowed. */
  readonly isLiveAllowed: boolean;
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
  /**
   * Asks the broker what the credentials open, and changes nothing there; no stream is opened, for some brokers count
   * one for a while after it is closed. Null for a broker that runs in this process: connecting is all its proof.
   * @throws BrokerError as `create`, and for what makes it useless to connect: keys that are not accepted, an account
   * that may not trade, prices that it may not have, a broker that does not answer.
   */
  prove(request: ClientRequest, options?: CallOptions): Promise<AccountProof | null>;
  /**
   * Looks for the broker's program where it usually runs, and at what of the form is filled in. Null for a broker that
   * has none. @throws BrokerError AUTHENTICATION_FAILED for a place that cannot be.
   */
  probe(request: PlacesRequest, options?: CallOptions): Promise<readonly ProbedPlace[] | null>;
}
