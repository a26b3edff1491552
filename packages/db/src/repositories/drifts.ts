import type { AccountId, UserId } from "@trenddojo/brokers/domain";
import { and, count, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { formatCursor, parseCursor } from "../cursor.ts";
import type { Executor, Tx } from "../Db.ts";
import { drifts, type DriftAction, type DriftEvidence, type DriftKind } from "../schema/drifts.ts";

export type DriftRow = typeof drifts.$inferSelect;
export type NewDrift = Pick<
  DriftRow,
  "id" | "accountId" | "mode" | "kind" | "subject" | "symbol" | "here" | "there" | "cause" | "evidence" | "action"
>;

/** What a difference is in: one of them is open at a time. */
export interface DriftKey {
  readonly accountId: AccountId;
  readonly kind: DriftKind;
  readonly subject: string;
}

/** How an open difference ended. */
export interface DriftEnd {
  readonly at: number;
  /** Null where the desk or the broker's next word settled it. */
  readonly by: UserId | null;
  readonly note: string | null;
  readonly action?: DriftAction;
  readonly there?: string;
  readonly evidence?: DriftEvidence;
}

/** Stores a difference that was settled as it was found. */
export async function insertResolved(tx: Tx, drift: NewDrift, at: number): Promise<DriftRow> {
  return one(
    await tx
      .insert(drifts)
      .values({ ...drift, foundAt: at, seenAt: at, resolvedAt: at })
      .returning(),
  );
}

/** Opens a difference or, where it is open, counts that it was seen again with what is said of it now. */
export async function seeOpen(tx: Tx, drift: NewDrift, at: number): Promise<DriftRow> {
  const { here, there, evidence } = drift;
  return one(
    await tx
      .insert(drifts)
      .values({ ...drift, foundAt: at, seenAt: at })
      .onConflictDoUpdate({
        target: [drifts.accountId, drifts.kind, drifts.subject],
        targetWhere: isNull(drifts.resolvedAt),
        set: { here, there, evidence, seenAt: at, timesSeen: sql`${drifts.timesSeen} + 1` },
      })
      .returning(),
  );
}

/** Ends an open one; null where there is none (any more). */
export async function resolve(
  tx: Tx,
  which: DriftKey | { readonly id: string },
  end: DriftEnd,
): Promise<DriftRow | null> {
  const { at, by, ...changes } = end;
  const [row] = await tx
    .update(drifts)
    .set({ ...changes, resolvedAt: at, resolvedBy: by })
    .where(and("id" in which ? eq(drifts.id, which.id) : matches(which), isNull(drifts.resolvedAt)))
    .returning();
  return row ?? null;
}

/** Keeps what is agreed where an account event moved it. */
export async function setEvidence(tx: Tx, id: string, evidence: DriftEvidence): Promise<void> {
  await tx.update(drifts).set({ evidence }).where(eq(drifts.id, id));
}

/** Of the accounts in question only. */
export async function find(db: Executor, accounts: readonly AccountId[], id: string): Promise<DriftRow | null> {
  if (accounts.length === 0) return null;
  const [row] = await db
    .select()
    .from(drifts)
    .where(and(eq(drifts.id, id), inArray(drifts.accountId, [...accounts])));
  return row ?? null;
}

/** Oldest first. */
export function listOpen(db: Executor, accountId: AccountId): Promise<DriftRow[]> {
  return db
    .select()
    .from(drifts)
    .where(and(eq(drifts.accountId, accountId), isNull(drifts.resolvedAt)))
    .orderBy(drifts.foundAt, drifts.id);
}

/** How many are open of each account; nothing of those without. */
export async function countOpen(db: Executor, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, number>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .select({ accountId: drifts.accountId, count: count() })
    .from(drifts)
    .where(and(inArray(drifts.accountId, [...accounts]), isNull(drifts.resolvedAt)))
    .groupBy(drifts.accountId);
  return new Map(rows.map((row) => [row.accountId, row.count]));
}

/** Of each subject the resolved one whose evidence has the highest `turn`: what was last agreed. */
export function lastAgreed(db: Executor, accountId: AccountId, kind: DriftKind): Promise<DriftRow[]> {
  const turn = sql`coalesce((${drifts.evidence} ->> 'turn')::int, 0)`;
  return db
    .selectDistinctOn([drifts.subject])
    .from(drifts)
    .where(and(eq(drifts.accountId, accountId), eq(drifts.kind, kind), isNotNull(drifts.resolvedAt)))
    .orderBy(drifts.subject, desc(turn), desc(drifts.resolvedAt));
}

export interface DriftPageQuery {
  readonly accounts: readonly AccountId[];
  readonly filter: "open" | "resolved" | "all";
  /** 1 or more. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Newest first. `nextCursor` is null on the last page. @throws DbError BAD_CURSOR */
export async function page(
  db: Executor,
  { accounts, filter, limit, cursor }: DriftPageQuery,
): Promise<{ readonly drifts: readonly DriftRow[]; readonly nextCursor: string | null }> {
  const end = cursor === undefined ? undefined : parseCursor(cursor);
  if (accounts.length === 0) return { drifts: [], nextCursor: null };
  const rows = await db
    .select()
    .from(drifts)
    .where(
      and(
        inArray(drifts.accountId, [...accounts]),
        filter === "open" ? isNull(drifts.resolvedAt) : undefined,
        filter === "resolved" ? isNotNull(drifts.resolvedAt) : undefined,
        end === undefined
          ? undefined
          : or(
              sql`${drifts.foundAt} < ${sql.param(end.at, drifts.foundAt)}`,
              and(eq(drifts.foundAt, end.at), sql`${drifts.id} < ${end.id}`),
            ),
      ),
    )
    .orderBy(desc(drifts.foundAt), desc(drifts.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? formatCursor({ at: last.foundAt, sequence: 0, id: last.id }) : null;
  return { drifts: shown, nextCursor };
}

function matches({ accountId, kind, subject }: DriftKey) {
  return and(eq(drifts.accountId, accountId), eq(drifts.kind, kind), eq(drifts.subject, subject));
}

function one(rows: readonly DriftRow[]): DriftRow {
  const [row] = rows;
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}
