// From the start of a desk to the end of its first reconciliation, with many open orders and a long audit log, beside
// reading those orders: `node --import tsx bench/boot.ts [--orders 10000] [--audit 1000000]`. On a Postgres server.
import { parseArgs } from "node:util";
import type { BrokerClient } from "@trenddojo/brokers";
import { clientOrderId, price, quantity, venueOrderId, type Order } from "@trenddojo/brokers/domain";
import type { DbHandle } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { createTestClient } from "../src/testing/createTestClient.ts";
import { createTestDesk } from "../src/testing/createTestDesk.ts";
import { faultyRegistry } from "../src/testing/faultyRegistry.ts";
import { setUp } from "../src/testing/people.ts";
import { openBenchStore } from "./openBenchStore.ts";

const RUNS = 3;

const { values } = parseArgs({
  options: { orders: { type: "string", default: "10000" }, audit: { type: "string", default: "1000000" } },
});
const orderCount = Number(values.orders);
const placedAt = Date.now();

await using store = await openBenchStore("server");
const cookie = await firstStart(store);

const seededAt = performance.now();
await fill(store);
print("seeding", performance.now() - seededAt);

const boots: number[] = [];
const reads: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const from = performance.now();
  await using desk = await createTestDesk({ store, wrapRegistry: faultyRegistry({ getOpenOrders: answerOpenOrders }) });
  await using client = createTestClient(desk.url);
  client.setCookie(cookie);
  for (;;) {
    const [connection] = await client.api.brokers.list.query();
    if (connection?.reconciledAt !== null && connection?.reconciledAt !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  boots.push(performance.now() - from);
  const read = performance.now();
  await store.db.execute(sql`select * from orders`);
  reads.push(performance.now() - read);
}
print(`start to reconciled, ${orderCount} open orders, ${values.audit} audit rows`, middle(boots));
print("reading those orders and nothing else", middle(reads));

async function firstStart(handle: DbHandle): Promise<string> {
  await using desk = await createTestDesk({ store: handle });
  await using client = createTestClient(desk.url);
  await setUp(client);
  return client.cookie();
}

async function fill({ db }: DbHandle): Promise<void> {
  await db.execute(sql`
    insert into orders (id, user_id, account_id, mode, origin, idempotency_key, request_hash, client_order_id,
      venue_order_id, symbol, side, type, time_in_force, extended_hours, quantity, price, state, filled_quantity,
      attempt, valid_until, created_at, sent_at, acknowledged_at, updated_at, claimed_at)
    select gen_random_uuid(), user_id, id, mode, 'desk', gen_random_uuid(), 'bench', 'tdP-' || lpad(n::text, 26, '0'),
      'bench-' || n, 'AAPL', 'buy', 'limit', 'gtc', false, 1, 10, 'WORKING', 0, 1, now(), now(), now(), now(), now(), now()
    from accounts, generate_series(1, ${orderCount}::integer) n`);
  // Built once over all the rows, not row by row.
  const indexes = await db.execute<{ indexname: string; indexdef: string }>(
    sql`select indexname, indexdef from pg_indexes where tablename = 'audit_log' and indexname <> 'audit_log_pk'`,
  );
  for (const { indexname } of indexes) await db.execute(sql.raw(`drop index ${indexname}`));
  await db.execute(sql`
    insert into audit_log (chain, sequence, at, action, message, details, previous_hash, hash)
    select 'bench', n, now(), 'bench.row', 'one of many', '{}', repeat(md5(n::text), 2), repeat(md5(n::text), 2)
    from generate_series(1, ${Number(values.audit)}::integer) n`);
  for (const { indexdef } of indexes) await db.execute(sql.raw(indexdef));
  await db.execute(sql`analyze`);
}

function answerOpenOrders(): BrokerClient["getOpenOrders"] {
  const open = Array.from({ length: orderCount }, (_, index): Order => openOrder(index + 1));
  return () => Promise.resolve(open);
}

function openOrder(n: number): Order {
  return {
    orderId: venueOrderId(`bench-${n}`),
    clientOrderId: clientOrderId(`tdP-${String(n).padStart(26, "0")}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    quantity: quantity("1"),
    filledQuantity: quantity("0"),
    averageFillPrice: null,
    price: price("10"),
    stopPrice: null,
    status: "submitted",
    submittedAt: placedAt,
    updatedAt: placedAt,
    reason: null,
  };
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function print(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value), unit: "ms" })}\n`);
}
