import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SystemClock } from "@trenddojo/brokers";
import { createTestClient, OWNER, percentile, type TestClient } from "@trenddojo/server/testing";
import { z } from "zod";
import { Child } from "../lib/Child.ts";
import { tally, type Tally } from "./Attack.ts";
import { ATTACKS } from "./attacks.ts";
import { tradeUntil, type Experience } from "./GoodUser.ts";

export interface AttackRun {
  /** Of each attack, and of the quiet time before. */
  readonly seconds: number;
  readonly size: number;
  /** @default all */
  readonly names?: readonly string[];
  /** Aims the attacks at a bare server instead: what is felt then is not the desk's doing. @default false */
  readonly isControl?: boolean;
  readonly onRow: (row: AttackRow) => void;
}

/** What the good user saw during one attack; milliseconds. */
export interface AttackRow {
  readonly attack: string;
  readonly calls: number;
  readonly failures: readonly string[];
  readonly p50: number;
  readonly p99: number;
  readonly slowestOrder: number;
  /** The most that the desk's process held, MiB. */
  readonly rssMiB: number;
  readonly tally: Tally;
}

const MALLORY = { username: "mallory", password: "bad words in good order", role: "trader" } as const;
const MEMORY_EVERY_MS = 250;
const MIB = 1024 * 1024;

/** Starts a desk, has somebody trade on it in peace, then under each attack; the quiet row first. */
export async function runAttacks(run: AttackRun): Promise<readonly AttackRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "attack-"));
  const start = () => new Child(new URL("./attackDesk.ts", import.meta.url), { dataDir: join(folder, "data") });
  // Making the database takes twice the memory that keeping one does: it is made by a process that ends.
  const first = start();
  let desk = first;
  try {
    const cookie = await setUp(first);
    desk = start();
    const url = z.string().parse(await desk.ask({ what: "url" }));
    await using good = createTestClient(url);
    good.setCookie(cookie);
    // The first calls of a process are its slowest.
    await tradeUntil(good, AbortSignal.timeout(Math.min(3, run.seconds) * 1_000));
    const rows = [await measure(run, "quiet", { desk, good, attack: () => Promise.resolve({}) })];
    for (const name of run.names ?? Object.keys(ATTACKS)) rows.push(await underAttack(run, name, { desk, good, url }));
    await desk.ask({ what: "stop" });
    return rows;
  } finally {
    await desk.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes both people, ends the desk, and answers the good one's cookie. */
async function setUp(desk: Child): Promise<string> {
  await using client = createTestClient(z.string().parse(await desk.ask({ what: "url" })));
  await client.api.auth.setUp.mutate(OWNER);
  await client.api.auth.createUser.mutate(MALLORY);
  await desk.ask({ what: "stop" });
  await desk.kill();
  return client.cookie();
}

async function underAttack(
  run: AttackRun,
  name: string,
  { desk, good, url }: { readonly desk: Child; readonly good: TestClient; readonly url: string },
): Promise<AttackRow> {
  await using mallory = createTestClient(url);
  await mallory.api.auth.signIn.mutate({ username: MALLORY.username, password: MALLORY.password });
  await using attacker = new Child(new URL("./attackMain.ts", import.meta.url), {});
  await using standIn = new Child(new URL("./standIn.ts", import.meta.url), {});
  const { seconds, size } = run;
  const target = run.isControl === true ? z.string().parse(await standIn.ask({ what: "url" })) : url;
  const options = { url: target, cookie: mallory.cookie(), seconds, size };
  const attack = async (): Promise<Tally> => tally.parse(await attacker.ask({ name, options }));
  // Awaited here: the attacker ends with this scope.
  return await measure(run, name, { desk, good, attack });
}

async function measure(
  { seconds, onRow }: AttackRun,
  attack: string,
  parts: { readonly desk: Child; readonly good: TestClient; readonly attack: () => Promise<Tally> },
): Promise<AttackRow> {
  const over = new AbortController();
  const making = parts.attack();
  // Where something else fails first, that is what is told.
  making.catch(() => undefined);
  const [experience, rssMiB, counts] = await Promise.all([
    tradeUntil(parts.good, over.signal),
    mostMemory(parts.desk, over.signal),
    Promise.all([making, new SystemClock().sleep(seconds * 1_000)])
      .then(([done]) => done)
      .finally(() => over.abort()),
  ]);
  const row = { attack, ...summary(experience), rssMiB, tally: counts };
  onRow(row);
  return row;
}

function summary({ calls, orders, failures }: Experience) {
  const sorted = calls.toSorted((a, b) => a - b);
  return {
    calls: calls.length,
    failures,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    slowestOrder: Math.max(0, ...orders),
  };
}

async function mostMemory(desk: Child, signal: AbortSignal): Promise<number> {
  const clock = new SystemClock();
  let most = 0;
  while (!signal.aborted) {
    most = Math.max(most, z.number().parse(await desk.ask({ what: "memory" })));
    await clock.sleep(MEMORY_EVERY_MS, { signal }).catch(() => undefined);
  }
  return Math.round(most / MIB);
}
