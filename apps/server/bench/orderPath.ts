// From an order's request on the wire to its write to the broker, at a steady rate over HTTP, beside a bare insert at the
// same rate: `node --import tsx bench/orderPath.ts [--store server|embedded] [--rate 300] [--seconds 10]`. One JSON line a
// figure. The broker is one that takes every order at once, so that what is measured is the desk.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { accountId, money, quantity, userId } from "@trenddojo/brokers/domain";
import { ManualFeed } from "@trenddojo/brokers/testing";
import { riskLimits, type DbHandle } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { createTestDesk } from "../src/testing/createTestDesk.ts";
import { faultyRegistry } from "../src/testing/faultyRegistry.ts";
import { heardFrom } from "./heardFrom.ts";
import { JumpingClock } from "./JumpingClock.ts";
import { makePeople, PASSWORD } from "./makePeople.ts";
import { openBenchStore } from "./openBenchStore.ts";
import type { LoadMessage, LoadTask } from "./orderLoad.ts";
import { percentile } from "./percentile.ts";
import { TakingBroker } from "./TakingBroker.ts";

/** Of each person: with the warm-up, fewer in ten seconds than the 50 open orders that an account may have. */
const ORDERS_A_SECOND = 3;

const { values } = parseArgs({
  options: {
    store: { type: "string", default: "server" },
    rate: { type: "string", default: "300" },
    seconds: { type: "string", default: "10" },
  },
});
/** Of each person, not measured: code that has not run before takes three times as long. */
const WARM_UP_ORDERS = 15;
const rate = Number(values.rate);
const seconds = Number(values.seconds);

await using store = await openBenchStore(values.store);
const bare = await bareInserts(store);
const broker = new TakingBroker(instant);
const clock = new JumpingClock();
// Prices that stand still: a paper account for each person would follow every tick, which is no part of an order's way.
await using feed = new ManualFeed({ clock, muteAfterMs: Number.MAX_SAFE_INTEGER });
feed.quote("AAPL", 20, 20.02);
await using desk = await createTestDesk({
  store,
  clock,
  feed,
  wrapRegistry: faultyRegistry(broker.calls),
});
const users = await makePeople(desk.url, clock, Math.ceil(rate / ORDERS_A_SECOND));
await raisePace(store);

const load = fork(fileURLToPath(new URL("orderLoad.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
const heard = heardFrom<LoadMessage>(load);
const task: LoadTask = {
  url: desk.url,
  users,
  password: PASSWORD,
  rate,
  seconds,
  warmUp: WARM_UP_ORDERS * users.length,
};
load.send(task);
await heard("warm");
const cpuBefore = process.cpuUsage();
const report = await heard("report");
load.send("heard");
const { user, system } = process.cpuUsage(cpuBefore);

const toWire = report.sent.flatMap(({ at, clientOrderId }) => {
  const wire = broker.reachedAt.get(clientOrderId);
  return wire === undefined ? [] : [wire - at];
});
const answered = report.sent.map(({ at, answeredAt }) => answeredAt - at);
print("orders asked for", report.sent.length + report.refused, "orders");
print("orders refused or lost", report.refused, "orders");
const fromIntent = await intentToWire(
  store,
  report.sent.map(({ clientOrderId }) => clientOrderId),
);
print("intent written to wire, p50", percentile(fromIntent, 0.5), "ms");
print("intent written to wire, p99", percentile(fromIntent, 0.99), "ms");
print("request to wire, p50", percentile(toWire, 0.5), "ms");
print("request to wire, p99", percentile(toWire, 0.99), "ms");
print("request to answer, p99", percentile(answered, 0.99), "ms");
print("the desk's CPU an order", (user + system) / 1_000 / (report.sent.length + report.refused), "ms");
print("bare insert, p50", percentile(bare, 0.5), "ms");
print("bare insert, p99", percentile(bare, 0.99), "ms");
print("request to wire by bare insert, p99", percentile(toWire, 0.99) / percentile(bare, 0.99), "times");

/** One row a statement, at the rate of the orders, each waited for by itself. */
async function bareInserts({ db }: DbHandle): Promise<readonly number[]> {
  await db.execute(sql`create table bare_inserts (id integer primary key, said text not null)`);
  const times: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    await until(startedAt + (index * 1_000) / rate);
    const from = performance.now();
    times.push(
      db.execute(sql`insert into bare_inserts values (${index}, 'bare')`).then(() => performance.now() - from),
    );
  }
  return Promise.all(times);
}

/** As many orders a minute as a person may set at all. */
async function raisePace({ db }: DbHandle): Promise<void> {
  const rows = await db.execute<{ id: string; user_id: string }>(sql`select id, user_id from accounts`);
  for (const row of rows) {
    await riskLimits.set(db, {
      accountId: accountId(row.id),
      maxOrderValue: money("100000"),
      maxOrderQuantity: quantity("100000"),
      maxPositionFraction: 10,
      maxExposureFraction: 10,
      maxDailyLossFraction: 1,
      priceCollarFraction: 1,
      maxOrdersPerMinute: 600,
      updatedAt: 0,
      updatedBy: userId(row.user_id),
    });
  }
}

/** Of each order, by the desk's own books: from the writing of its intent, which is committed after it, to the send; whole ms. */
async function intentToWire({ db }: DbHandle, clientOrderIds: readonly string[]): Promise<readonly number[]> {
  const rows = await db.execute<{ client_order_id: string; took: string }>(
    sql`select client_order_id, extract(epoch from sent_at - created_at) * 1000 as took from orders where sent_at is not null`,
  );
  const measured = new Set(clientOrderIds);
  return rows.flatMap(({ client_order_id: id, took }) => (measured.has(id) ? [Number(took)] : []));
}

function print(name: string, value: number, unit: string): void {
  process.stdout.write(
    `${JSON.stringify({ name: `${values.store}: ${name}`, value: Math.round(value * 100) / 100, unit })}\n`,
  );
}

/** Milliseconds on a clock that the processes of one machine share. */
function instant(): number {
  return performance.timeOrigin + performance.now();
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
}
