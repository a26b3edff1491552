import { access, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { connect } from "../connect.ts";
import { DbError } from "../DbError.ts";
import type { DbHandle } from "../DbHandle.ts";
import { migrate } from "../migrate.ts";
import { lockDirectory, type DirectoryLock } from "./DirectoryLock.ts";
import { Engine } from "./Engine.ts";

/** Seconds that closing waits for queries under way. */
const CLOSE_TIMEOUT = 5;

export interface EmbeddedOptions {
  /** The desk's data directory; the database is its folder `database`. */
  readonly dataDir: string;
  /** A dump that a new database begins from; null makes one from nothing. */
  readonly template: string | null;
}

/**
 * Opens and migrates the embedded database, and holds its folder until it is closed.
 * @throws DbError DATA_DIR_LOCKED, DATA_DIR_UNWRITABLE, DATA_DIR_DAMAGED, DATABASE_TOO_NEW, MIGRATION_FAILED
 */
export async function openEmbedded({ dataDir, template }: EmbeddedOptions): Promise<DbHandle> {
  const folder = join(resolve(dataDir), "database");
  const lock = await prepareFolder(folder);
  try {
    const engine = await startEngine(folder, template);
    const { db, client } = connect({ socketPath: engine.socketPath, maxConnections: 1 });
    const closeAll = async (): Promise<void> => {
      try {
        await client.end({ timeout: CLOSE_TIMEOUT });
        await engine.close();
      } finally {
        await lock.release();
      }
    };
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => (closed ??= closeAll());
    try {
      await migrate(db);
    } catch (error) {
      await close();
      throw error;
    }
    return { db, kind: "embedded", survivesPowerLoss: false, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function prepareFolder(folder: string): Promise<DirectoryLock> {
  try {
    // The engine makes its files readable by all, so nobody else may enter the folder.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    return await lockDirectory(folder);
  } catch (error) {
    if (error instanceof DbError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new DbError("DATA_DIR_UNWRITABLE", `cannot write to ${folder} (${code}); give the desk a data directory that it may write`, {
      details: { path: folder, code },
      cause: error,
    });
  }
}

/**
 * A database under construction is marked by a file beside it: it was never handed out, so after a crash it holds
 * nothing that was acknowledged, and is made anew.
 */
async function startEngine(folder: string, template: string | null): Promise<Engine> {
  const mark = `${folder}.incomplete`;
  const isComplete = (await exists(join(folder, "PG_VERSION"))) && !(await exists(mark));
  if (isComplete) return open(folder);
  await writeFile(mark, "");
  const engine = (template === null ? undefined : await tryTemplate(folder, template)) ?? (await create(folder));
  await rm(mark);
  return engine;
}

async function open(folder: string): Promise<Engine> {
  try {
    return await Engine.start({ dataDirectory: folder, templatePath: null });
  } catch (cause) {
    throw new DbError("DATA_DIR_DAMAGED", `the database in ${folder} does not open; put back a copy of that folder`, {
      details: { path: folder },
      cause,
    });
  }
}

/** Undefined where the template is no good: a slower start is better than none. */
async function tryTemplate(folder: string, templatePath: string): Promise<Engine | undefined> {
  await empty(folder);
  try {
    return await Engine.start({ dataDirectory: folder, templatePath });
  } catch {
    return undefined;
  }
}

async function create(folder: string): Promise<Engine> {
  await empty(folder);
  return Engine.start({ dataDirectory: folder, templatePath: null });
}

async function empty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
