import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { auditHash, GENESIS_HASH } from "../audit/auditHash.ts";
import type { Tx } from "../Db.ts";
import { classifyDriverError } from "../driverError.ts";
import { auditChains, auditLog } from "../schema/audit.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedUser } from "../testing/fixtures.ts";
import * as audit from "./audit.ts";

const entry = (chain: string, changes: Partial<audit.NewAuditEntry> = {}): audit.NewAuditEntry => ({
  chain,
  at: NOW,
  userId: null,
  action: "order.placed",
  subject: "order-1",
  mode: "paper",
  message: "Placed an order for 100 AAPL",
  details: { quantity: "100", limits: { b: 1, a: [1e21, 0.1, -0] } },
  ...changes,
});

type Rows = audit.AuditRow[];

/** What someone with the database in hand may do to a chain, given its rows in order and a row to aim at. */
const TAMPERINGS: Readonly<Record<string, (rows: Rows, target: number) => Rows>> = {
  "edits a message": (rows, target) => rows.with(target, { ...row(rows, target), message: "Nothing happened" }),
  "edits a detail": (rows, target) => rows.with(target, { ...row(rows, target), details: { quantity: "1" } }),
  "moves an instant": (rows, target) => rows.with(target, { ...row(rows, target), at: NOW - 1 }),
  "moves a paper row to live": (rows, target) => rows.with(target, { ...row(rows, target), mode: "live" }),
  "deletes a row": (rows, target) => rows.toSpliced(target, 1),
  "deletes a row and closes the gap": (rows, target) =>
    rows.toSpliced(target, 1).map((each, index) => ({ ...each, sequence: index + 1 })),
  "swaps two rows": (rows, target) => {
    const other = (target + 1) % rows.length;
    return rows
      .with(target, { ...row(rows, other), sequence: target + 1 })
      .with(other, { ...row(rows, target), sequence: other + 1 });
  },
  "inserts a row": (rows, target) =>
    rows
      .toSpliced(target, 0, { ...row(rows, target), message: "Invented" })
      .map((each, index) => ({ ...each, sequence: index + 1 })),
  "edits a row and hashes it anew": (rows, target) => {
    const edited = { ...row(rows, target), message: "Nothing happened" };
    return rows.with(target, { ...edited, hash: auditHash(edited) });
  },
  "edits a row and hashes the rest anew": (rows, target) =>
    rehash(rows.with(target, { ...row(rows, target), message: "Nothing happened" })),
  "cuts the tail": (rows, target) => rows.slice(0, target),
};

