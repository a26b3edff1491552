import { z } from "zod";
import { exportLog } from "../audit/exportLog.ts";
import { verifyLog, type LogVerification } from "../audit/verifyLog.ts";
import type { Desk } from "../Desk.ts";

/** One JSON line from the command line, on the same socket as the others. */
export const auditRequest = z.discriminatedUnion("command", [
  z.strictObject({
    command: z.literal("audit verify"),
    /** A copy of the checkpoints, a path; null for the desk's own file. */
    checkpoints: z.string().nullable(),
  }),
  z.strictObject({ command: z.literal("audit export") }),
]);
export type AuditRequest = z.infer<typeof auditRequest>;

const verification = z.object({
  rows: z.number(),
  chains: z.number(),
  checkpoints: z.number(),
  ok: z.boolean(),
  firstBad: z.object({ chain: z.string(), sequence: z.number() }).nullable(),
  fault: z.string().nullable(),
}) satisfies z.ZodType<LogVerification>;

/** JSON lines back: rows, or what became of them, and `done` last. */
export const auditAnswer = z.union([
  z.strictObject({ here: z.number().int() }),
  z.strictObject({ row: z.string() }),
  z.strictObject({ verification }),
  z.strictObject({ done: z.literal(true) }),
  z.strictObject({ error: z.string() }),
]);
export type AuditAnswer = z.infer<typeof auditAnswer>;

/** Does what the command line asks of the log of a desk that runs. */
export async function* serveAudit(
  { db, checkpoints }: Pick<Desk, "db" | "checkpoints">,
  request: AuditRequest,
): AsyncGenerator<AuditAnswer> {
  if (checkpoints === null) {
    yield { error: "this desk signs no checkpoints" };
    return;
  }
  if (request.command === "audit verify") {
    const evidence = await checkpoints.evidence(request.checkpoints ?? undefined);
    yield { verification: await verifyLog(db, evidence) };
  } else {
    for await (const row of exportLog(db)) yield { row };
  }
  yield { done: true };
}
