import { audit } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { auditVerification } from "../../wire/audit.ts";
import { readableChains } from "./readableChains.ts";

/** Re-hashes the chains that the user may read, and names the first row that is not what was written. */
export async function verifyAudit(desk: Desk, actor: Actor): Promise<z.infer<typeof auditVerification>> {
  let rows = 0;
  for (const chain of await readableChains(desk, actor)) {
    const verified = await audit.verify(desk.db, chain);
    rows += verified.rows;
    if (verified.firstBadSequence !== null) {
      return { rows, ok: false, firstBad: { chain, sequence: verified.firstBadSequence } };
    }
  }
  return { rows, ok: true, firstBad: null };
}
