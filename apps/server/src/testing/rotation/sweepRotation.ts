import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BrokerCredentialStore, SeededRandom, SystemClock } from "@trenddojo/brokers";
import { connections, createDataKeyStore, createDb, credentials, users, type DbHandle } from "@trenddojo/db";
import { createEmptyDatabase, findTestServer } from "@trenddojo/db/testing";
import { openKey } from "../../openKey.ts";
import { connectionAt, rotatorSaid, secretAt, type RotatorOptions, type RotatorSaid } from "./rotation.ts";

export interface RotationSweep {
  readonly store: "postgres" | "embedded";
  readonly credentials: number;
  /** Processes that were killed, each after so many rows as `killedAt` has. */
  readonly kills: number;
  readonly killedAt: readonly number[];
  /** While it was rotated. */
  readonly reads: number;
  readonly failures: readonly string[];
  /** Of all credentials, by a process that was started afterwards. */
  readonly opened: number;
  /** Of the key-encryption key, at the end. */
  readonly version: number;
  readonly isRotating: boolean;
}

interface SweepSizes {
  readonly credentials: number;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (line: string) => void;
}

/**
 * Rotates both levels of keys of `credentials` in a real store, in a process that reads all the while and is killed with
 * SIGKILL `kills` times after a random row; each time a new one goes on. On a Postgres server where one answers, else embedded.
 */
export async function sweepRotation({ credentials: size, kills, seed, onKill }: SweepSizes): Promise<RotationSweep> {
  const dataDir = await mkdtemp(join(tmpdir(), "desk-rotation-"));
  const server = await findTestServer();
  const database = "skipped" in server ? null : await createEmptyDatabase(server);
  try {
    const places = { dataDir, databaseUrl: database?.url ?? null, credentials: size };
    await fill(places);
    const random = new SeededRandom(seed);
    const killedAt: number[] = [];
    let reads = 0;
    const failures: string[] = [];
    for (let isDone = false; !isDone;) {
      const mustDie = killedAt.length < kills;
      const killAfter = mustDie ? random.integer(Math.max(2, Math.ceil((2 * size) / (kills + 1)))) : Infinity;
      const last = await runProcess({ ...places, task: "rotate", seed: seed + killedAt.length }, killAfter);
      reads += last.reads;
      failures.push(...last.failures);
      isDone = last.end !== null && !mustDie;
      if (last.end === null) {
        killedAt.push(last.changed);
        onKill?.(`killed after ${last.changed} rows and ${last.reads} reads`);
      }
    }
    const { end, failures: unopened } = await runProcess({ ...places, task: "verify", seed }, Infinity);
    if (end === null) throw new Error("the last process said nothing");
    const store = database === null ? "embedded" : "postgres";
    const all = [...failures, ...unopened];
    return { store, credentials: size, kills: killedAt.length, killedAt, reads, failures: all, ...end };
  } finally {
    await database?.[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What it said last; `end` is null where it was killed. @throws Error where it ended by itself and not well */
async function runProcess(options: RotatorOptions, killAfter: number): Promise<RotatorSaid> {
  const child = fork(fileURLToPath(new URL("./rotatorMain.ts", import.meta.url)), [JSON.stringify(options)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaints += String(chunk)));
  let last: RotatorSaid = { changed: 0, reads: 0, failures: [], end: null };
  let isKilled = false;
  child.on("message", (message) => {
    last = rotatorSaid.parse(message);
    if (last.end === null && last.changed > killAfter) isKilled = child.kill("SIGKILL");
  });
  await once(child, "close");
  if (last.end === null && !isKilled) throw new Error(`the rotation ended by itself: ${complaints}`);
  return last;
}

/** People, connections and keys that a desk may have, sealed by its own key file. */
async function fill({ dataDir, databaseUrl, credentials: size }: Omit<RotatorOptions, "task" | "seed">): Promise<void> {
  await using handle: DbHandle = await createDb({ dataDir, databaseUrl: databaseUrl ?? undefined });
  const { db } = handle;
  const clock = new SystemClock();
  const { ring } = await openKey({ DATA_DIR: dataDir }, db, clock);
  using vault = new BrokerCredentialStore({ keyEncryptionKey: ring, dataKeys: createDataKeyStore(db, clock), clock });
  const scopes = Array.from({ length: size }, (_, index) => ({ index, scope: connectionAt(index) }));
  for (const id of new Set(scopes.map(({ scope }) => scope.userId))) {
    const person = { id, username: id, passwordHash: "x", role: "trader", createdAt: 1 } as const;
    await db.transaction((tx) => users.insert(tx, person));
  }
  const sealed = await Promise.all(
    scopes.map(async ({ index, scope }) => ({
      ...scope,
      envelope: await vault.seal({ ...scope, rowVersion: 1 }, secretAt(index)),
    })),
  );
  await db.transaction(async (tx) => {
    for (const { connectionId: id, userId, broker, mode, envelope } of sealed) {
      const facts = { id, userId, broker, mode, label: "Alpaca", desired: "disconnected", settings: {} } as const;
      await connections.insert(tx, { ...facts, builtIn: false, createdAt: 1 });
      await credentials.insert(tx, { connectionId: id, mode, envelope, hints: {}, at: 1 });
    }
  });
}
