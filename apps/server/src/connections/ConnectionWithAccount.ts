import type { AccountRow, ConnectionRow } from "@trenddojo/db";

/** A connection with the account that is reached through it. */
export interface ConnectionWithAccount {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
}
