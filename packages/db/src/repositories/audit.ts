import type { Mode, UserId } from "@trenddojo/brokers/domain";
import { and, asc, desc, eq, gt, ilike, inArray, lte, max, or, sql, type SQL } from "drizzle-orm";
import { auditHash, GENESIS_HASH, type HashedEntry } from "../audit/auditHash.ts";
import { storableRecord, storableText } from "../audit/storableText.ts";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor, Tx } from "../Db.ts";
import { auditChains, auditLog, type AuditDetails } from "../schema/audit.ts";
import { users } from "../schema/users.ts";

export type AuditRow = typeof auditLog.$inferSelect;

export interface NewAuditEntry {
  /** 1 to 100 printable ASCII characters without spaces. */
  readonly chain: string;
  readonly at: number;
  readonly userId: UserId | null;
  readonly action: string;
  readonly subject: string | null;
  readonly mode: Mode | null;
  readonly message: string;
  /** JSON-native and already redacted. */
  readonly details: AuditDetails;
}

/** The end of a chain: keep one outside the database, and a cut tail or a rewritten chain shows. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Adds a row to its chain in the transaction of the change that it tells of: both or neither. Writers of one chain wait
 * for each other until the transaction ends.
 */
export async function append(tx: Tx, entry: NewAuditEntry): Promise<AuditRow> {
  await tx
    .insert(auditChains)
    .values({ chain: entry.chain, lastSequence: 0, lastHash: GENESIS_HASH })
    .onConflictDoNothing();
  const [head] = await tx.select().from(auditChains).where(eq(auditChains.chain, entry.chain)).for("update");
  if (head === undefined) throw new Error(`the audit chain ${entry.chain} vanished`);
  const hashed: HashedEntry = {
    ...entry,
    message: storableText(entry.message),
    subject: entry.subject === null ? null : storableText(entry.subject),
    details: storableRecord(entry.details),
    sequence: head.lastSequence + 1,
    previousHash: head.lastHash,
  };
  const row: AuditRow = { ...hashed, hash: auditHash(hashed) };
  await tx.insert(auditLog).values(row);
  await tx
    .update(auditChains)
    .set({ lastSequence: row.sequence, lastHash: row.hash })
    .where(eq(auditChains.chain, row.chain));
  return row;
}

/** Null for a chain without rows. */
export async function head(db: Executor, chain: string): Promise<AuditHead | null> {
  const [row] = await db.select().from(auditChains).where(eq(auditChains.chain, chain));
  return row === undefined || row.lastSequence === 0 ? null : { sequence: row.lastSequence, hash: row.lastHash };
}

/** All chains, sorted. */
export async function chains(db: Executor): Promise<string[]> {
  const rows = await db.select({ chain: auditChains.chain }).from(auditChains).orderBy(asc(auditChains.chain));
  return rows.map((row) => row.chain);
}

export interface AuditVerification {
  readonly rows: number;
  readonly ok: boolean;
  /** The first row that is not what was written, or is missing. */
  readonly firstBadSequence: number | null;
}

/**
 * Re-hashes a chain from its first row, `batchSize` rows at a time: a row that was edited, deleted, inserted or moved is
 * named. A cut tail shows against the stored head, and against `keptHead` where the head was rewritten too. Rows that are
 * appended meanwhile are left for the next time.
 */
export async function verify(
  db: Executor,
  chain: string,
  { keptHead, batchSize = 1_000 }: { readonly keptHead?: AuditHead; readonly batchSize?: number } = {},
): Promise<AuditVerification> {
  const { stored, lastRow } = await extent(db, chain);
  const contradicts = (row: AuditHead) =>
    [stored, keptHead].some((each) => each?.sequence === row.sequence && each.hash !== row.hash);
  let last: AuditHead = { sequence: 0, hash: GENESIS_HASH };
  const badAt = (sequence: number): AuditVerification => ({
    rows: last.sequence,
    ok: false,
    firstBadSequence: sequence,
  });
  while (last.sequence < stored.sequence) {
    const batch = await db
      .select()
      .from(auditLog)
      .where(
        and(eq(auditLog.chain, chain), gt(auditLog.sequence, last.sequence), lte(auditLog.sequence, stored.sequence)),
      )
      .orderBy(asc(auditLog.sequence))
      .limit(batchSize);
    if (batch.length === 0) return badAt(last.sequence + 1);
    for (const row of batch) {
      const due = last.sequence + 1;
      const isChained = row.sequence === due && row.previousHash === last.hash && row.hash === auditHash(row);
      if (!isChained || contradicts(row)) return badAt(due);
      last = row;
    }
  }
  if (lastRow > last.sequence || (keptHead?.sequence ?? 0) > last.sequence) return badAt(last.sequence + 1);
  return { rows: last.sequence, ok: true, firstBadSequence: null };
}

/** Where the chain says that it ends, and where its rows do: of one instant, so that an append between does not look like forgery. */
async function extent(db: Executor, chain: string): Promise<{ readonly stored: AuditHead; readonly lastRow: number }> {
  const rows = db
    .select({ last: max(auditLog.sequence).as("last") })
    .from(auditLog)
    .where(eq(auditLog.chain, chain))
    .as("rows");
  const [found] = await db
    .select({ lastRow: rows.last, sequence: auditChains.lastSequence, hash: auditChains.lastHash })
    .from(rows)
    .leftJoin(auditChains, eq(auditChains.chain, chain));
  return {
    stored: { sequence: found?.sequence ?? 0, hash: found?.hash ?? GENESIS_HASH },
    lastRow: found?.lastRow ?? 0,
  };
}

export interface AuditPageQuery {
  /** Rows of this user, in any chain. */
  readonly userId: UserId;
  /** And all rows of these chains, whoever acted. */
  readonly chains?: readonly string[] | undefined;
  /** Part of the action, subject or message, in any case. */
  readonly search?: string | undefined;
  /** 1 or more. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export interface AuditEntry extends AuditRow {
  /** Of the user who acted; null for the system. */
  readonly username: string | null;
}

/** Newest first. `nextCursor` is null on the last page. @throws DbError BAD_CURSOR */
export async function page(
  db: Executor,
  { userId, chains: readable = [], search, limit, cursor }: AuditPageQuery,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly nextCursor: string | null }> {
  const rows = await db
    .select({ entry: auditLog, username: users.username })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(
      and(
        or(eq(auditLog.userId, userId), inArray(auditLog.chain, [...readable])),
        search === undefined || search === "" ? undefined : matches(search),
        cursor === undefined ? undefined : before(cursor),
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.chain), desc(auditLog.sequence))
    .limit(limit + 1);
  const entries = rows.slice(0, limit).map(({ entry, username }) => ({ ...entry, username }));
  const last = entries.at(-1);
  if (rows.length <= limit || last === undefined) return { entries, nextCursor: null };
  return { entries, nextCursor: formatCursor({ at: last.at, sequence: last.sequence, id: last.chain }) };
}

function matches(search: string): SQL | undefined {
  const pattern = `%${storableText(search).replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(auditLog.action, pattern), ilike(auditLog.subject, pattern), ilike(auditLog.message, pattern));
}

function before(cursor: string): SQL {
  const { at, sequence, id: chain } = parseCursor(cursor);
  return sql`(${auditLog.at}, ${auditLog.chain}, ${auditLog.sequence}) < (${sql.param(at, auditLog.at)}::timestamptz, ${chain}, ${sequence}::bigint)`;
}
