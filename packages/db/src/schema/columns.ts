import {
  money as toMoney,
  MODES,
  price as toPrice,
  quantity as toQuantity,
  type DecimalString,
  type Mode,
} from "@trenddojo/brokers/domain";
import { sql, type SQL } from "drizzle-orm";
import { bigint, customType, text, type AnyPgColumn } from "drizzle-orm/pg-core";
import type { ZodType } from "zod";
import { DbError } from "../DbError.ts";

function decimal<Value extends DecimalString>(toCanonical: (text: string) => Value) {
  return customType<{ data: Value; driverData: string }>({
    dataType: () => "numeric(38, 9)",
    toDriver: (value) => value,
    // Postgres pads to the scale ("187.500000000"); the core's form has no superfluous zero.
    fromDriver: (value) => toCanonical(value),
  });
}

/** An amount of currency: a canonical decimal string in TypeScript, numeric(38,9) in the database. */
export const money = decimal(toMoney);
/** A price of one share. */
export const price = decimal(toPrice);
/** A number of shares. */
export const quantity = decimal(toQuantity);

/** An instant: epoch milliseconds UTC in TypeScript, timestamptz(3) in the database. Exact both ways. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** A count or sequence number: a bigint in the database, a safe integer here. */
export const counter = (name: string) => bigint(name, { mode: "number" });

/** One of a closed set of words. Give the table an `oneOf` check with the same set. */
export function word<const Words extends readonly [string, ...string[]]>(name: string, words: Words) {
  return text(name, { enum: words });
}

/** The body of the CHECK that keeps a `word` column inside its set. Null passes where the column allows it. */
export function oneOf(column: AnyPgColumn, words: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(words.map((each) => `'${each}'`).join(", "))})`;
}

export const mode = () => word("mode", MODES).notNull();
export const isMode = (column: AnyPgColumn): SQL => oneOf(column, MODES satisfies readonly Mode[]);

/**
 * A JSON document, checked each time it is read: what was written years ago by another version is input too.
 * Reading throws DbError STORED_DATA_INVALID where `schema` refuses it.
 */
export function document<Value>(name: string, schema: ZodType<Value>) {
  return customType<{ data: Value; driverData: unknown }>({
    dataType: () => "jsonb",
    toDriver: (value) => JSON.stringify(value),
    fromDriver(value) {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      throw new DbError("STORED_DATA_INVALID", `the column "${name}" holds a document of another shape`, {
        details: { column: name },
        cause: parsed.error,
      });
    },
  })(name);
}
