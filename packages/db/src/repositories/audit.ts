import type { Mode, UserId } from "@trenddojo/brokers/domain";
import { and, asc, desc, eq, gt, gte, ilike, inArray, isNull, lt, max, or, sql, type SQL } from "drizzle-orm";
import { auditHash, GENESIS_HASH, type HashedEntry } from "../audit/auditHash.ts";
import { storableRecord, storableText } from "../audit/storableText.ts";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor, Tx } from "../Db.ts";
import { listParam, rowReader } from "../rows.ts";
import { auditChains, auditLog, type AuditDetails } from "../schema/audit.ts";
import { users } from "../schema/users.ts";

export type AuditRow = typeof auditLog.$inferSelect;

const readHeads = rowReader(auditChains);
const readRows = rowReader(auditLog);

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

/** Adds a row to its chain, as `appendAll` does of many. */
export async function append(tx: Tx, entry: NewAuditEntry): Promise<AuditRow> {
  const [row] = await appendAll(tx, [entry]);
  if (row === undefined) throw new Error("an entry made no row");
  return row;
}

/**
 * Adds rows to their chains, to each in this order, in the transaction of the change that they tell of: all or none.
 * Writers of one chain wait for each other until the transaction ends.
 */
export async function appendAll(tx: Tx, entries: readonly NewAuditEntry[]): Promise<readonly AuditRow[]> {
  if (entries.length === 0) return [];
  const names = [...new Set(entries.map(({ chain }) => chain))].toSorted();
  const heads = await lockHeads(tx, names);
  const begun = names.filter((name) => !heads.has(name));
  if (begun.length > 0) for (const [chain, head] of await beginChains(tx, begun)) heads.set(chain, head);
  const rows = entries.map((entry): AuditRow => {
    const head = heads.get(entry.chain);
    if (head === undefined) throw new Error(`the audit chain ${entry.chain} vanished`);
    const hashed: HashedEntry = {
      ...entry,
      message: storableText(entry.message),
      subject: entry.subject === null ? null : storableText(entry.subject),
      details: storableRecord(entry.details),
      sequence: head.sequence + 1,
      previousHash: head.hash,
    };
    const row = { ...hashed, hash: auditHash(hashed) };
    heads.set(entry.chain, row);
    return row;
  });
  await insert(tx, rows, heads);
  return rows;
}

/** One statement for the rows and the heads that they leave behind. */
async function insert(tx: Tx, rows: readonly AuditRow[], heads: ReadonlyMap<string, AuditHead>): Promise<void> {
  const given = rows.map(({ userId, previousHash, at, ...row }) => ({
    ...row,
    at: new Date(at).toISOString(),
    user_id: userId,
    previous_hash: previousHash,
  }));
  const moved = [...heads].map(([chain, { sequence, hash }]) => ({ chain, last_sequence: sequence, last_hash: hash }));
  await tx.execute(sql`
    with told as (
      insert into audit_log select * from jsonb_populate_recordset(null::audit_log, ${listParam(given)})
    )
    update audit_chains as head set last_sequence = moved.last_sequence, last_hash = moved.last_hash
    from jsonb_populate_recordset(null::audit_chains, ${listParam(moved)}) as moved
    where head.chain = moved.chain`);
}

/** In the order of their names, so that two writers of the same chains never wait crosswise. */
async function lockHeads(tx: Tx, names: readonly string[]): Promise<Map<string, AuditHead>> {
  const rows = await readHeads(
    tx,
    sql`select * from audit_chains where chain in (select jsonb_array_elements_text(${listParam(names)}))
      order by chain for update`,
  );
  return new Map(rows.map(({ chain, lastSequence, lastHash }) => [chain, { sequence: lastSequence, hash: lastHash }]));
}

async function beginChains(tx: Tx, names: readonly string[]): Promise<Map<string, AuditHead>> {
  const begun = names.map((chain) => ({ chain, lastSequence: 0, lastHash: GENESIS_HASH }));
  await tx.insert(auditChains).values(begun).onConflictDoNothing();
  return lockHeads(tx, names);
}

/** Null for a chain without rows. */
export async function head(db: Executor, chain: string): Promise<AuditHead | null> {
  const [row] = await db.select().from(auditChains).where(eq(auditChains.chain, chain));
  return row === undefined || row.lastSequence === 0 ? null : { sequence: row.lastSequence, hash: row.lastHash };
}

/** The subjects of a chain's rows of these actions. */
export async function subjects(db: Executor, chain: string, actions: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ subject: auditLog.subject })
    .from(auditLog)
    .where(and(eq(auditLog.chain, chain), inArray(auditLog.action, [...actions])));
  return rows.flatMap(({ subject }) => subject ?? []);
}

/** At most `limit` of a chain's rows of these actions after `sequence`, in order. */
export function since(
  db: Executor,
  chain: string,
  {
    sequence,
    actions,
    limit,
  }: { readonly sequence: number; readonly actions: readonly string[]; readonly limit: number },
): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.chain, chain), gt(auditLog.sequence, sequence), inArray(auditLog.action, [...actions])))
    .orderBy(asc(auditLog.sequence))
    .limit(limit);
}

/** All chains, sorted. */
export async function chains(db: Executor): Promise<string[]> {
  const rows = await db.select({ chain: auditChains.chain }).from(auditChains).orderBy(asc(auditChains.chain));
  return rows.map((row) => row.chain);
}

