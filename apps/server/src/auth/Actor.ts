import type { UserId } from "@trenddojo/brokers/domain";
import type { Role } from "../wire/auth.ts";

/** Who acts, as read from the session a moment ago. */
export interface Actor {
  readonly user: { readonly id: UserId; readonly username: string; readonly role: Role; readonly createdAt: number };
  /** The stored id of the session ("sha256:…"); the token itself stays in the cookie. */
  readonly sessionId: string;
}
