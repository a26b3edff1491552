import { VaultError } from "@trenddojo/brokers";
import { fieldsOfMode, type ConnectionCheck } from "@trenddojo/brokers/domain";
import {
  accounts,
  connections,
  credentials as credentialRows,
  type AccountRow,
  type ConnectionRow,
} from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { PAPER_BROKER } from "../../connections/paperBroker.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { AddedConnection, replaceCredentialsInput } from "../../wire/brokers.ts";
import { requireLive } from "../live/requireLive.ts";
import { ownConnection } from "../owned.ts";
import { connectionView } from "./connectionView.ts";
import { assertFilledIn, hintsOf, proveCredentials } from "./typedCredentials.ts";

type Input = z.infer<typeof replaceCredentialsInput>;

/** A rotation of the vault's keys may be first, once. */
const TRIES = 5;

/**
 * New keys for a connection, proven to open the same account before they take the place of the old ones; then an open
 * connection changes over to them (`ConnectionHosts.open`). Where the proof fails nothing is changed. The old keys need not
 * be readable.
 * @throws DeskError NOT_FOUND, NOT_SUPPORTED where there are no keys, LIVE_UNAVAILABLE and STEP_UP_REQUIRED for real money, INVALID_INPUT,
 * OTHER_ACCOUNT, KEYS_UNREADABLE where the vault has no key to seal with; BrokerError where the broker refuses
 */
export async function replaceCredentials(
  desk: Desk,
  actor: Actor,
  { connectionId: id, credentials }: Input,
  signal: AbortSignal | undefined,
): Promise<AddedConnection> {
  const found = await ownConnection(desk, actor, id);
  const { broker, mode, label } = found;
  const fields = fieldsOfMode(desk.registry.description(broker)?.credentialFields ?? [], mode);
  if (broker === PAPER_BROKER || fields.length === 0) throw new DeskError("NOT_SUPPORTED", `${label} has no keys.`);
  if (mode === "live") await requireLive(desk, actor);
  assertFilledIn(fields, credentials);
  const [account] = await accounts.listByConnection(desk.db, found.id);
  if (account === undefined) throw notFound("account behind this connection");
  const checks = await proveSame(desk, { connection: found, account, credentials }, signal);
  const connection = await store(desk, actor, {
    connection: found,
    account,
    credentials,
    hints: hintsOf(fields, credentials),
  });
  if (connection.desired === "connected") {
    try {
      await desk.connections.open({ connection, account }, credentials);
    } catch (err) {
      // The keys are stored by now; the card tells how the connection fares.
      desk.log.warn({ err, connectionId: connection.id }, "a connection could not be opened with its new keys yet");
      await desk.connections.takeUp({ connection, account });
    }
  }
  desk.bus.publish(subjects.connections(actor.user.id));
  return { ...(await connectionView(desk, connection)), checks: [...checks] };
}

interface Replacement {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  readonly credentials: Input["credentials"];
}

async function proveSame(
  desk: Desk,
  { connection, account, credentials }: Replacement,
  signal: AbortSignal | undefined,
): Promise<readonly ConnectionCheck[]> {
  const { id: connectionId, broker, mode, label } = connection;
  const proof = await proveCredentials(desk, { connectionId, broker, mode, credentials }, signal);
  if (proof.accountId === account.venueAccountId) return proof.checks;
  throw new DeskError(
    "OTHER_ACCOUNT",
    `These keys open account ${proof.accountId} (${mode}), and ${label} is account ${account.venueAccountId} (${mode}); nothing was changed.`,
  );
}

/** @returns the connection as it is wanted now */
async function store(
  desk: Desk,
  actor: Actor,
  { connection, account, credentials, hints }: Replacement & { readonly hints: Readonly<Record<string, string>> },
): Promise<ConnectionRow> {
  const { id: connectionId, userId, broker, mode, label } = connection;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const before = await credentialRows.find(desk.db, connectionId);
    const rowVersion = (before?.rowVersion ?? 0) + 1;
    // Sealed before the transaction: the vault may have to store a new data key, and a transaction has the one connection.
    const envelope = await seal(desk, { userId, broker, mode, connectionId, rowVersion }, credentials);
    const stored = await desk.db.transaction(async (tx) => {
      const now = await connections.find(tx, userId, connectionId);
      if (now === null) throw notFound("connection");
      const at = desk.clock.now();
      const change = { connectionId, envelope, hints: { ...hints }, at };
      if (before === null) await credentialRows.insert(tx, { ...change, mode });
      else if (!(await credentialRows.replace(tx, { ...change, expectedRowVersion: before.rowVersion }))) return null;
      await desk.audit.append(tx, {
        chain: chains.account(account.id),
        userId: actor.user.id,
        action: "connection.keys_replaced",
        subject: connectionId,
        mode,
        message: `${actor.user.username} replaced the keys of ${label}, account ${account.venueAccountId} (${mode})`,
        details: { broker, rowVersion },
      });
      return { connection: now, at };
    });
    if (stored === null) continue;
    desk.connections.keysWereSet(connectionId, { hints, setAt: stored.at });
    return stored.connection;
  }
  throw new DeskError("INTERNAL", `The keys of ${label} changed ${TRIES} times meanwhile; nothing was stored.`);
}

async function seal(
  desk: Desk,
  scope: Parameters<Desk["vault"]["seal"]>[0],
  credentials: Input["credentials"],
): Promise<string> {
  try {
    return await desk.vault.seal(scope, credentials);
  } catch (cause) {
    if (!(cause instanceof VaultError)) throw cause;
    throw new DeskError(
      "KEYS_UNREADABLE",
      `The vault's own key for your ${scope.mode} secrets cannot be opened (${cause.code}): run pnpm desk vault rotate, which makes a new one, then enter the keys again.`,
      { cause },
    );
  }
}
