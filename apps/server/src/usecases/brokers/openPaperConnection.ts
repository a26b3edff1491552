import { accountId, connectionId, money, type UserId } from "@trenddojo/brokers/domain";
import { accounts, connections, paperAccounts, type Tx } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { ConnectionWithAccount } from "../../connections/ConnectionWithAccount.ts";
import { PAPER_BROKER } from "../../connections/paperBroker.ts";
import type { Desk } from "../../Desk.ts";

export interface PaperConnectionRequest {
  readonly label: string;
  /** Dollars, a decimal string. */
  readonly startingCash: string;
  /** The one that comes with the user and cannot be removed. */
  readonly builtIn: boolean;
}

/** What every new user begins with. */
export function builtInPaper(desk: Desk): PaperConnectionRequest {
  return { label: "Paper account", startingCash: desk.paperStartingCash, builtIn: true };
}

/** Makes a paper connection with an account of play money, in the caller's transaction. The caller opens it after. */
export async function openPaperConnection(
  desk: Desk,
  tx: Tx,
  userId: UserId,
  request: PaperConnectionRequest,
): Promise<ConnectionWithAccount> {
  const createdAt = desk.clock.now();
  const connection = {
    id: connectionId(desk.ids.uuid()),
    userId,
    broker: PAPER_BROKER,
    mode: "paper",
    label: request.label,
    desired: "connected",
    settings: {},
    builtIn: request.builtIn,
    createdAt,
  } as const;
  await connections.insert(tx, connection);
  const account = {
    id: accountId(desk.ids.uuid()),
    userId,
    connectionId: connection.id,
    broker: connection.broker,
    mode: connection.mode,
    venueAccountId: `PAPER-${connection.id.slice(-8).toUpperCase()}`,
    currency: "USD",
    createdAt,
  } as const;
  await accounts.insert(tx, account);
  const startingCash = money(request.startingCash);
  await paperAccounts.insert(tx, { accountId: account.id, mode: "paper", seed: 1, startingCash, createdAt });
  await desk.audit.append(tx, {
    chain: chains.account(account.id),
    userId,
    action: "account.opened",
    subject: account.id,
    mode: "paper",
    message: `Paper account ${account.venueAccountId} opened with ${startingCash} USD of play money`,
    details: { connectionId: connection.id },
  });
  return { connection: { ...connection, removedAt: null }, account: { ...account, removedAt: null } };
}
