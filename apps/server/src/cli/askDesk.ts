import { createConnection, type Socket } from "node:net";
import { once } from "node:events";
import type { Clock } from "@trenddojo/brokers/domain";
import { controlAnswer, linesOf, shortSocketPath, type ControlReport, type ControlRequest } from "./controlSocket.ts";

/** A desk that lives says so within this. */
const HERE_MS = 3_000;
/** What a desk may take beside the waiting. */
const MARGIN_MS = 15_000;

export type Asked =
  | { readonly kind: "report"; readonly report: ControlReport }
  | { readonly kind: "error"; readonly message: string }
  /** No process listens. */
  | { readonly kind: "down" }
  /** One listens, and does not answer. */
  | { readonly kind: "hung" }
  /** Whether one listens cannot be told: `why` is the system's code. */
  | { readonly kind: "unsure"; readonly why: string };

/** What the system says where nobody listens; anything else proves nothing. */
const NOBODY: readonly string[] = ["ENOENT", "ECONNREFUSED"];

/** Asks the desk that runs on these files. Never throws. */
export async function askDesk(clock: Clock, path: string, request: ControlRequest): Promise<Asked> {
  let short;
  try {
    short = await shortSocketPath(path);
  } catch (error) {
    return unreached(error);
  }
  const socket = createConnection(short.path);
  try {
    await once(socket, "connect");
  } catch (error) {
    await short[Symbol.asyncDispose]();
    return unreached(error);
  }
  try {
    return await converse(clock, socket, request);
  } catch {
    // It took the call, so it lives, whatever it said.
    return { kind: "hung" };
  } finally {
    socket.destroy();
    await short[Symbol.asyncDispose]();
  }
}

function unreached(error: unknown): Asked {
  const why = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
  return NOBODY.includes(why) ? { kind: "down" } : { kind: "unsure", why };
}

async function converse(clock: Clock, socket: Socket, request: ControlRequest): Promise<Asked> {
  const lines = linesOf(socket);
  let timer = clock.setTimer(HERE_MS, () => lines.close());
  try {
    for await (const line of lines) {
      const answer = controlAnswer.parse(JSON.parse(line));
      if ("report" in answer) return { kind: "report", report: answer.report };
      if ("error" in answer) return { kind: "error", message: answer.error };
      timer[Symbol.dispose]();
      const waitMs = request.command === "halt" ? request.waitMs : 0;
      timer = clock.setTimer(waitMs + MARGIN_MS, () => lines.close());
      socket.write(`${JSON.stringify(request)}\n`);
    }
  } finally {
    timer[Symbol.dispose]();
  }
  return { kind: "hung" };
}
