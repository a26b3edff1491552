import { audit, type Db } from "@trenddojo/db";
import type { CheckpointEvidence } from "./readCheckpoints.ts";

/** What became of the log. */
export interface LogVerification {
  readonly rows: number;
  readonly chains: number;
  readonly checkpoints: number;
  readonly ok: boolean;
  /** The first row that is not what was written, or is missing. */
  readonly firstBad: { readonly chain: string; readonly sequence: number } | null;
  /** What is wrong with the checkpoints themselves; null where nothing is. */
  readonly fault: string | null;
}

/**
 * Re-hashes chains and holds them to what was signed of them. Rows of a chain before its first bad one are as written.
 * @param names of the chains. @default all that the database or a checkpoint knows
 */
export async function verifyLog(
  db: Db,
  { count, heads, fault }: CheckpointEvidence,
  names?: readonly string[],
): Promise<LogVerification> {
  const chains = names ?? [...new Set([...(await audit.chains(db)), ...heads.keys()])].toSorted();
  let rows = 0;
  for (const chain of chains) {
    const verified = await audit.verify(db, chain, { keptHeads: heads.get(chain) ?? [] });
    rows += verified.rows;
    if (verified.firstBadSequence === null) continue;
    const firstBad = { chain, sequence: verified.firstBadSequence };
    return { rows, chains: chains.length, checkpoints: count, ok: false, firstBad, fault };
  }
  return { rows, chains: chains.length, checkpoints: count, ok: fault === null, firstBad: null, fault };
}
