import { noCheckpoints } from "../../audit/readCheckpoints.ts";
import { verifyLog } from "../../audit/verifyLog.ts";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { auditVerification } from "../../wire/audit.ts";
import { readableChains } from "./readableChains.ts";

/** Re-hashes the chains that the user may read, holds them to what was signed, and names the first bad row. */
export async function verifyAudit(desk: Desk, actor: Actor): Promise<z.infer<typeof auditVerification>> {
  const evidence = (await desk.checkpoints?.evidence()) ?? noCheckpoints;
  return verifyLog(desk.db, evidence, await readableChains(desk, actor));
}
