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

/** Rows of one table that set the same columns. */
export interface RowSet {
  /** Of the columns that they set, as SQL names them. */
  readonly names: readonly string[];
  /** A relation with all columns of the table. */
  readonly rows: SQL;
}

/** What rows set, those together that set the same columns; absent columns are left to their defaults, or as they stand. */
export function rowSets<Table extends PgTable>(
  table: Table,
  values: readonly Partial<InferSelectModel<Table>>[],
): RowSet[] {
  const shapes = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const each of values) {
    const record = recordOf(table, each);
    const shape = Object.keys(record).join();
    shapes.set(shape, [...(shapes.get(shape) ?? []), record]);
  }
  const type = sql.raw(`"${getTableName(table)}"`);
  return [...shapes.values()].map((alike) => ({
    names: Object.keys(alike[0] ?? {}).map((name) => `"${name}"`),
    rows: sql`jsonb_populate_recordset(null::${type}, ${listParam(alike)})`,
  }));
}

/** A list as one parameter, so that one statement serves lists of every length. */
export function listParam(rows: readonly unknown[]): SQL {
  return sql`${JSON.stringify(rows)}::jsonb`;
}

/** A list of texts as one parameter, which an index can be asked with: `= any(…)`. */
export function textsParam(texts: readonly string[]): SQL {
  const items = texts.map((text) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`);
  return sql`${`{${items.join()}}`}::text[]`;
}

/** The values by the names of their columns, as JSON that the table's own type reads. */
function recordOf(table: PgTable, values: object): Readonly<Record<string, unknown>> {
  const columns = getTableColumns(table);
  const record: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const column = columns[key];
    if (column === undefined || value === undefined) continue;
    const isJson = value === null || column.getSQLType() === "jsonb";
    record[column.name] = isJson ? value : column.mapToDriverValue(value);
  }
  return record;
}
