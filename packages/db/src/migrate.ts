import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { fileURLToPath } from "node:url";
import type { Db } from "./Db.ts";
import { DbError } from "./DbError.ts";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("../migrations", import.meta.url));

/**
 * Brings a database to this version's schema: all of what is missing, in one transaction, or nothing. Needs a connection
 * of its own where several processes may start at once; see `openServer`.
 * @throws DbError DATABASE_TOO_NEW, MIGRATION_FAILED
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

/** When the newest applied migration was written, epoch milliseconds; 0 for an empty database. */
async function lastApplied(db: Db): Promise<number> {
  const [table] = await db.execute<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (table?.exists !== true) return 0;
  const [row] = await db.execute<{ last: string | null }>(
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  return Number(row?.last ?? 0);
}
