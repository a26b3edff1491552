import type { DbHandle } from "@trenddojo/db";

/** A store that, when told to, commits the next transaction and loses the answer, as a network does. */
export function losingCommits(store: DbHandle): { readonly store: DbHandle; loseNext(): void } {
  let isLosing = false;
  const db = new Proxy(store.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "transaction" || !isLosing) return value.bind(target);
      isLosing = false;
      return async (...given: readonly unknown[]) => {
        await Reflect.apply(value, target, given);
        throw new Error("the connection was reset before the answer to COMMIT");
      };
    },
  });
  const lossy = new Proxy(store, {
    get: (target, name) => (name === "db" ? db : Reflect.get(target, name, target)),
  });
  return { store: lossy, loseNext: () => void (isLosing = true) };
}
