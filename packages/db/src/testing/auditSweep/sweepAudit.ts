import { seededRandom } from "@trenddojo/brokers/testing";
import { sql } from "drizzle-orm";
import type { Db } from "../../Db.ts";
import * as audit from "../../repositories/audit.ts";
import { createServerTestDb, findTestServer } from "../createServerTestDb.ts";
import { createTestDb, type TestDb } from "../createTestDb.ts";
import { tamper, type Forgery } from "./tamper.ts";

const CHAIN = "account:swept";
const ROWS = 30;
/** A head is kept outside the database after so many rows, as a signed checkpoint does. */
const KEPT_EVERY = 10;

export interface AuditCount {
  readonly runs: number;
  readonly found: number;
  /** Of those found: where the first bad row was named as it should be. */
  readonly named: number;
  /** Of each kind of change. */
  readonly kinds: Readonly<Record<string, number>>;
}

interface AuditSweep {
  readonly runs: number;
  readonly seed: number;
  readonly store: "embedded" | "postgres";
  /** Told of each change that was not found, or not named. */
  readonly onMiss: (line: string) => void;
}

/** Changes a chain in the store, each time anew and past its triggers, and asks whether that shows. */
export async function sweepAudit({ runs, seed, store: kind, onMiss }: AuditSweep): Promise<AuditCount> {
  await using store = await openStore(kind);
  const { db } = store;
  const random = seededRandom(seed);
  const pick = (below: number): number => random.integer(below);
  const { rows, keptHeads } = await writeChain(db);
  for (const table of ["audit_log", "audit_chains"]) {
    await db.execute(sql.raw(`alter table ${table} disable trigger user`));
  }
  let [found, named] = [0, 0];
  const kinds: Record<string, number> = {};
  for (let run = 1; run <= runs; run += 1) {
    const forgery = changedForgery(rows, pick);
    const due = firstBad(rows, forgery);
    const verdict = await judge(db, forgery, keptHeads, pick(2) === 1);
    found += verdict.ok ? 0 : 1;
    named += verdict.firstBadSequence === due ? 1 : 0;
    const name = `${forgery.kind}, ${forgery.mending === "rest" ? "hashed anew" : "as it is"}`;
    kinds[name] = (kinds[name] ?? 0) + 1;
    if (verdict.firstBadSequence !== due) {
      onMiss(
        `seed ${seed} run ${run}: ${name} from row ${forgery.changedFrom}, named ${verdict.firstBadSequence ?? "none"}, due ${due}`,
      );
    }
  }
  return { runs, found, named, kinds };
}

/** Where the chain first contradicts itself or what was kept of it. */
function firstBad(rows: readonly audit.AuditRow[], { mending, changedFrom, rows: forged }: Forgery): number {
  if (mending === "none") return changedFrom;
  const nextKept = Math.ceil(changedFrom / KEPT_EVERY) * KEPT_EVERY;
  return Math.min(nextKept, forged.length + 1, rows.length + 1);
}

/**
 * One that changes what was written: not two like rows swapped, and not rows that are only added behind the last one with
 * the right hashes, which is what whoever may write to the log can do.
 */
function changedForgery(rows: readonly audit.AuditRow[], pick: (below: number) => number): Forgery {
  for (;;) {
    const forgery = tamper(rows, pick);
    if (forgery.changedFrom <= rows.length) return forgery;
  }
}

async function writeChain(db: Db) {
  const entry = (index: number) => ({
    chain: CHAIN,
    at: 1_763_650_800_000 + index,
    userId: null,
    action: "order.placed",
    subject: `o${index}`,
    mode: "paper" as const,
    message: `Placed an order for ${index} AAPL`,
    details: { quantity: String(index) },
  });
  await db.transaction((tx) =>
    audit.appendAll(
      tx,
      Array.from({ length: ROWS }, (_, index) => entry(index)),
    ),
  );
  const rows = await audit.rowsAfter(db, CHAIN, 0, ROWS);
  return { rows, keptHeads: rows.filter(({ sequence }) => sequence % KEPT_EVERY === 0) };
}

/** In a transaction of which nothing stays. */
async function judge(db: Db, { rows }: Forgery, keptHeads: readonly audit.AuditHead[], rewriteHead: boolean) {
  const over = new Error("undone");
  let verdict: audit.AuditVerification = { rows: 0, ok: true, firstBadSequence: null };
  await db
    .transaction(async (tx) => {
      await tx.execute(sql`delete from audit_log where chain = ${CHAIN}`);
      const stored = rows.map(({ userId, previousHash, at, ...row }) => ({
        ...row,
        at: new Date(at).toISOString(),
        user_id: userId,
        previous_hash: previousHash,
      }));
      await tx.execute(
        sql`insert into audit_log select * from jsonb_populate_recordset(null::audit_log, ${JSON.stringify(stored)}::jsonb)`,
      );
      const last = rows.at(-1);
      if (rewriteHead && last !== undefined) {
        await tx.execute(
          sql`update audit_chains set last_sequence = ${last.sequence}, last_hash = ${last.hash} where chain = ${CHAIN}`,
        );
      }
      verdict = await audit.verify(tx, CHAIN, { keptHeads });
      throw over;
    })
    .catch((error: unknown) => {
      if (error !== over) throw error;
    });
  return verdict;
}

async function openStore(kind: "embedded" | "postgres"): Promise<TestDb> {
  if (kind === "embedded") return createTestDb();
  const server = await findTestServer();
  if ("skipped" in server) throw new Error(server.skipped);
  return createServerTestDb(server);
}
