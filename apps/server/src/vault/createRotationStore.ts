import type { RotationStore, SealedRow } from "@trenddojo/brokers";
import { connectionId, userId, type Clock } from "@trenddojo/brokers/domain";
import { alertWebhooks, credentials, listDataKeys, retireDataKeys, rewrapDataKey, type Db } from "@trenddojo/db";
import { webhookScope } from "../alerts/sealWebhook.ts";

/** Ids of sealed rows: `c` a connection's credentials, `w` a user's webhook. Pages go through them in this order. */
const CREDENTIALS = "c:";
const WEBHOOK = "w:";

/** The vault's data keys, and every row that it has sealed and can seal anew. */
export function createRotationStore(db: Db, clock: Clock): RotationStore {
  return {
    listDataKeys: (after, limit) => listDataKeys(db, after, limit),
    rewrap: (key, replaces) => rewrapDataKey(db, key, replaces),
    retireDataKeys: () => retireDataKeys(db, clock.now()),
    async listSealedRows(after, limit) {
      const rows = after?.startsWith(WEBHOOK) === true ? [] : await credentialRows(db, after, limit);
      const more = limit - rows.length;
      if (more === 0) return rows;
      return [...rows, ...(await webhookRows(db, after?.startsWith(WEBHOOK) === true ? after : null, more))];
    },
    replace({ id, scope }, envelope) {
      const change = { expectedRowVersion: scope.rowVersion, envelope };
      return id.startsWith(WEBHOOK)
        ? alertWebhooks.reseal(db, { userId: scope.userId, ...change })
        : credentials.reseal(db, { connectionId: scope.connectionId, ...change });
    },
  };
}

async function credentialRows(db: Db, after: string | null, limit: number): Promise<SealedRow[]> {
  const from = after === null ? null : connectionId(after.slice(CREDENTIALS.length));
  return (await credentials.listSealed(db, from, limit)).map(({ username, label, envelope, ...scope }) => ({
    id: `${CREDENTIALS}${scope.connectionId}`,
    scope,
    envelope,
    name: `the keys of ${label} (${scope.broker}, ${scope.mode}) of ${username}`,
  }));
}

async function webhookRows(db: Db, after: string | null, limit: number): Promise<SealedRow[]> {
  const from = after === null ? null : userId(after.slice(WEBHOOK.length));
  return (await alertWebhooks.listSealed(db, from, limit)).map((row) => ({
    id: `${WEBHOOK}${row.userId}`,
    scope: webhookScope(row.userId, row.rowVersion),
    envelope: row.envelope,
    name: `the alert webhook of ${row.username}`,
  }));
}
