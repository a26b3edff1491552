import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { Desk } from "../Desk.ts";
import { auditRequest, serveAudit, type AuditAnswer } from "./auditControl.ts";
import { controlRequest, linesOf, shortSocketPath, type ControlAnswer } from "./controlSocket.ts";
import { serveVault, vaultRequest } from "./vaultControl.ts";
import { NoSuchUser, serveControl } from "./haltDesk.ts";

/** For its owner alone: reading and writing. */
const OWNER_ONLY = 0o177;

/**
 * Lets the command line speak to this desk over a socket among its files: who may write there may stop trading, and
 * nothing else. Where the file system takes no sockets there is none, and the log says so.
 */
export async function listenForControl(desk: Desk, path: string): Promise<AsyncDisposable> {
  const stop = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    void serve(desk, socket, stop.signal);
  });
  const short = await shortSocketPath(path);
  try {
    // A killed desk leaves its own behind; this one holds the database.
    await rm(path, { force: true });
    await listen(server, short.path);
  } catch (err) {
    desk.log.warn({ err }, "the command line cannot reach this desk: its data folder takes no sockets");
  }
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      for (const socket of sockets) socket.destroy();
      if (server.listening) {
        server.close();
        await once(server, "close");
      }
      await short[Symbol.asyncDispose]();
    },
  };
}

async function listen(server: Server, path: string): Promise<void> {
  const before = process.umask(OWNER_ONLY);
  try {
    // The file is made within the call.
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await once(server, "listening");
}

/** As fast as the other side reads. */
async function send(socket: Socket, answer: AuditAnswer, signal: AbortSignal): Promise<void> {
  if (!socket.write(`${JSON.stringify(answer)}\n`) && !socket.destroyed) await once(socket, "drain", { signal });
}

async function serve(desk: Desk, socket: Socket, signal: AbortSignal): Promise<void> {
  const tell = (answer: ControlAnswer): void => void socket.write(`${JSON.stringify(answer)}\n`);
  tell({ here: process.pid });
  try {
    for await (const line of linesOf(socket)) {
      const asked: unknown = JSON.parse(line);
      const audit = auditRequest.safeParse(asked);
      if (audit.success) {
        for await (const answer of serveAudit(desk, audit.data)) await send(socket, answer, signal);
        continue;
      }
      const vault = vaultRequest.safeParse(asked);
      if (vault.success) {
        socket.write(`${JSON.stringify(await serveVault(desk.vaultKeys, vault.data, signal))}\n`);
        continue;
      }
      const request = controlRequest.parse(asked);
      tell({ report: await serveControl(desk, request, signal) });
    }
  } catch (err) {
    desk.log.warn({ err }, "a command could not be carried out");
    tell({ error: err instanceof NoSuchUser ? err.message : "the desk could not do it: see its log" });
  } finally {
    socket.end();
  }
}
