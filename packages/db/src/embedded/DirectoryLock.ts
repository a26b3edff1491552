import { link, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DbError } from "../DbError.ts";
import { isAlive, parseOwner, thisProcess, type LockOwner } from "./LockOwner.ts";

/** An exclusive hold on a folder; see `lockDirectory`. */
export interface DirectoryLock extends AsyncDisposable {
  /** How many owners the folder has had. */
  readonly number: number;
  /** Lets the next one in. Idempotent. */
  release(): Promise<void>;
}

/**
 * Takes the folder at `path` for this process. Two processes that open one embedded database destroy rows without any
 * error, so the lock is never taken from a process that may be alive, however old it is.
 *
 * The lock is a file beside the folder, `<folder>.lock.<n>`: the one with the highest number tells the owner, and a
 * take-over makes the next number. Making a file that must not exist yet is atomic, so of several takers of a dead
 * owner's lock one wins; and since the highest number is never deleted, a taker who was asleep meanwhile finds that it is late.
 * @throws DbError DATA_DIR_LOCKED, naming the owner's pid; the file system's own errors
 */
export async function lockDirectory(path: string): Promise<DirectoryLock> {
  const owner = await thisProcess();
  for (;;) {
    const highest = await highestNumber(path);
    await assertNotHeld(path, highest);
    const number = highest + 1;
    if (!(await claim(path, number, owner))) continue;
    await removeBelow(path, number);
    let released: Promise<void> | undefined;
    const release = (): Promise<void> =>
      (released ??= replaceWhole(fileOf(path, number), { ...owner, released: true }));
    return { number, release, [Symbol.asyncDispose]: release };
  }
}

/**
 * Makes the lock file of that number, unless it is there or is not the highest any more: then its maker was asleep while
 * others came and went, and the number was free only because its owner is long gone.
 */
export async function claim(path: string, number: number, owner: LockOwner): Promise<boolean> {
  const file = fileOf(path, number);
  if (!(await createWhole(file, owner))) return false;
  if ((await highestNumber(path)) === number) return true;
  await rm(file, { force: true });
  return false;
}

function fileOf(path: string, number: number): string {
  return `${path}.lock.${number}`;
}

async function assertNotHeld(path: string, number: number): Promise<void> {
  const owner = await readOwner(fileOf(path, number));
  if (owner === undefined || !(await isAlive(owner))) return;
  throw new DbError(
    "DATA_DIR_LOCKED",
    `process ${owner.pid} has ${path} open; stop it, or give this one another data directory`,
    { details: { pid: owner.pid, path } },
  );
}

async function readOwner(file: string): Promise<LockOwner | undefined> {
  try {
    return parseOwner(await readFile(file, "utf8"));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** 0 without any. */
async function highestNumber(path: string): Promise<number> {
  return Math.max(0, ...(await numbers(path)));
}

async function numbers(path: string): Promise<number[]> {
  const prefix = `${basename(path)}.lock.`;
  const names = (await readdir(dirname(path))).filter((name) => name.startsWith(prefix));
  return names.map((name) => Number(name.slice(prefix.length))).filter(Number.isSafeInteger);
}

async function removeBelow(path: string, own: number): Promise<void> {
  for (const number of await numbers(path)) {
    if (number < own) await rm(fileOf(path, number), { force: true });
  }
}

/** False where the file is there already. Whoever sees the file sees all of its content. */
async function createWhole(file: string, owner: LockOwner): Promise<boolean> {
  return withDraft(file, owner, async (draft) => {
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if (isCode(error, "EEXIST")) return false;
      throw error;
    }
  });
}

async function replaceWhole(file: string, owner: LockOwner): Promise<void> {
  await withDraft(file, owner, (draft) => rename(draft, file));
}

async function withDraft<Result>(
  file: string,
  owner: LockOwner,
  use: (draft: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
  try {
    const draft = join(folder, "owner");
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(owner)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(draft);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
