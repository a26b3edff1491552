import { open } from "node:fs/promises";
import type { Socket } from "node:net";
import { basename, dirname, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { z } from "zod";
import { tradingState } from "../wire/risk.ts";

/** Where a running desk listens for the command line: whoever may write there has the desk's files anyway. */
export function controlSocketOf(dataDir: string): string {
  return join(dataDir, "control.sock");
}

/** One JSON line from the command line. */
export const controlRequest = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("status"), user: z.string().nullable() }),
  z.strictObject({
    command: z.literal("halt"),
    /** Null: everyone. */
    user: z.string().nullable(),
    reason: z.string().max(200),
    /** How long the brokers' confirmations are waited for. */
    waitMs: z.number().int().min(0).max(600_000),
  }),
]);
export type ControlRequest = z.infer<typeof controlRequest>;

/** What is known of each user's trading. */
export const controlReport = z.object({ users: z.array(tradingState.extend({ username: z.string() })) });
export type ControlReport = z.infer<typeof controlReport>;

/** JSON lines back: `here` at once, then one of the others. */
export const controlAnswer = z.union([
  z.strictObject({ here: z.number().int() }),
  z.strictObject({ report: controlReport }),
  z.strictObject({ error: z.string() }),
]);
export type ControlAnswer = z.infer<typeof controlAnswer>;

/** What comes in, line by line; it ends with the socket, whatever ends that. */
export function linesOf(socket: Socket): Interface {
  const lines = createInterface({ input: socket });
  socket.on("error", () => socket.destroy());
  socket.once("close", () => lines.close());
  return lines;
}

/** Bytes that the path of a socket may have everywhere, the closing zero included: 104 on macOS. */
const MAX_PATH = 103;

/** A name for a socket's path that is short enough for the system, as long as it is not closed. */
export async function shortSocketPath(path: string): Promise<{ readonly path: string } & AsyncDisposable> {
  if (Buffer.byteLength(path) <= MAX_PATH) return { path, [Symbol.asyncDispose]: () => Promise.resolve() };
  // Only Linux has such paths; elsewhere listening fails, and is logged.
  const folder = await open(dirname(path));
  return { path: `/proc/self/fd/${folder.fd}/${basename(path)}`, [Symbol.asyncDispose]: () => folder.close() };
}
