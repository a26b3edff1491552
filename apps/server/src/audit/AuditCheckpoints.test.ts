import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@trenddojo/brokers/testing";
import { audit, auditCheckpoints, type Db } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { until } from "../testing/until.ts";
import { AuditLog } from "./AuditLog.ts";
import type { AuditCheckpoints } from "./AuditCheckpoints.ts";
import { checkpointPath, openCheckpoints, signingKeyPath } from "./openCheckpoints.ts";
import { publicKeysPath, readPublicKeys } from "./SigningKey.ts";
import { verifyLog } from "./verifyLog.ts";

const LOOK_MS = 5_000;

/** A store, a folder for key and file, and a clock of the test's. */
async function createKit() {
  const folder = await mkdtemp(join(tmpdir(), "trenddojo-audit-"));
  const store = await createTestStore();
  const clock = new FakeClock();
  const log = new AuditLog(clock);
  const env = { DATA_DIR: folder, AUDIT_CHECKPOINT_FILE: undefined };
  const { db } = store;
  return {
    db,
    clock,
    env,
    file: checkpointPath(env),
    /** Not started. @param logged collects what is logged as an error */
    open: (logged: string[] = []) =>
      openCheckpoints(env, db, clock, pino({ level: "error" }, { write: (line: string) => void logged.push(line) })),
    write: (chain: string, rows: number) =>
      db.transaction((tx) =>
        audit.appendAll(
          tx,
          Array.from({ length: rows }, () => log.entry(record(chain))),
        ),
      ),
    verify: async (checkpoints: AuditCheckpoints) => verifyLog(db, await checkpoints.evidence()),
    /** Runs the look that is waited for, and waits until the next one is. */
    async look() {
      await until("the next look is waited for", () => clock.pendingTimers === 1);
      await clock.advance(LOOK_MS);
      await until("the next look is waited for", () => clock.pendingTimers === 1);
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const record = (chain: string) => ({
  chain,
  userId: null,
  action: "order.placed",
  subject: "o1",
  mode: "paper" as const,
  message: "Placed",
});

/** As the owner of the tables can. */
async function pastTheTriggers(db: Db, statements: readonly string[]): Promise<void> {
  const tables = ["audit_log", "audit_chains", "audit_checkpoints"];
  for (const table of tables) await db.execute(sql.raw(`alter table ${table} disable trigger user`));
  for (const statement of statements) await db.execute(sql.raw(statement));
  for (const table of tables) await db.execute(sql.raw(`alter table ${table} enable trigger user`));
}

describe("checkpoints of the audit log", () => {
  it("[SV180] are signed after a minute with rows, after a thousand rows at the next look, and not without any", async () => {
    await using kit = await createKit();
    const count = async () => (await auditCheckpoints.last(kit.db))?.number ?? 0;
    await kit.write("system", 3);
    await using checkpoints = await kit.open();
    await checkpoints.start();
    expect(await count()).toBe(1);
    // A minute without rows leaves none.
    for (let look = 0; look < 13; look += 1) await kit.look();
    expect(await count()).toBe(1);
    await kit.write("system", 1);
    await kit.write("account:a", 2);
    for (let look = 0; look < 12; look += 1) await kit.look();
    expect(await auditCheckpoints.last(kit.db)).toMatchObject({
      number: 2,
      heads: [
        { chain: "account:a", sequence: 2 },
        { chain: "system", sequence: 4 },
      ],
    });
    await kit.write("account:a", 999);
    await kit.look();
    expect(await count()).toBe(2);
    await kit.write("system", 1);
    await kit.look();
    expect(await count()).toBe(3);
    expect((await readFile(kit.file, "utf8")).trim().split("\n")).toHaveLength(3);
    expect(await kit.verify(checkpoints)).toMatchObject({ ok: true, checkpoints: 3, rows: 3 + 1 + 2 + 999 + 1 });
  });

  it("[SV180] are signed at the end, and copied to the file where a crash came between", async () => {
    await using kit = await createKit();
    {
      await using checkpoints = await kit.open();
      await checkpoints.start();
      await kit.write("system", 2);
    }
    const whole = await readFile(kit.file, "utf8");
    expect(whole.trim().split("\n")).toHaveLength(1);
    await writeFile(kit.file, whole.slice(0, 40));
    await using again = await kit.open();
    await again.sign();
    expect(await readFile(kit.file, "utf8")).toBe(whole);
    expect(await kit.verify(again)).toMatchObject({ ok: true, checkpoints: 1, fault: null });
  });

  it("[SV181] show a chain that was cut, with its head, and its checkpoints, in the database", async () => {
    await using kit = await createKit();
    const logged: string[] = [];
    await using checkpoints = await kit.open(logged);
    await kit.write("system", 4);
    await checkpoints.sign();
    await kit.write("system", 4);
    await checkpoints.sign();
    await pastTheTriggers(kit.db, [
      "delete from audit_log where sequence > 4",
      "update audit_chains set last_sequence = 4, last_hash = (select hash from audit_log where sequence = 4)",
      "delete from audit_checkpoints where number > 1",
    ]);
    expect(await kit.verify(checkpoints)).toMatchObject({
      ok: false,
      rows: 4,
      firstBad: { chain: "system", sequence: 5 },
      fault: "checkpoint 2 of the file is not in the database: it was cut, or restored from an older backup",
    });
    // Nothing is signed on top of it, which would make it look whole.
    await kit.write("system", 9);
    await checkpoints.sign();
    await checkpoints.sign();
    expect(logged.filter((line) => line.includes("lacks what was signed of it"))).toHaveLength(1);
    expect((await auditCheckpoints.last(kit.db))?.number).toBe(1);
  });

  it("[SV181] show a log that was written anew from the first row on, and a chain that is gone", async () => {
    await using kit = await createKit();
    await using checkpoints = await kit.open();
    await kit.write("account:a", 5);
    await kit.write("system", 2);
    await checkpoints.sign();
    await pastTheTriggers(kit.db, [
      "delete from audit_log",
      "delete from audit_chains",
      "delete from audit_checkpoints",
    ]);
    expect(await kit.verify(checkpoints)).toMatchObject({ ok: false, firstBad: { chain: "account:a", sequence: 1 } });
    await kit.clock.advance(1);
    await kit.write("account:a", 7);
    await kit.write("system", 2);
    expect(await kit.verify(checkpoints)).toMatchObject({ ok: false, firstBad: { chain: "account:a", sequence: 5 } });
  });

  it("[SV181] are not what they were once one is edited, left out, swapped or signed by a stranger", async () => {
    await using kit = await createKit();
    await using checkpoints = await kit.open();
    for (let round = 0; round < 3; round += 1) {
      await kit.write("system", 2);
      await checkpoints.sign();
    }
    const text = await readFile(kit.file, "utf8");
    const lines = text.trim().split("\n");
    const [one = "", two = "", three = ""] = lines;
    await using stranger = await createKit();
    await stranger.write("system", 2);
    await using forger = await stranger.open();
    await forger.sign();
    const forged = (await readFile(stranger.file, "utf8")).trim();
    const faultOf = async (...forgery: readonly string[]) => {
      await writeFile(kit.file, `${forgery.join("\n")}\n`);
      return (await kit.verify(checkpoints)).fault;
    };
    expect(await faultOf(one.replace('"sequence":2', '"sequence":1'), two, three)).toBe(
      "checkpoint 1 of the file is not as it was signed",
    );
    expect(await faultOf(one, three)).toBe("checkpoint 2 of the file is missing");
    expect(await faultOf(two, one, three)).toBe("checkpoint 1 of the file is missing");
    expect(await faultOf(forged)).toMatch(
      /^checkpoint 1 of the file was signed by a key whose public half is not here/,
    );
    expect(await faultOf(one, "garbage", three)).toBe("line 2 of the file is no checkpoint");
    expect(await faultOf(one, two)).toBe(null);
    await writeFile(kit.file, text);
    await pastTheTriggers(kit.db, ["update audit_checkpoints set at = at + interval '1 ms' where number = 2"]);
    expect((await kit.verify(checkpoints)).fault).toBe("checkpoint 2 of the database is not as it was signed");
  });

  it("[SV182] are signed by a key that only its owner reads; a new one leaves what the old one signed verifiable", async () => {
    await using kit = await createKit();
    const path = signingKeyPath(kit.env);
    {
      await using checkpoints = await kit.open();
      await kit.write("system", 1);
      await checkpoints.sign();
    }
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(path);
    await using checkpoints = await kit.open();
    await kit.write("system", 1);
    await checkpoints.sign();
    expect((await readPublicKeys(publicKeysPath(path))).size).toBe(2);
    expect(await kit.verify(checkpoints)).toMatchObject({ ok: true, checkpoints: 2 });
    await chmod(path, 0o644);
    await expect(kit.open()).rejects.toThrow(/others may read the key file .*: chmod 600 it/);
    await chmod(path, 0o600);
    await writeFile(path, "no key");
    await expect(kit.open()).rejects.toThrow(/is no Ed25519 key/);
  });
});
