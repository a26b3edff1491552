import { audit, type Db, type NewAuditEntry } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GroupCommit, type SharedTx } from "./GroupCommit.ts";

let store: Awaited<ReturnType<typeof createTestStore>>;
beforeAll(async () => void (store = await createTestStore()));
afterAll(() => store.close());

const ENTRY = { at: 1, userId: null, action: "test.step", subject: null, mode: null, details: {} } as const;
const entry = (chain: string, message: string): NewAuditEntry => ({ ...ENTRY, chain, message });

/** A step that tells its name. */
const telling =
  (chain: string, name: string) =>
  ({ tell }: SharedTx) => {
    tell({ event: null, entry: entry(chain, name) });
    return Promise.resolve(name);
  };

const written = async (chain: string) =>
  (await audit.since(store.db, chain, { sequence: 0, actions: ["test.step"], limit: 100 })).map((row) => row.message);

/** The database, counting the transactions that hold anything. */
function counting(): { readonly db: Db; count: () => number } {
  let count = 0;
  const db = new Proxy(store.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "transaction") count += 1;
      return value.bind(target);
    },
  });
  return { db, count: () => count };
}

describe("a group commit", () => {
  it("[SV145] writes what comes together in one transaction, and tells it in the order of the steps", async () => {
    const { db, count } = counting();
    const commits = new GroupCommit(db);
    const names = Array.from({ length: 20 }, (_, index) => `step ${index}`);
    const results = await Promise.all(names.map((name) => commits.run(name, telling("together", name))));
    expect(results).toEqual(names);
    expect(count()).toBe(1);
    expect(await written("together")).toEqual(names);
    expect(await audit.verify(store.db, "together")).toMatchObject({ rows: 20, ok: true });
  });

  it("[SV146] never has two steps of one key side by side", async () => {
    const commits = new GroupCommit(store.db);
    const seen: string[] = [];
    const step = (name: string) => async (shared: SharedTx) => {
      seen.push(`${name} begins`);
      await audit.head(shared.tx, "none");
      seen.push(`${name} ends`);
    };
    await Promise.all(["first", "second"].map((name) => commits.run("one order", step(name))));
    expect(seen).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  });

  it("[SV147] where one step fails the others are written all the same, once", async () => {
    const commits = new GroupCommit(store.db);
    const ends = await Promise.allSettled([
      commits.run("a", telling("failing", "a")),
      commits.run("b", () => Promise.reject(new Error("b is refused"))),
      commits.run("c", async (shared) => {
        await audit.append(shared.tx, entry("failing", "c, written at once"));
        return "c";
      }),
    ]);
    expect(ends).toMatchObject([
      { value: "a" },
      { status: "rejected", reason: { message: "b is refused" } },
      { value: "c" },
    ]);
    expect(await written("failing")).toEqual(["a", "c, written at once"]);
  });

  it("[SV147] where no transaction can be begun each step is told, and the next ones are written again", async () => {
    let isDown = true;
    const db = new Proxy(store.db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name === "transaction" && isDown) return () => Promise.reject(new Error("the database is away"));
        return value.bind(target);
      },
    });
    const commits = new GroupCommit(db);
    const lost = await Promise.allSettled(["a", "b"].map((name) => commits.run(name, telling("away", name))));
    expect(lost).toMatchObject([{ reason: { message: "the database is away" } }, { status: "rejected" }]);
    isDown = false;
    expect(await commits.run("a", telling("away", "a"))).toBe("a");
    expect(await written("away")).toEqual(["a"]);
  });
});
