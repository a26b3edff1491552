import type { ConnectionId, UserId } from "../domain/ids.ts";
import type { Mode } from "../domain/Mode.ts";

/** Whose secret it is. All of it is authenticated: an envelope opens only in the row it was sealed for. */
export interface CredentialScope<InMode extends Mode = Mode> {
  readonly userId: UserId;
  /** The broker's key, "alpaca". */
  readonly broker: string;
  readonly mode: InMode;
  readonly connectionId: ConnectionId;
  /** Version of the row that holds the envelope; rises by one at every change, so that an old envelope cannot come back. */
  readonly rowVersion: number;
}

/** The inputs of a broker's credential form, by `CredentialField.name`. */
export type BrokerCredentials = Readonly<Record<string, string>>;

declare const openedIn: unique symbol;

/** Credentials that the vault opened for one mode are no other's; those that were just typed say none and fit any. */
export type Credential<InMode extends Mode = Mode> = BrokerCredentials & { readonly [openedIn]?: InMode };
