import { and, asc, desc, eq, gt } from "drizzle-orm";
import type { AuditCheckpoint, ChainHead } from "../audit/auditCheckpoint.ts";
import type { Executor } from "../Db.ts";
import { auditChains, auditCheckpoints, auditLog } from "../schema/audit.ts";

/** The newest; null where there is none. */
export async function last(db: Executor): Promise<AuditCheckpoint | null> {
  const [row] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.number)).limit(1);
  return row ?? null;
}

/** Those after `number`, in order, at most `limit`. */
export function since(db: Executor, number: number, limit: number): Promise<AuditCheckpoint[]> {
  return db
    .select()
    .from(auditCheckpoints)
    .where(gt(auditCheckpoints.number, number))
    .orderBy(asc(auditCheckpoints.number))
    .limit(limit);
}

/** False where another process was quicker with this number: nothing is stored then. */
export async function insert(db: Executor, checkpoint: AuditCheckpoint): Promise<boolean> {
  const stored = await db
    .insert(auditCheckpoints)
    .values({ ...checkpoint, heads: [...checkpoint.heads] })
    .onConflictDoNothing()
    .returning({ number: auditCheckpoints.number });
  return stored.length > 0;
}

/** Where each chain ends, sorted by chain, all of one instant; chains without rows are left out. */
export function heads(db: Executor): Promise<ChainHead[]> {
  return db
    .select({ chain: auditChains.chain, sequence: auditChains.lastSequence, hash: auditChains.lastHash })
    .from(auditChains)
    .where(gt(auditChains.lastSequence, 0))
    .orderBy(asc(auditChains.chain));
}

/** Whether the row that `head` tells of is in the log with that hash. */
export async function holds(db: Executor, { chain, sequence, hash }: ChainHead): Promise<boolean> {
  const [row] = await db
    .select({ hash: auditLog.hash })
    .from(auditLog)
    .where(and(eq(auditLog.chain, chain), eq(auditLog.sequence, sequence)));
  return row?.hash === hash;
}
