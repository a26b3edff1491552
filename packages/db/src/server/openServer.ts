import { sql } from "drizzle-orm";
import { z } from "zod";
import { connect } from "../connect.ts";
import type { Db } from "../Db.ts";
import type { DbHandle } from "../DbHandle.ts";
import { migrate } from "../migrate.ts";
import { queryRow } from "../queryRow.ts";
import { assertPostgresAnswers } from "./assertPostgresAnswers.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { toOpenError } from "./toOpenError.ts";
import { hearTradingStates } from "./tradingStateChannel.ts";

const DEFAULT_CONNECTIONS = 10;
/** Seconds that closing waits for queries under way. */
const CLOSE_TIMEOUT = 5;
/** Of all processes that migrate one database; an arbitrary number that nothing else uses ("tdmi" in ASCII). */
const MIGRATION_LOCK = 0x7464_6d69;

interface OpenServerOptions {
  readonly maxConnections?: number;
  readonly sessionName?: string | undefined;
}

/**
 * Opens and migrates a database on a Postgres server.
 * @throws DbError BAD_DATABASE_URL, DATABASE_UNREACHABLE, DATABASE_AUTH_FAILED, DATABASE_MISSING, DATABASE_TOO_NEW,
 * MIGRATION_FAILED, STORED_DATA_INVALID
 */
export async function openServer(
  databaseUrl: string,
  { maxConnections = DEFAULT_CONNECTIONS, sessionName }: OpenServerOptions = {},
): Promise<DbHandle> {
  const address = databaseAddress(databaseUrl);
  let survivesPowerLoss: boolean;
  try {
    await assertPostgresAnswers(databaseUrl, address);
    survivesPowerLoss = await prepare(databaseUrl);
  } catch (error) {
    throw toOpenError(error, address);
  }
  const { db, client } = connect({ url: databaseUrl, maxConnections, sessionName });
  const close = (): Promise<void> => client.end({ timeout: CLOSE_TIMEOUT });
  const onTradingStateSet = (heard: () => void): Disposable => hearTradingStates(client, heard);
  return { db, kind: "server", survivesPowerLoss, onTradingStateSet, close, [Symbol.asyncDispose]: close };
}

/** Migrates over a connection of its own, because a session's advisory lock lives and dies with its connection. */
async function prepare(url: string): Promise<boolean> {
  const { db, client } = connect({ url, maxConnections: 1 });
  try {
    // Two processes that start at once: the second one waits here and then finds nothing left to do.
    await db.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`);
    await migrate(db);
    return await writesReachDisk(db);
  } finally {
    await client.end({ timeout: CLOSE_TIMEOUT });
  }
}

const durability = z.object({ safe: z.boolean() });

async function writesReachDisk(db: Db): Promise<boolean> {
  const settings = sql`select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
    and current_setting('synchronous_commit') <> 'off' as safe`;
  return (await queryRow(db, durability, settings)).safe;
}
