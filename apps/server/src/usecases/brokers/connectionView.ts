import type { Channel, ConnectionStatus } from "@trenddojo/brokers/domain";
import { accounts, credentials, drifts, type ConnectionRow } from "@trenddojo/db";
import { areKeysOld, secretsSetAt, type ShownCredentials } from "../../connections/KeyFacts.ts";
import type { Desk } from "../../Desk.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";

/** A connection as the wire shows it: its health as it is now, and of its secrets the last four characters. */
export async function connectionView(desk: Desk, row: ConnectionRow): Promise<ConnectionView> {
  const [view] = await connectionViews(desk, [row]);
  if (view === undefined) throw new Error("a connection had no view");
  return view;
}

/** In the same order. */
export async function connectionViews(desk: Desk, rows: readonly ConnectionRow[]): Promise<ConnectionView[]> {
  const { db } = desk;
  const ids = rows.map(({ id }) => id);
  const shown = await credentials.shown(db, ids);
  const behind = new Map((await accounts.listByConnections(db, ids)).map((each) => [each.connectionId, each]));
  const open = await drifts.countOpen(
    db,
    [...behind.values()].map(({ id }) => id),
  );
  return Promise.all(
    rows.map(async (row) => {
      const account = behind.get(row.id);
      return {
        ...factsOf(desk, row),
        ...credentialFacts(desk, row, shown.get(row.id)),
        openDrifts: account === undefined ? 0 : (open.get(account.id) ?? 0),
        executionTimes: account === undefined ? null : await desk.executionTimes.read(account),
      };
    }),
  );
}

function credentialFacts({ clock, connections }: Desk, { id }: ConnectionRow, shown?: ShownCredentials) {
  const setAt = shown === undefined ? null : secretsSetAt(shown);
  return {
    credentialHints: shown?.hints ?? {},
    credentialsSetAt: isoInstantOrNull(setAt),
    credentialsAreOld: areKeysOld(setAt, clock.now()),
    credentialFault: connections.keys(id).fault,
  };
}

function factsOf(desk: Desk, row: ConnectionRow) {
  const description = desk.registry.description(row.broker);
  return {
    id: row.id,
    broker: row.broker,
    brokerName: description?.name ?? row.broker,
    mode: row.mode,
    isSimulator: row.mode === "paper" && description?.simulator !== undefined,
    label: row.label,
    desired: row.desired,
    status: statusView(desk.connections.status(row), desk.connections.isReady(row.id)),
    removable: !row.builtIn,
    createdAt: isoInstant(row.createdAt),
    reconciledAt: isoInstantOrNull(desk.connections.find(row.id)?.reconciledAt ?? null),
  };
}

function statusView(status: ConnectionStatus, isReady: boolean): ConnectionView["status"] {
  const { isConnected, since, error, channels, budget = [], quoteLines } = status;
  const isUnreconciled = !isReady && (status.state === "connected" || status.state === "degraded");
  const channel = (name: Channel) => ({
    state: channels[name].state,
    lastEvidenceAt: isoInstantOrNull(channels[name].lastEvidenceAt),
  });
  return {
    state: isUnreconciled ? "unreconciled" : status.state,
    isConnected,
    isHealthy: status.isHealthy && isReady,
    since: isoInstant(since),
    error,
    channels: { session: channel("session"), orders: channel("orders"), data: channel("data"), rest: channel("rest") },
    budget: budget.map(({ host, limit, windowMs, remaining, resetAt, queued }) => ({
      host,
      limit,
      windowMs,
      remaining: Math.max(0, remaining),
      resetAt: isoInstant(resetAt),
      queued: { ...queued },
    })),
    quoteLines: quoteLines === undefined ? null : { used: quoteLines.used, limit: quoteLines.limit },
  };
}
