import type { Clock } from "@trenddojo/brokers/domain";
import type { DbHandle } from "./DbHandle.ts";
import { openEmbedded } from "./embedded/openEmbedded.ts";
import { findTemplate } from "./embedded/template.ts";
import { openServer } from "./server/openServer.ts";

export interface CreateDbOptions {
  /** postgres://user:password@host:5432/database; undefined for the embedded database in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** Made where it is missing. Not touched where there is a `databaseUrl`. */
  readonly dataDir: string;
  /** A database folder that a new embedded one begins as a copy of. @default what `pnpm run template` made, where it did */
  readonly template?: string | null | undefined;
  /** What its sessions are called on a server: `deskSessionName()` of a desk. @default "trenddojo" */
  readonly sessionName?: string | undefined;
  /** By which an embedded engine is watched, see `DbHandle.lost`. @default nobody watches */
  readonly clock?: Clock | undefined;
}

/**
 * Opens the desk's database and brings it to this version's schema.
 * @throws DbError: BAD_DATABASE_URL, DATABASE_UNREACHABLE, DATABASE_AUTH_FAILED, DATABASE_MISSING, DATA_DIR_LOCKED,
 * DATA_DIR_UNWRITABLE, DATA_DIR_DAMAGED, DATABASE_TOO_NEW, MIGRATION_FAILED. Its message is one line that says what to do.
 */
export async function createDb({
  databaseUrl,
  dataDir,
  template,
  sessionName,
  clock,
}: CreateDbOptions): Promise<DbHandle> {
  if (databaseUrl !== undefined) return openServer(databaseUrl, { sessionName });
  return openEmbedded({ dataDir, template: template === undefined ? await findTemplate() : template, clock });
}
