import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "trenddojo-";
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

async function removeLeftover(record: string): Promise<void> {
  const leftover = await readFile(record, "utf8").catch(() => "");
  if (basename(leftover).startsWith(PREFIX)) await rm(leftover, { recursive: true, force: true });
}

function shortTmpdir(): string {
  const longest = join(tmpdir(), `${PREFIX}XXXXXX`, SOCKET_NAME);
  return Buffer.byteLength(longest) <= MAX_SOCKET_PATH ? tmpdir() : "/tmp";
}
