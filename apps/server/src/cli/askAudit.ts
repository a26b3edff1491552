import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type { Clock } from "@trenddojo/brokers/domain";
import { auditAnswer, type AuditAnswer, type AuditRequest } from "./auditControl.ts";
import { linesOf, shortSocketPath } from "./controlSocket.ts";

/** Between two lines of a desk that works; a million rows are re-hashed within. */
const SILENCE_MS = 120_000;
/** What the system says where nobody listens; anything else proves nothing. */
const NOBODY: readonly string[] = ["ENOENT", "ECONNREFUSED"];

/** The desk runs, and did not answer to the end. */
export class DeskSilent extends Error {
  override readonly name = "DeskSilent";
}

/**
 * What the desk that runs on these files answers; null where none runs.
 * @throws DeskSilent, from the answers too
 */
export async function askAudit(
  clock: Clock,
  path: string,
  request: AuditRequest,
): Promise<AsyncGenerator<AuditAnswer> | null> {
  try {
    const short = await shortSocketPath(path);
    const socket = createConnection(short.path);
    try {
      await once(socket, "connect");
    } finally {
      await short[Symbol.asyncDispose]();
    }
    return converse(clock, socket, request);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
    if (NOBODY.includes(code)) return null;
    throw new DeskSilent(`whether a desk runs on these files cannot be told: ${code} at its socket in DATA_DIR`);
  }
}

async function* converse(clock: Clock, socket: Socket, request: AuditRequest): AsyncGenerator<AuditAnswer> {
  const lines = linesOf(socket);
  let timer = clock.setTimer(SILENCE_MS, () => lines.close());
  try {
    for await (const line of lines) {
      timer[Symbol.dispose]();
      timer = clock.setTimer(SILENCE_MS, () => lines.close());
      const answer = auditAnswer.parse(JSON.parse(line));
      if ("here" in answer) socket.write(`${JSON.stringify(request)}\n`);
      else if ("done" in answer) return;
      else yield answer;
      if ("error" in answer) return;
    }
  } finally {
    timer[Symbol.dispose]();
    socket.destroy();
  }
  throw new DeskSilent("the desk runs and did not answer to the end");
}
