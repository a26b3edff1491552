import type { UserId } from "@trenddojo/brokers/domain";
import type { HaltRow } from "@trenddojo/db";

/** Who stops a user's trading, from where, and why. */
export interface HaltRequest {
  readonly userId: UserId;
  /** Null on the command line, where nobody is signed in. */
  readonly by: { readonly id: UserId; readonly username: string } | null;
  readonly source: HaltRow["source"];
  readonly reason: string;
}
