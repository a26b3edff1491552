import type { Db } from "@trenddojo/db";
import { takeIn, type Life, type Turns } from "./Turns.ts";

/**
 * A database as a process has it: each transaction and each query outside of one takes a turn, and that a transaction was
 * committed is heard in another: in between time passes, and whatever else may happen.
 */
export function databaseOf(db: Db, turns: Turns, life: Life): Db {
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "transaction") {
        return async (...given: readonly unknown[]): Promise<unknown> => {
          const done = await takeIn(turns, life, "transaction", (): unknown => Reflect.apply(value, target, given));
          return takeIn(turns, life, "committed", () => done);
        };
      }
      return (...given: readonly unknown[]): unknown => queryOf(Reflect.apply(value, target, given), turns, life);
    },
  });
}

/** A query in the making: it runs, in its turn, when it is awaited. */
function queryOf(query: unknown, turns: Turns, life: Life): unknown {
  if (typeof query !== "object" || query === null) return query;
  return new Proxy(query, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "then") {
        return (...given: Parameters<Promise<unknown>["then"]>) =>
          takeIn(
            turns,
            life,
            "query",
            () => new Promise<unknown>((...ends) => void Reflect.apply(value, target, ends)),
          ).then(...given);
      }
      return (...given: readonly unknown[]): unknown => queryOf(Reflect.apply(value, target, given), turns, life);
    },
  });
}
