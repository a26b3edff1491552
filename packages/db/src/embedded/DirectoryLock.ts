import { link, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DbError } from "../DbError.ts";
import { askForLife, showLife } from "./lifeSign.ts";
import { lifeOf, parseOwner, thisProcess, type LockOwner } from "./LockOwner.ts";

/** An exclusive hold on a folder; see `lockDirectory`. */
export interface DirectoryLock extends AsyncDisposable {
  /** How many owners the folder has had. */
  readonly number: number;
  /** Lets the next one in. Idempotent. */
  release(): Promise<void>;
}

/**
 * Takes the folder at `path` for this process. Two processes that open one embedded database destroy rows without any
 * error, so the lock is never taken from a process that may be alive, however old it is. Where that cannot be told, as of
 * another machine, a person has to remove the lock's file.
 *
 * The lock is a file beside the folder, `<folder>.lock.<n>`: the one with the highest number tells the owner, and a
 * take-over makes the next number. Making a file that must not exist yet is atomic, so of several takers of a dead
 * owner's lock one wins; and since the highest number is never deleted, a taker who was asleep meanwhile finds that it is late.
 * @throws DbError DATA_DIR_LOCKED, naming the owner's pid and what to do; the file system's own errors
 */
export async function lockDirectory(path: string): Promise<DirectoryLock> {
  const owner = await thisProcess(dirname(path));
  for (;;) {
    const highest = await highestNumber(path);
    await assertNotHeld(path, highest, owner);
    const number = highest + 1;
    if (!(await claim(path, number, owner))) continue;
    const sign = owner.pidNamespace === null ? undefined : await showLife(signOf(path, number));
    await removeBelow(path, number);
    let released: Promise<void> | undefined;
    const giveBack = async (): Promise<void> => {
      await replaceWhole(fileOf(path, number), { ...owner, released: true });
      await sign?.[Symbol.asyncDispose]();
    };
    const release = (): Promise<void> => (released ??= giveBack());
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

/** Beside the lock's file, and not mistaken for one: what follows the last dot is no number. */
function signOf(path: string, number: number): string {
  return `${fileOf(path, number)}.alive`;
}

async function assertNotHeld(path: string, number: number, self: LockOwner): Promise<void> {
  const lockFile = fileOf(path, number);
  const owner = await readOwner(lockFile);
  if (owner === undefined) return;
  const life = await lifeOf(owner, self, () => askForLife(signOf(path, number)));
  if (life === "dead") return;
  const { pid } = owner;
  const host = owner.host ?? "an unknown machine";
  const where = owner.pidNamespace === self.pidNamespace ? "" : ` in another container (${host})`;
  throw new DbError(
    "DATA_DIR_LOCKED",
    life === "alive"
      ? `process ${pid}${where} has ${path} open; stop it, or give this one another data directory`
      : `process ${pid} on ${host} has left ${path} locked, and whether it still runs cannot be told from here; ` +
          `when you are sure that it does not, remove ${lockFile} and start again`,
    { details: { pid, path, host, lockFile } },
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
    if (number >= own) continue;
    await rm(fileOf(path, number), { force: true });
    await rm(signOf(path, number), { force: true });
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
