import { accountId, connectionId, IdError, orderId } from "@trenddojo/brokers/domain";
import { accounts, connections, orders, type AccountRow, type ConnectionRow, type OrderRow } from "@trenddojo/db";
import type { Actor } from "../auth/Actor.ts";
import type { ConnectionHost } from "../connections/ConnectionHost.ts";
import type { Desk } from "../Desk.ts";
import { notFound } from "../DeskError.ts";

/** What belongs to the actor, and to nobody else. @throws DeskError NOT_FOUND, also for what belongs to another. */
export async function ownAccount(desk: Desk, actor: Actor, id: string): Promise<AccountRow> {
  const row = await accounts.find(desk.db, actor.user.id, readId(accountId, id, "account"));
  if (row === null) throw notFound("account");
  return row;
}

/** @throws DeskError NOT_FOUND */
export async function ownConnection(desk: Pick<Desk, "db">, actor: Actor, id: string): Promise<ConnectionRow> {
  const row = await connections.find(desk.db, actor.user.id, readId(connectionId, id, "connection"));
  if (row === null) throw notFound("connection");
  return row;
}

/** @throws DeskError NOT_FOUND */
export async function ownOrder(desk: Pick<Desk, "db">, actor: Actor, id: string): Promise<OrderRow> {
  const row = await orders.find(desk.db, actor.user.id, readId(orderId, id, "order"));
  if (row === null) throw notFound("order");
  return row;
}

/** The open connection of one of the actor's accounts. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function hostOfAccount<Host>(
  desk: Pick<Desk, "db"> & { readonly connections: { require(connection: ConnectionRow): Host } },
  actor: Actor,
  account: AccountRow,
): Promise<Host> {
  return desk.connections.require(await ownConnection(desk, actor, account.connectionId));
}

/** One of the actor's accounts, and its connection where it is open: then nothing need be read. @throws DeskError NOT_FOUND */
export async function ownOpenAccount(
  desk: Desk,
  actor: Actor,
  id: string,
): Promise<{ readonly account: AccountRow; readonly host: ConnectionHost | null }> {
  const host = desk.connections.ofAccount(readId(accountId, id, "account"));
  if (host?.account.userId === actor.user.id) return { account: host.account, host };
  return { account: await ownAccount(desk, actor, id), host: null };
}

/** The open connection itself. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function ownHost(desk: Desk, actor: Actor, id: string): Promise<ConnectionHost> {
  return desk.connections.require(await ownConnection(desk, actor, id));
}

function readId<Id>(read: (text: string) => Id, text: string, what: string): Id {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof IdError) throw notFound(what);
    throw error;
  }
}
