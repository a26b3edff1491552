import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { fileURLToPath } from "node:url";
import { z, ZodError } from "zod";
import type { Db } from "./Db.ts";
import { DbError } from "./DbError.ts";
import { queryRow } from "./queryRow.ts";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("../migrations", import.meta.url));

/**
 * Brings a database to this version's schema: all of what is missing, in one transaction, or nothing. Needs a connection
 * of its own where several processes may start at once; see `openServer`.
 * @throws DbError DATABASE_TOO_NEW, MIGRATION_FAILED, STORED_DATA_INVALID
 */
export async function migrate(db: Db): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER });
  const newest = Math.max(...known.map((migration) => migration.folderMillis));
  const applied = await lastApplied(db);
  if (applied > newest) {
    throw new DbError(
      "DATABASE_TOO_NEW",
      "the database was used by a newer version of the desk, and going back would lose data: start that version",
      { details: { databaseSchema: applied, deskSchema: newest } },
    );
  }
  if (applied === newest) return;
  try {
    await applyMigrations(db, { migrationsFolder: MIGRATIONS_FOLDER });
  } catch (cause) {
    throw new DbError("MIGRATION_FAILED", "the database could not be brought to this version; it is as it was before", {
      details: { databaseSchema: applied, deskSchema: newest },
      cause,
    });
  }
}

const existence = z.object({ exists: z.boolean() });
/** As text, as 64-bit integers are told. */
const lastMigration = z.object({ last: z.string().regex(/^\d+$/).transform(Number).nullable() });

/** When the newest applied migration was written, epoch milliseconds; 0 for an empty database. */
async function lastApplied(db: Db): Promise<number> {
  try {
    const table = sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
    if (!(await queryRow(db, existence, table)).exists) return 0;
    const newest = sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`;
    return (await queryRow(db, lastMigration, newest)).last ?? 0;
  } catch (cause) {
    if (!(cause instanceof ZodError)) throw cause;
    throw new DbError(
      "STORED_DATA_INVALID",
      "drizzle.__drizzle_migrations holds what this version does not read; restore the database from a backup",
      { cause },
    );
  }
}
