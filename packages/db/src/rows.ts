import { getTableColumns, getTableName, sql, type InferSelectModel, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Executor } from "./Db.ts";

/**
 * Reads whole rows of a table by a query in SQL's own words, `select *` or `returning *`. For what stands in the way of
 * every order: to have Drizzle name each column of a wide table takes longer than the database takes to answer.
 */
export function rowReader<Table extends PgTable>(table: Table) {
  const columns = Object.entries(getTableColumns(table));
  return async (db: Executor, query: SQL): Promise<InferSelectModel<Table>[]> => {
    const rows = await db.execute(query);
    return rows.map((row) => {
      const read: Record<string, unknown> = {};
      for (const [key, column] of columns) {
        const value = row[column.name];
        read[key] = value === null ? null : column.mapFromDriverValue(value);
      }
      // oxlint-disable-next-line typescript/consistent-type-assertions -- the table's columns, each read as its type says
      return read as InferSelectModel<Table>;
    });
  };
}

/** What follows `insert into <table>` for these values; absent columns take their defaults. */
export function insertion<Table extends PgTable>(table: Table, values: Partial<InferSelectModel<Table>>): SQL {
  const { names, record } = recordOf(table, values);
  return sql`(${names}) ${record}`;
}

/** What follows `update <table> set` for these values; absent columns stay. */
export function assignment<Table extends PgTable>(table: Table, values: Partial<InferSelectModel<Table>>): SQL {
  const { names, record } = recordOf(table, values);
  return sql`(${names}) = (${record})`;
}

/** A list as one parameter, so that one statement serves lists of every length. */
export function listParam(rows: readonly unknown[]): SQL {
  return sql`${JSON.stringify(rows)}::jsonb`;
}

/** The values as one parameter, in the columns that they are of. */
function recordOf(table: PgTable, values: object): { readonly names: SQL; readonly record: SQL } {
  const columns = getTableColumns(table);
  const names: string[] = [];
  const record: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const column = columns[key];
    if (column === undefined || value === undefined) continue;
    names.push(`"${column.name}"`);
    const isJson = value === null || column.getSQLType() === "jsonb";
    record[column.name] = isJson ? value : column.mapToDriverValue(value);
  }
  const list = sql.raw(names.join(", "));
  const type = sql.raw(`"${getTableName(table)}"`);
  return {
    names: list,
    record: sql`select ${list} from jsonb_populate_record(null::${type}, ${JSON.stringify(record)}::jsonb)`,
  };
}
