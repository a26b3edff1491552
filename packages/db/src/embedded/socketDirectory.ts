import { chmod, lstat, mkdtemp, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "trenddojo-";
/** What `mkdtemp` makes of the prefix. */
const MADE_NAME = new RegExp(`^${PREFIX}[A-Za-z0-9]{6}$`);
const SOCKET_NAME = "db";
/** sun_path has 108 bytes on Linux and 104 on macOS, the closing zero included. */
const MAX_SOCKET_PATH = 103;

/** A private folder with room for one socket. */
export interface SocketDirectory extends AsyncDisposable {
  readonly socketPath: string;
}

/**
 * Makes a folder for the database's socket among the temporary files, because a data directory's path may be too long
 * for one. The file at `record` remembers it, so that the next owner of the database clears away what a killed one left:
 * call this only under the database's lock.
 */
export async function makeSocketDirectory(record: string): Promise<SocketDirectory> {
  await removeLeftover(record);
  const directory = await mkdtemp(join(shortTmpdir(), PREFIX));
  // Its mode is the only door lock that the database has.
  await chmod(directory, 0o700);
  await writeFile(record, directory);
  return {
    socketPath: join(directory, SOCKET_NAME),
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true });
      await rm(record, { force: true });
    },
  };
}

/** Only what this file can have made: the record may have come with a data directory from elsewhere. */
async function removeLeftover(record: string): Promise<void> {
  const leftover = await readFile(record, "utf8").catch(() => "");
  const isOurs = leftover === join(shortTmpdir(), basename(leftover)) && MADE_NAME.test(basename(leftover));
  if (!isOurs || !(await isFolder(leftover))) return;
  await rm(join(leftover, SOCKET_NAME), { force: true });
  // Not what else may be in it: then the name is only like ours, and it stays.
  await rmdir(leftover).catch(() => undefined);
}

/** False for a link to one. */
async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function shortTmpdir(): string {
  const longest = join(tmpdir(), `${PREFIX}XXXXXX`, SOCKET_NAME);
  return Buffer.byteLength(longest) <= MAX_SOCKET_PATH ? tmpdir() : "/tmp";
}
