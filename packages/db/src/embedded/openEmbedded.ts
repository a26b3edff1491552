import type { Clock } from "@trenddojo/brokers/domain";
import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { connect } from "../connect.ts";
import { DbError } from "../DbError.ts";
import type { DbHandle } from "../DbHandle.ts";
import { migrate } from "../migrate.ts";
import { lockDirectory, type DirectoryLock } from "./DirectoryLock.ts";
import { makeSocketDirectory } from "./socketDirectory.ts";
import { startEngine } from "./startEngine.ts";

/** Seconds that closing waits for queries under way. */
const CLOSE_TIMEOUT = 5;

export interface EmbeddedOptions {
  /** The desk's data directory; the database is its folder `database`. */
  readonly dataDir: string;
  /** A closed database's folder, which a new one begins as a copy of; null makes one from nothing. */
  readonly template: string | null;
  /** By which the engine is watched. @default nobody watches */
  readonly clock?: Clock | undefined;
}

/**
 * Opens and migrates the embedded database, and holds its folder until it is closed.
 * @throws DbError DATA_DIR_LOCKED, DATA_DIR_UNWRITABLE, DATA_DIR_DAMAGED, DATABASE_TOO_NEW, MIGRATION_FAILED
 */
export async function openEmbedded({ dataDir, template, clock }: EmbeddedOptions): Promise<DbHandle> {
  const folder = join(resolve(dataDir), "database");
  const opened: AsyncDisposable[] = [];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= closeAll(opened));
  try {
    opened.push(await prepareFolder(folder));
    const socket = await makeSocketDirectory(`${folder}.socket`);
    opened.push(socket);
    const { socketPath } = socket;
    const engine = await startEngine({ dataDirectory: folder, socketPath, clock }, template);
    opened.push(engine);
    const { db, client } = connect({ socketPath, maxConnections: 1 });
    opened.push({ [Symbol.asyncDispose]: () => client.end({ timeout: CLOSE_TIMEOUT }) });
    await migrate(db);
    const lost = engine.lost.then((cause) => lostError(folder, cause));
    return { db, kind: "embedded", survivesPowerLoss: false, lost, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function lostError(path: string, cause: Error): DbError {
  const message = `the embedded database in ${path} ended (${cause.message}); start the desk again: all that was acknowledged is stored`;
  return new DbError("DATABASE_LOST", message, { details: { path }, cause });
}

/** Last opened, first closed (client, engine, socket, lock), each of them even where another one fails. */
async function closeAll(opened: readonly AsyncDisposable[]): Promise<void> {
  const errors: unknown[] = [];
  for (const each of opened.toReversed()) {
    try {
      await each[Symbol.asyncDispose]();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "the embedded database did not close in good order");
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
    throw new DbError(
      "DATA_DIR_UNWRITABLE",
      `cannot write to ${folder} (${code}); give the desk a data directory that it may write`,
      { details: { path: folder, code }, cause: error },
    );
  }
}
