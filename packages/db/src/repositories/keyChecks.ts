import { sql } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { keyChecks } from "../schema/keyChecks.ts";

/** By the version of the key-encryption key. */
export async function list(db: Executor): Promise<ReadonlyMap<number, string>> {
  const rows = await db.select().from(keyChecks);
  return new Map(rows.map(({ kekVersion, digest }) => [kekVersion, digest]));
}

/** Stores `digest` in place of what version `kekVersion` had. */
export async function put(db: Executor, kekVersion: number, digest: string): Promise<void> {
  await db
    .insert(keyChecks)
    .values({ kekVersion, digest })
    .onConflictDoUpdate({ target: keyChecks.kekVersion, set: { digest: sql`excluded.digest` } });
}
