import type { PgDatabase, PgTransaction } from "drizzle-orm/pg-core";
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { ExtractTablesWithRelations } from "drizzle-orm";

type NoRelations = Record<string, never>;

/** The whole database: `db.transaction(async (tx) => …)`. */
export type Db = PostgresJsDatabase<NoRelations>;

/**
 * An open transaction. Inside it use `tx` only: the embedded database has one connection, so a call on `Db` in there
 * would wait for ever.
 */
export type Tx = PgTransaction<PostgresJsQueryResultHKT, NoRelations, ExtractTablesWithRelations<NoRelations>>;

/** Where a query may run: the database or an open transaction. */
export type Executor = PgDatabase<PostgresJsQueryResultHKT, NoRelations>;
