import type { RotationStore, SealedRow } from "@trenddojo/brokers";
import { connectionId, userId, type Clock } from "@trenddojo/brokers/domain";
import {
  alertWebhooks,
  credentials,
  listDataKeys,
  retireDataKeys,
  rewrapDataKey,
  secondFactors,
  type Db,
} from "@trenddojo/db";
import { webhookScope } from "../alerts/sealWebhook.ts";
import { totpScope } from "../usecases/factors/sealTotp.ts";

/** One table of sealed rows. A row's id is the table's prefix and the row's own key. */
interface SealedTable {
  readonly prefix: string;
  /** Those after the key `after`, in the order of keys, at most `limit`; null begins. */
  list(db: Db, after: string | null, limit: number): Promise<SealedRow[]>;
  replace(db: Db, row: SealedRow, envelope: string): Promise<boolean>;
}

const CONNECTION_KEYS: SealedTable = {
  prefix: "c:",
  list: async (db, after, limit) =>
    (await credentials.listSealed(db, after === null ? null : connectionId(after), limit)).map(
      ({ username, label, envelope, ...scope }) => ({
        id: `c:${scope.connectionId}`,
        scope,
        envelope,
        name: `the keys of ${label} (${scope.broker}, ${scope.mode}) of ${username}`,
      }),
    ),
  replace: (db, { scope }, envelope) =>
    credentials.reseal(db, { connectionId: scope.connectionId, expectedRowVersion: scope.rowVersion, envelope }),
};

const APPS: SealedTable = {
  prefix: "t:",
  list: async (db, after, limit) =>
    (await secondFactors.listSealed(db, after === null ? null : userId(after), limit)).map((row) => ({
      id: `t:${row.userId}`,
      scope: totpScope(row.userId, row.version),
      envelope: row.envelope,
      name: `the authenticator app of ${row.username}`,
    })),
  replace: (db, { scope }, envelope) =>
    secondFactors.reseal(db, { userId: scope.userId, expectedVersion: scope.rowVersion, envelope }),
};

const WEBHOOKS: SealedTable = {
  prefix: "w:",
  list: async (db, after, limit) =>
    (await alertWebhooks.listSealed(db, after === null ? null : userId(after), limit)).map((row) => ({
      id: `w:${row.userId}`,
      scope: webhookScope(row.userId, row.rowVersion),
      envelope: row.envelope,
      name: `the alert webhook of ${row.username}`,
    })),
  replace: (db, { scope }, envelope) =>
    alertWebhooks.reseal(db, { userId: scope.userId, expectedRowVersion: scope.rowVersion, envelope }),
};

/** All that the vault seals, in the order of their prefixes, so that ids are in the order of pages. */
const TABLES = [CONNECTION_KEYS, APPS, WEBHOOKS] as const;

/** The vault's data keys, and every row that it has sealed. */
export function createRotationStore(db: Db, clock: Clock): RotationStore {
  return {
    listDataKeys: (after, limit) => listDataKeys(db, after, limit),
    rewrap: (key, replaces) => rewrapDataKey(db, key, replaces),
    retireDataKeys: () => retireDataKeys(db, clock.now()),
    async listSealedRows(after, limit) {
      const rows: SealedRow[] = [];
      for (const table of TABLES) {
        const { prefix } = table;
        if (rows.length === limit) break;
        if (after !== null && after.slice(0, prefix.length) > prefix) continue;
        const from = after?.startsWith(prefix) === true ? after.slice(prefix.length) : null;
        rows.push(...(await table.list(db, from, limit - rows.length)));
      }
      return rows;
    },
    async replace(row, envelope) {
      const table = TABLES.find(({ prefix }) => row.id.startsWith(prefix));
      if (table === undefined) throw new Error(`no table has the sealed row ${row.id}`);
      return table.replace(db, row, envelope);
    },
  };
}
