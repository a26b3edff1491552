import type { AccountId } from "@trenddojo/brokers/domain";
import {
  checkContinues,
  PaperJournalError,
  paperEventSchema,
  paperSnapshotSchema,
  type PaperEvent,
  type PaperSnapshot,
  type PaperStore,
} from "@trenddojo/brokers/paper";
import { and, asc, eq, gt, gte } from "drizzle-orm";
import type { ZodType } from "zod";
import type { Db, Tx } from "../Db.ts";
import { DbError } from "../DbError.ts";
import { paperAccounts, paperEvents } from "../schema/paper.ts";

/** Rows of one INSERT: four parameters each, of the 65,534 that the protocol takes. */
const ROWS_A_STATEMENT = 1_000;

/** The journal of one paper account, which `paperAccounts.insert` has made. */
export function createPaperStore(db: Db, accountId: AccountId): PaperStore {
  return {
    load: () => load(db, accountId),
    append: (events) => append(db, accountId, events),
    saveSnapshot: (snapshot) => saveSnapshot(db, accountId, snapshot),
  };
}

async function load(
  db: Db,
  accountId: AccountId,
): Promise<{ readonly snapshot: PaperSnapshot | null; readonly events: readonly PaperEvent[] }> {
  const [account] = await db
    .select({ snapshot: paperAccounts.snapshot, sequence: paperAccounts.snapshotSequence })
    .from(paperAccounts)
    .where(eq(paperAccounts.accountId, accountId));
  if (account === undefined) throw new RangeError(`there is no paper account ${accountId}`);
  const rows = await db
    .select({ event: paperEvents.event })
    .from(paperEvents)
    .where(and(eq(paperEvents.accountId, accountId), gt(paperEvents.sequence, account.sequence ?? 0)))
    .orderBy(asc(paperEvents.sequence));
  return {
    snapshot: account.snapshot === null ? null : parse(paperSnapshotSchema, account.snapshot, accountId),
    events: rows.map((row) => parse(paperEventSchema, row.event, accountId)),
  };
}

async function append(db: Db, accountId: AccountId, events: readonly PaperEvent[]): Promise<void> {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return;
  checkContinues(first.seq - 1, events);
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(paperAccounts)
      .set({ lastSequence: last.seq })
      .where(and(eq(paperAccounts.accountId, accountId), eq(paperAccounts.lastSequence, first.seq - 1)))
      .returning({ accountId: paperAccounts.accountId });
    if (moved.length === 0) throw await doesNotContinue(tx, accountId, first.seq);
    for (let start = 0; start < events.length; start += ROWS_A_STATEMENT) {
      const batch = events.slice(start, start + ROWS_A_STATEMENT);
      await tx
        .insert(paperEvents)
        .values(batch.map((event) => ({ accountId, sequence: event.seq, at: event.at, event })));
    }
  });
}

async function saveSnapshot(db: Db, accountId: AccountId, snapshot: PaperSnapshot): Promise<void> {
  const saved = await db
    .update(paperAccounts)
    .set({ snapshot, snapshotSequence: snapshot.sequence })
    .where(and(eq(paperAccounts.accountId, accountId), gte(paperAccounts.lastSequence, snapshot.sequence)))
    .returning({ accountId: paperAccounts.accountId });
  if (saved.length === 0) throw new RangeError(`snapshot ${snapshot.sequence} is ahead of the journal of ${accountId}`);
}

async function doesNotContinue(tx: Tx, accountId: AccountId, actual: number): Promise<Error> {
  const [account] = await tx
    .select({ lastSequence: paperAccounts.lastSequence })
    .from(paperAccounts)
    .where(eq(paperAccounts.accountId, accountId));
  if (account === undefined) return new RangeError(`there is no paper account ${accountId}`);
  return new PaperJournalError("the journal has a gap or a repetition", account.lastSequence + 1, actual);
}

function parse<Value>(schema: ZodType<Value>, stored: unknown, accountId: AccountId): Value {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new DbError(
    "STORED_DATA_INVALID",
    `the journal of the paper account ${accountId} holds what this version does not read`,
    {
      details: { accountId },
      cause: parsed.error,
    },
  );
}
