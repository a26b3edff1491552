import { open, rm } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { once } from "node:events";
import { basename, dirname } from "node:path";
import type { Life } from "./LockOwner.ts";

/**
 * Shows that this process lives, to processes of other containers on this machine, which cannot see its pid: a socket file
 * at `path` that the system ends with the process, whatever ends it. Where the file system takes no sockets there is none,
 * and asking for it answers "unknown".
 */
export async function showLife(path: string): Promise<AsyncDisposable> {
  await rm(path, { force: true });
  const folder = await open(dirname(path));
  const server = createServer((connection) => connection.destroy());
  // The lock alone keeps no process from ending, and a connection that could not be taken was an answer all the same.
  server.unref().on("error", () => {});
  try {
    server.listen(within(folder.fd, path));
    await once(server, "listening");
  } catch {
    server.close();
  }
  return {
    async [Symbol.asyncDispose]() {
      if (server.listening) server.close();
      await rm(path, { force: true });
      await folder.close();
    },
  };
}

/**
 * Whether the process that shows life at `path` lives. "dead" only where a socket is there that nobody holds open, which
 * is certain as long as both processes run on one system and see the file through the same mount.
 */
export async function askForLife(path: string): Promise<Life> {
  const folder = await open(dirname(path));
  const connection = createConnection(within(folder.fd, path));
  try {
    await once(connection, "connect");
    return "alive";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ECONNREFUSED" ? "dead" : "unknown";
  } finally {
    connection.destroy();
    await folder.close();
  }
}

/**
 * The path by way of the open folder: that of a socket has room for about a hundred bytes, and a data directory's may be
 * longer. Only Linux has such paths, and only there a process can be out of sight.
 */
function within(folder: number, path: string): string {
  return `/proc/self/fd/${folder}/${basename(path)}`;
}