export interface AuditVerification {
  readonly rows: number;
  readonly ok: boolean;
  /**
   * The first row that is not what was written, or is missing. Where a forger has hashed the rest of the chain anew it is
   * the first row that a kept head contradicts: the change is in it or before it, after the kept head before.
   */
  readonly firstBadSequence: number | null;
}

/**
 * Re-hashes a chain from its first row, `batchSize` rows at a time: a row that was edited, deleted, inserted or moved is
 * named. A cut tail shows against the stored head, and against `keptHeads` where the head was rewritten too, as does a chain
 * that was hashed anew. Rows that are appended meanwhile are left for the next time.
 */
export async function verify(
  db: Executor,
  chain: string,
  {
    keptHeads = [],
    batchSize = 1_000,
  }: { readonly keptHeads?: readonly AuditHead[]; readonly batchSize?: number } = {},
): Promise<AuditVerification> {
  const { stored, lastRow } = await extent(db, chain);
  const kept = hashesBySequence([...keptHeads, stored]);
  const contradicts = (row: AuditHead) => kept.get(row.sequence)?.some((hash) => hash !== row.hash) ?? false;
  let last: AuditHead = { sequence: 0, hash: GENESIS_HASH };
  const badAt = (sequence: number): AuditVerification => ({
    rows: last.sequence,
    ok: false,
    firstBadSequence: sequence,
  });
  for await (const batch of batches(db, chain, { to: stored.sequence, size: batchSize })) {
    for (const row of batch) {
      const due = last.sequence + 1;
      const isChained = row.sequence === due && row.previousHash === last.hash && row.hash === auditHash(row);
      if (!isChained || contradicts(row)) return badAt(due);
      last = row;
    }
  }
  if (last.sequence < stored.sequence) return badAt(last.sequence + 1);
  const isCut = lastRow > last.sequence || keptHeads.some(({ sequence }) => sequence > last.sequence);
  return isCut ? badAt(last.sequence + 1) : { rows: last.sequence, ok: true, firstBadSequence: null };
}

/** A chain's rows in order, up to `to`. The database reads the next ones while the last ones are looked at. */
async function* batches(
  db: Executor,
  chain: string,
  { to, size }: { readonly to: number; readonly size: number },
): AsyncGenerator<readonly AuditRow[]> {
  const read = (after: number): Promise<readonly AuditRow[]> =>
    readRows(
      db,
      sql`select * from audit_log where chain = ${chain} and sequence > ${after} and sequence <= ${to}
        order by sequence limit ${size}`,
    );
  let batch = await read(0);
  while (batch.length > 0) {
    const last = batch.at(-1)?.sequence ?? to;
    const next = last < to ? read(last) : Promise.resolve([]);
    // It may fail before it is waited for, which is below.
    next.catch(() => undefined);
    try {
      yield batch;
    } finally {
      // Also for who looks no further: a transaction may not end while it is read.
      batch = await next;
    }
  }
}

function hashesBySequence(heads: readonly AuditHead[]): ReadonlyMap<number, readonly string[]> {
  const hashes = new Map<number, string[]>();
  for (const { sequence, hash } of heads) hashes.set(sequence, [...(hashes.get(sequence) ?? []), hash]);
  return hashes;
}

/** Rows of a chain after `sequence`, in order, at most `limit`: for who copies the log. */
export function rowsAfter(db: Executor, chain: string, sequence: number, limit: number): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.chain, chain), gt(auditLog.sequence, sequence)))
    .orderBy(asc(auditLog.sequence))
    .limit(limit);
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
  /** How the action begins: "order." for all of orders. */
  readonly action?: string | undefined;
  /** The name of who acted, in any case; null for the desk itself. */
  readonly username?: string | null | undefined;
  readonly mode?: Mode | undefined;
  /** From this instant on, epoch milliseconds. */
  readonly from?: number | undefined;
  /** Before this instant. */
  readonly to?: number | undefined;
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
  { userId, chains: readable = [], limit, cursor, ...filters }: AuditPageQuery,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly nextCursor: string | null }> {
  const rows = await db
    .select({ entry: auditLog, username: users.username })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(
      and(
        or(eq(auditLog.userId, userId), inArray(auditLog.chain, [...readable])),
        ...conditions(filters),
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

function conditions({
  search,
  action,
  username,
  mode,
  from,
  to,
}: Omit<AuditPageQuery, "userId" | "chains" | "limit" | "cursor">): readonly (SQL | undefined)[] {
  return [
    search === undefined || search === "" ? undefined : matches(search),
    action === undefined ? undefined : sql`starts_with(${auditLog.action}, ${storableText(action)})`,
    username === undefined
      ? undefined
      : username === null
        ? isNull(auditLog.userId)
        : sql`lower(${users.username}) = lower(${storableText(username)})`,
    mode === undefined ? undefined : eq(auditLog.mode, mode),
    from === undefined ? undefined : gte(auditLog.at, from),
    to === undefined ? undefined : lt(auditLog.at, to),
  ];
}

function matches(search: string): SQL | undefined {
  const pattern = `%${storableText(search).replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(auditLog.action, pattern), ilike(auditLog.subject, pattern), ilike(auditLog.message, pattern));
}

function before(cursor: string): SQL {
  const { at, sequence, id: chain } = parseCursor(cursor);
  return sql`(${auditLog.at}, ${auditLog.chain}, ${auditLog.sequence}) < (${sql.param(at, auditLog.at)}::timestamptz, ${chain}, ${sequence}::bigint)`;
}
