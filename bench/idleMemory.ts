import { readFile } from "node:fs/promises";
import { startDesk } from "../e2e/desk.ts";
import { ALL, type Row } from "./Row.ts";
import { setUp } from "./setUp.ts";

const SETTLE_MS = 20_000;
/** The goal for a whole desk at rest. */
const GOAL_MB = 150;

/** Resident memory of the server, reopened on data that it has, with the feed ticking and nobody looking. */
export async function benchIdleMemory(databaseUrl?: string): Promise<readonly Row[]> {
  const rows = [await measure("embedded Postgres", {})];
  if (databaseUrl !== undefined) rows.push(await measure("Postgres server", { DATABASE_URL: databaseUrl }));
  return rows;
}

async function measure(store: string, env: Readonly<Record<string, string>>): Promise<Row> {
  await using first = await startDesk({ env });
  await setUp(first.url);
  await first.stop();
  await using desk = await startDesk({ env, dataDir: first.dataDir });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const status = await readFile(`/proc/${desk.pid}/status`, "utf8");
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  return {
    what: `memory at idle, ${store}`,
    value: Math.round((kilobytes * 1024) / 1e6),
    unit: "MB",
    against: "the goal",
    reference: GOAL_MB,
    note: `resident, ${SETTLE_MS / 1000} s after a second start, synthetic feed ticking`,
    command: ALL,
  };
}
