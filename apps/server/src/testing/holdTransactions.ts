import type { Db } from "@trenddojo/db";

/** A database whose next transaction waits, once it is wanted, until the test has done something else. */
export function holdTransactions(db: Db): {
  readonly db: Db;
  /** The next transaction begins after `meanwhile`, which runs once it is wanted. */
  readonly holdNext: (meanwhile: () => Promise<unknown>) => void;
} {
  let held: (() => Promise<unknown>) | null = null;
  const holding = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "transaction") return value.bind(target);
      return async (...given: readonly unknown[]) => {
        const meanwhile = held;
        held = null;
        await meanwhile?.();
        return Reflect.apply(value, target, given);
      };
    },
  });
  return { db: holding, holdNext: (meanwhile) => void (held = meanwhile) };
}
