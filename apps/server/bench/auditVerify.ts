// How long a million audit rows take to verify, beside reading them without looking at them:
// `node --import tsx bench/auditVerify.ts [--rows 1000000] [--store server|embedded]`. One JSON line a comparison.
import { parseArgs } from "node:util";
import { SystemClock } from "@trenddojo/brokers";
import { audit } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { AuditLog } from "../src/audit/AuditLog.ts";
import { noCheckpoints } from "../src/audit/readCheckpoints.ts";
import { verifyLog } from "../src/audit/verifyLog.ts";
import { openBenchStore } from "./openBenchStore.ts";

const CHAIN = "account:bench";
const BATCH = 5_000;
/** Rows that are read at once, as `audit.verify` does. */
const PAGE = 1_000;
const GOAL_SECONDS = 10;

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, store: { type: "string", default: "server" } },
});
const rows = Number(values.rows);
const clock = new SystemClock();

await using store = await openBenchStore(values.store);
const { db } = store;
await writeRows();
const read = await timed(readRows);
const verified = await timed(async () => {
  const { ok, rows: found } = await verifyLog(db, noCheckpoints, [CHAIN]);
  if (!ok || found !== rows) throw new Error("the log does not hold");
});

const row = {
  what: `verify ${rows.toLocaleString("en-US")} audit rows, ${values.store} store`,
  value: verified.seconds,
  unit: "s",
  note: `${verified.cpuSeconds} s of it on its core; at most ${verified.grownMiB} MiB more than before`,
};
print({ ...row, against: "the goal", reference: (GOAL_SECONDS * rows) / 1_000_000 });
print({ ...row, against: "reading them, page by page, without looking at them", reference: read.seconds });

async function writeRows(): Promise<void> {
  const log = new AuditLog(clock);
  for (let from = 0; from < rows; from += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, rows - from) }, (_, index) => entry(log, from + index));
    await db.transaction((tx) => audit.appendAll(tx, entries));
  }
}

function entry(log: AuditLog, index: number) {
  return log.entry({
    chain: CHAIN,
    userId: null,
    action: "order.filled",
    subject: `01ARZ3NDEKTSV4RRFFQ69G5FAV${index}`,
    mode: "paper",
    message: `Bought 100 AAPL at 187.50, order ${index} is filled`,
    details: { quantity: "100", price: "187.5", executionId: `e${index}`, commission: "0", currency: "USD" },
  });
}

async function readRows(): Promise<void> {
  for (let last = 0; last < rows; last += PAGE) {
    await db.execute(
      sql`select * from audit_log where chain = ${CHAIN} and sequence > ${last} order by sequence limit ${PAGE}`,
    );
  }
}

/** With the most that the process grew meanwhile, looked at ten times a second. */
async function timed(work: () => Promise<void>) {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): Disposable => {
    most = Math.max(most, process.memoryUsage.rss());
    return clock.setTimer(100, () => (watch = look()));
  };
  let watch = look();
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const [seconds, used] = [(performance.now() - from) / 1_000, process.cpuUsage(cpu)];
  watch[Symbol.dispose]();
  const cpuSeconds = (used.user + used.system) / 1e6;
  return { seconds: round(seconds), cpuSeconds: round(cpuSeconds), grownMiB: Math.round((most - before) / 2 ** 20) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
