import type { DbHandle } from "@trenddojo/db";

/** A store as a process has it that is killed at one moment of its life. */
export interface MortalStore {
  readonly store: DbHandle;
  /** After the first commit of which `isLast` is true nothing more is written, and nobody hears of that commit. */
  dieAfter(isLast: (store: DbHandle) => Promise<boolean>): void;
  isDead(): boolean;
}

export function mortalStore(store: DbHandle): MortalStore {
  let isLast: ((store: DbHandle) => Promise<boolean>) | null = null;
  let isDead = false;
  const never = () => new Promise<never>(() => undefined);
  const db = new Proxy(store.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "transaction") return value.bind(target);
      return async (...given: readonly unknown[]) => {
        if (isDead) return never();
        const result: unknown = await Reflect.apply(value, target, given);
        isDead ||= isLast !== null && (await isLast(store));
        return isDead ? never() : result;
      };
    },
  });
  const mortal = new Proxy(store, {
    get: (target, name) => (name === "db" ? db : Reflect.get(target, name, target)),
  });
  return { store: mortal, dieAfter: (last) => void (isLast = last), isDead: () => isDead };
}