await describeEachDriver("audit", (db) => {
  const ids = createIds();
  const append = (each: audit.NewAuditEntry) => db().transaction((tx) => audit.append(tx, each));

  test("[DB31] rows are chained from 64 zeros on, and the head is the last one", async () => {
    const chain = ids("chain");
    expect(await audit.head(db(), chain)).toBeNull();
    const first = await append(entry(chain));
    const second = await append(entry(chain));
    expect(first).toMatchObject({ sequence: 1, previousHash: GENESIS_HASH });
    expect(second).toMatchObject({ sequence: 2, previousHash: first.hash });
    expect(await audit.head(db(), chain)).toEqual({ sequence: 2, hash: second.hash });
    expect(await audit.verify(db(), chain)).toEqual({ rows: 2, ok: true, firstBadSequence: null });
    expect(await audit.chains(db())).toContain(chain);
    expect(await audit.verify(db(), "no such chain")).toEqual({ rows: 0, ok: true, firstBadSequence: null });
  });

  test("[DB31] rows that are added together are chained each in its chain, new or not", async () => {
    const [old, young] = [ids("chain"), ids("chain")];
    const first = await append(entry(old));
    const added = [entry(young, { message: "y1" }), entry(old, { message: "o2" }), entry(young, { message: "y2" })];
    const rows = await db().transaction((tx) => audit.appendAll(tx, added));
    expect(rows.map(({ chain, sequence, message }) => [chain, sequence, message])).toEqual([
      [young, 1, "y1"],
      [old, 2, "o2"],
      [young, 2, "y2"],
    ]);
    expect(rows[1]?.previousHash).toBe(first.hash);
    for (const chain of [old, young]) {
      expect(await audit.verify(db(), chain)).toEqual({ rows: 2, ok: true, firstBadSequence: null });
    }
  });

  test("[DB31] the hash stays what it is: a frozen row from the first version verifies for ever", () => {
    expect(auditHash({ ...entry("frozen"), sequence: 1, previousHash: GENESIS_HASH })).toBe(
      // sha256(0x00 ‖ canonical JSON ‖ 64 zeros), reckoned with Python's hashlib.
      "469d6360a32b615210bff60e49a6a047d340179a68de2e83bc28d3a22a300a0f",
    );
  });

  test("[DB31] many writers of one chain make one chain, and what is rolled back leaves no gap", async () => {
    const chain = ids("chain");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        db().transaction(async (tx) => {
          await audit.append(tx, entry(chain, { message: `${index}` }));
          if (index % 5 === 4) throw new Error("the change did not happen after all");
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(16);
    expect(await audit.verify(db(), chain, { batchSize: 3 })).toEqual({ rows: 16, ok: true, firstBadSequence: null });
  });

  test("[DB31] a chain that grows while it is verified raises no alarm", async () => {
    const chain = ids("chain");
    let isWriting = true;
    const writers = Promise.all(Array.from({ length: 25 }, () => append(entry(chain)))).finally(() => {
      isWriting = false;
    });
    while (isWriting) expect(await audit.verify(db(), chain, { batchSize: 4 })).toMatchObject({ ok: true });
    await writers;
    expect((await audit.verify(db(), chain)).rows).toBe(25);
  });

  test("[DB31] no input keeps an audit row from being written", async () => {
    const chain = ids("chain");
    const unlucky = ["__proto__", "constructor", "toString"].map((name) => [name, { [name]: 1 }] as const);
    await append(entry(chain, { details: Object.fromEntries(unlucky) }));
    expect(await audit.verify(db(), chain)).toMatchObject({ ok: true, rows: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()),
        async (text, details) => {
          const nasty = `\0\ud800${text}`;
          const row = await append(
            entry(chain, { message: nasty, subject: nasty, details: { ...details, [nasty]: nasty } }),
          );
          expect(row.message.startsWith("\uFFFD\uFFFD")).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
    expect((await audit.verify(db(), chain)).ok).toBe(true);
  });

  for (const [name, tamper] of Object.entries(TAMPERINGS)) {
    test(`[DB32] whoever ${name} is found out, against a kept head even with the stored head rewritten`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 2, max: 6 }), fc.nat(), fc.boolean(), async (length, pick, rewriteHead) => {
          await undone(db(), async (tx) => {
            const chain = ids("chain");
            for (let index = 0; index < length; index += 1)
              await audit.append(tx, entry(chain, { message: `row ${index}` }));
            const keptHead = await audit.head(tx, chain);
            const rows = await rowsOf(tx, chain);
            const target = pick % length;
            await overwrite(tx, chain, tamper(rows, target), rewriteHead);
            const verdict = await audit.verify(tx, chain, {
              batchSize: 2,
              keptHeads: keptHead === null ? [] : [keptHead],
            });
            expect(verdict.ok).toBe(false);
            expect(verdict.firstBadSequence).toBeGreaterThanOrEqual(1);
          });
        }),
        { numRuns: 5 },
      );
    });
  }

  test("[DB32] the first bad row is named", async () => {
    await undone(db(), async (tx) => {
      const chain = ids("chain");
      for (let index = 0; index < 5; index += 1) await audit.append(tx, entry(chain));
      const rows = await rowsOf(tx, chain);
      await overwrite(tx, chain, rows.with(2, { ...row(rows, 2), message: "edited" }), false);
      expect(await audit.verify(tx, chain)).toEqual({ rows: 2, ok: false, firstBadSequence: 3 });
      await overwrite(tx, chain, rows.slice(0, 4), false);
      expect(await audit.verify(tx, chain)).toEqual({ rows: 4, ok: false, firstBadSequence: 5 });
      // The forger hashes all anew and sets the head, but leaves a gap, or forgets the head.
      await overwrite(tx, chain, rehash(rows.toSpliced(1, 1)), true);
      expect(await audit.verify(tx, chain)).toEqual({ rows: 1, ok: false, firstBadSequence: 2 });
      await overwrite(tx, chain, rehash(rows.with(4, { ...row(rows, 4), message: "edited" })), false);
      expect(await audit.verify(tx, chain)).toEqual({ rows: 4, ok: false, firstBadSequence: 5 });
      await overwrite(tx, chain, rows, true);
      await overwrite(tx, chain, rehash([...rows, { ...row(rows, 4), sequence: 6 }]), false);
      expect(await audit.verify(tx, chain)).toEqual({ rows: 5, ok: false, firstBadSequence: 6 });
    });
  });

  test("[DB33] the database refuses to change, delete or truncate the log", async () => {
    await append(entry(ids("chain")));
    for (const [statement, guard] of [
      ["update audit_log set message = 'x'", "audit_log_append_only"],
      ["update audit_log set message = 'x' where false", "audit_log_append_only"],
      ["delete from audit_log", "audit_log_append_only"],
      ["truncate audit_log", "audit_log_append_only"],
      ["delete from audit_chains", "audit_chains_never_deleted"],
      ["update audit_chains set last_sequence = 0", "audit_chains_sequence_grows"],
    ] as const) {
      expect(await failureOf(db().execute(sql.raw(statement)), classifyDriverError)).toEqual({
        kind: "guard",
        constraint: guard,
      });
    }
  });

  test("[DB34] a user reads the own rows and those of readable chains, newest first, page by page", async () => {
    const user = await seedUser(db(), ids("Reader"));
    const other = await seedUser(db(), ids("user"));
    const [mine, theirs, shared] = [ids("chain"), ids("chain"), ids("chain")];
    for (let index = 0; index < 5; index += 1) {
      await append(entry(mine, { userId: user.id, at: NOW + Math.floor(index / 2) }));
      await append(entry(theirs, { userId: other.id }));
      await append(entry(shared, { at: NOW + 1 }));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit.page(db(), { userId: user.id, chains: [shared], limit: 3, cursor });
      for (const each of page.entries) {
        seen.push(`${each.chain}:${each.sequence}`);
        expect(each.username).toBe(each.chain === mine ? user.username : null);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    expect(seen[0]).toBe(`${mine}:5`);
    expect(seen.some((each) => each.startsWith(`${theirs}:`))).toBe(false);
    expect((await audit.page(db(), { userId: user.id, limit: 10 })).entries).toHaveLength(5);
  });

  test("[DB35] the rows of some actions of a chain are found in order, after any of them, and so are their subjects", async () => {
    const [chain, other] = [ids("chain"), ids("chain")];
    for (const [subject, action] of [
      ["a", "account.split"],
      [null, "account.split"],
      ["b", "order.placed"],
      ["c", "account.dividend"],
    ] as const) {
      await append(entry(chain, { subject, action }));
      await append(entry(other, { subject, action }));
    }
    const actions = ["account.split", "account.dividend"];
    expect((await audit.subjects(db(), chain, actions)).toSorted()).toEqual(["a", "c"]);
    const after = async (sequence: number, limit: number) =>
      (await audit.since(db(), chain, { sequence, actions, limit })).map((each) => each.sequence);
    expect(await after(0, 10)).toEqual([1, 2, 4]);
    expect(await after(1, 1)).toEqual([2]);
    expect(await after(4, 10)).toEqual([]);
  });

  test("[DB103] rows are chosen by action, person, mode and time, each alone and together", async () => {
    const user = await seedUser(db(), ids("Reader"));
    const chain = ids("chain");
    const rows = [
      { userId: user.id, action: "order.placed", mode: "paper" as const, at: NOW },
      { userId: user.id, action: "session.started", mode: null, at: NOW + 1 },
      { userId: null, action: "order.filled", mode: "paper" as const, at: NOW + 2 },
      { userId: null, action: "order.filled", mode: "live" as const, at: NOW + 3 },
    ];
    for (const each of rows) await append(entry(chain, each));
    const found = async (filters: Partial<audit.AuditPageQuery>) =>
      (await audit.page(db(), { userId: user.id, chains: [chain], limit: 10, ...filters })).entries.map(
        ({ sequence }) => sequence,
      );
    expect(await found({})).toEqual([4, 3, 2, 1]);
    expect(await found({ action: "order." })).toEqual([4, 3, 1]);
    expect(await found({ action: "rder" })).toEqual([]);
    expect(await found({ action: "order%" })).toEqual([]);
    expect(await found({ username: user.username.toUpperCase() })).toEqual([2, 1]);
    expect(await found({ username: null })).toEqual([4, 3]);
    expect(await found({ username: "nobody" })).toEqual([]);
    expect(await found({ mode: "live" })).toEqual([4]);
    expect(await found({ from: NOW + 1, to: NOW + 3 })).toEqual([3, 2]);
    expect(await found({ action: "order.", username: null, mode: "paper", from: NOW + 2, search: "AAPL" })).toEqual([
      3,
    ]);
  });

  test("[DB34] a search takes its text literally, in any case", async () => {
    const user = await seedUser(db(), ids("user"));
    await append(entry(ids("chain"), { userId: user.id, message: "100% of \\ under_score" }));
    await append(
      entry(ids("chain"), { userId: user.id, message: "100 shares", action: "session.started", subject: null }),
    );
    const found = async (search: string) =>
      (await audit.page(db(), { userId: user.id, search, limit: 10 })).entries.length;
    expect(await found("100%")).toBe(1);
    expect(await found("R_S")).toBe(1);
    expect(await found("\\")).toBe(1);
    expect(await found("SESSION.")).toBe(1);
    expect(await found("'; drop table audit_log; --\0")).toBe(0);
    expect(await found("")).toBe(2);
  });
});

/** Runs `work` in a transaction of which nothing stays. */
async function undone(
  db: { transaction: (work: (tx: Tx) => Promise<void>) => Promise<void> },
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const isOver = new Error("undone");
  await db
    .transaction(async (tx) => {
      await work(tx);
      throw isOver;
    })
    .catch((error: unknown) => {
      if (error !== isOver) throw error;
    });
}

async function rowsOf(tx: Tx, chain: string): Promise<Rows> {
  return tx
    .select()
    .from(auditLog)
    .where(sql`${auditLog.chain} = ${chain}`)
    .orderBy(auditLog.sequence);
}

/** Replaces a whole chain past the triggers, as the owner of the database can. */
async function overwrite(tx: Tx, chain: string, rows: Rows, rewriteHead: boolean): Promise<void> {
  await tx.execute(sql`alter table audit_log disable trigger user`);
  await tx.execute(sql`alter table audit_chains disable trigger user`);
  await tx.delete(auditLog).where(sql`${auditLog.chain} = ${chain}`);
  if (rows.length > 0) await tx.insert(auditLog).values(rows);
  const last = rows.at(-1);
  if (rewriteHead) {
    await tx
      .update(auditChains)
      .set({ lastSequence: last?.sequence ?? 0, lastHash: last?.hash ?? GENESIS_HASH })
      .where(sql`${auditChains.chain} = ${chain}`);
  }
  await tx.execute(sql`alter table audit_log enable trigger user`);
  await tx.execute(sql`alter table audit_chains enable trigger user`);
}

function rehash(rows: Rows): Rows {
  const chained: Rows = [];
  for (const each of rows) {
    const linked = { ...each, previousHash: chained.at(-1)?.hash ?? GENESIS_HASH };
    chained.push({ ...linked, hash: auditHash(linked) });
  }
  return chained;
}

function row(rows: Rows, index: number): audit.AuditRow {
  const found = rows[index];
  if (found === undefined) throw new RangeError(`there is no row ${index}`);
  return found;
}
