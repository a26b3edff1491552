import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDb } from "../createDb.ts";
import type { DbHandle } from "../DbHandle.ts";

export interface TestDb extends DbHandle {
  /** Its data directory; null on a server. */
  readonly dataDir: string | null;
}

/** A fresh, migrated, embedded database in a folder of its own; closing it deletes the folder. */
export async function createTestDb(): Promise<TestDb> {
  const dataDir = await mkdtemp(join(tmpdir(), "trenddojo-test-"));
  const handle = await createDb({ dataDir });
  const close = async (): Promise<void> => {
    await handle.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...handle, dataDir, close, [Symbol.asyncDispose]: close };
}
