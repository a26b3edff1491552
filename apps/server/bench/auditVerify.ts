// How long a million audit rows take to verify, and what the audit row of an order's step costs:
// `node --import tsx bench/auditVerify.ts [--rows 1000000] [--steps 500] [--store server|embedded]`. One JSON line a figure.
import { parseArgs } from "node:util";
import { SystemClock } from "@trenddojo/brokers";
import { audit, type DbHandle } from "@trenddojo/db";
import { createServerTestDb, createTestDb, findTestServer } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { AuditLog } from "../src/audit/AuditLog.ts";
import { noCheckpoints } from "../src/audit/readCheckpoints.ts";
import { verifyLog } from "../src/audit/verifyLog.ts";
import { percentile } from "./percentile.ts";

const BATCH = 5_000;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    steps: { type: "string", default: "500" },
    store: { type: "string", default: "server" },
  },
});
const [rows, steps] = [Number(values.rows), Number(values.steps)];

await using store = await openStore(values.store);
const { db } = store;
const log = new AuditLog(new SystemClock());
const record = (chain: string, index: number) => ({
  chain,
  userId: null,
  action: "order.filled",
  subject: `01ARZ3NDEKTSV4RRFFQ69G5FAV${index}`,
  mode: "paper" as const,
  message: `Bought 100 AAPL at 187.50, order ${index} is filled`,
  details: { quantity: "100", price: "187.5", executionId: `e${index}`, commission: "0", currency: "USD" },
});

// The change alone, and with its row, by turns: the difference is what the row costs.
await db.execute(sql`create table changes (id integer primary key, state text not null)`);
const [alone, told]: [number[], number[]] = [[], []];
for (let step = 0; step < steps; step += 1) {
  alone.push(await timed(() => db.transaction((tx) => tx.execute(change(step * 2)))));
  told.push(
    await timed(() =>
      db.transaction(async (tx) => {
        await tx.execute(change(step * 2 + 1));
        await log.append(tx, record("account:a", step));
      }),
    ),
  );
}
print("audit row of a change, p50", percentile(told, 0.5) - percentile(alone, 0.5), "ms");
print("change with its audit row, p50", percentile(told, 0.5), "ms");

for (let from = 0; from < rows; from += BATCH) {
  const entries = Array.from({ length: Math.min(BATCH, rows - from) }, (_, index) =>
    log.entry(record("account:b", from + index)),
  );
  await db.transaction((tx) => audit.appendAll(tx, entries));
}
const startedAt = performance.now();
const verified = await verifyLog(db, noCheckpoints, ["account:b"]);
if (!verified.ok || verified.rows !== rows) throw new Error("the log does not hold");
print(`verify ${rows} audit rows`, (performance.now() - startedAt) / 1_000, "s");

function change(id: number) {
  return sql`insert into changes values (${id}, 'FILLED')`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function openStore(kind: string): Promise<DbHandle> {
  if (kind === "embedded") return createTestDb();
  const server = await findTestServer();
  if ("skipped" in server) throw new Error(server.skipped);
  return createServerTestDb(server);
}

function print(name: string, value: number, unit: string): void {
  process.stdout.write(
    `${JSON.stringify({ name: `${values.store}: ${name}`, value: Math.round(value * 100) / 100, unit })}\n`,
  );
}
