import type { Executor } from "./Db.ts";

/**
 * Builds a query once for each database that runs it, its values left open (`sql.placeholder`): for what every call asks, and
 * what takes longer to put into words than to answer.
 */
export function prepared<Query>(build: (db: Executor) => Query): (db: Executor) => Query {
  const built = new WeakMap<Executor, Query>();
  return (db) => {
    const query = built.get(db) ?? build(db);
    built.set(db, query);
    return query;
  };
}
