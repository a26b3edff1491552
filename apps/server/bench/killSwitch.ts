// The risk gate with its reads of the store, and the kill switch over 200 working orders at two brokers:
// `node --import tsx bench/killSwitch.ts [--store server|embedded]`. One JSON line a figure.
import { parseArgs } from "node:util";
import type { BrokerClient } from "@trenddojo/brokers";
import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import { parseOrder } from "@trenddojo/brokers/rules";
import { accounts, users } from "@trenddojo/db";
import { judgeOrder, readBrokerFacts } from "../src/orders/judgeOrder.ts";
import { SystemClock } from "@trenddojo/brokers";
import { createManualDesk } from "../src/testing/createManualDesk.ts";
import { raiseLimits } from "../src/testing/raiseLimits.ts";
import { until } from "../src/testing/until.ts";
import { openBenchStore } from "./openBenchStore.ts";
import { percentile } from "./percentile.ts";

const ORDERS = 200;
const JUDGED = 300;

const { values } = parseArgs({ options: { store: { type: "string", default: "embedded" } } });
await using store = await openBenchStore(values.store);
/** By broker: one that is added is made twice, the first time to prove it. */
const made = new Map<string, BrokerClient>();
await using trader = await createManualDesk({
  store,
  wrapRegistry: (registry) => ({
    ...registry,
    create: (request) => {
      const client = registry.create(request);
      made.set(request.broker, client);
      return client;
    },
  }),
});
const { api, person } = trader;
await api.brokers.add.mutate({ broker: "alpaca", mode: "mock", label: "Mock", credentials: {} });
const clients = [...made.values()];
for (const { id } of await api.accounts.list.query()) await raiseLimits(person, id, { maxOrdersPerMinute: "600" });
for (const client of clients) {
  for (let number = 0; number < ORDERS / clients.length; number += 1) {
    const price = formatFixed(parseFixed((1 + number / 100).toFixed(2)));
    await client.placeOrder({ symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price });
  }
}
const listOpen = async () => (await api.orders.list.query({ filter: "open", limit: 500 })).orders.length;
await until("the orders in the books", async () => (await listOpen()) === ORDERS, 120_000);

await gate();
await halt();

/** Judged as the desk does before each order, the broker's facts at hand. */
async function gate(): Promise<void> {
  const [client] = clients;
  const [user] = await users.list(store.db);
  const [account] = user === undefined ? [] : await accounts.listByUser(store.db, user.id);
  const parsed = parseOrder({ symbol: "MSFT", side: "buy", type: "limit", quantity: "1", price: "150.00" });
  if (client === undefined || account === undefined || !parsed.ok) throw new Error("there is nothing to judge");
  const clock = new SystemClock();
  const facts = await readBrokerFacts(clock, client, "MSFT");
  const times: number[] = [];
  for (let index = 0; index < JUDGED; index += 1) {
    const startedAt = performance.now();
    await judgeOrder(store.db, account, parsed.order, client, facts, { now: clock.now() });
    times.push(performance.now() - startedAt);
  }
  tell("risk gate with its three reads of the store (p99)", percentile(times, 0.99), percentile(times, 0.5));
}

async function halt(): Promise<void> {
  const startedAt = performance.now();
  await api.orders.halt.mutate({ reason: "a measurement" });
  tell("kill switch: from the call to the answer, when no order can go any more", performance.now() - startedAt);
  await until("all confirmed", async () => {
    const steps = (await api.risk.state.query()).halt?.steps ?? [];
    return steps.length === clients.length && steps.every(({ state }) => state === "confirmed");
  });
  tell(
    `kill switch: from the call until both brokers confirmed ${ORDERS} orders canceled`,
    performance.now() - startedAt,
  );
  await until("the books", async () => (await listOpen()) === 0, 60_000);
  tell(`kill switch: from the call until the desk's books have all ${ORDERS} ended`, performance.now() - startedAt);
}

function tell(name: string, value: number, p50?: number): void {
  const rounded = (ms: number): number => Number(ms.toFixed(2));
  const more = p50 === undefined ? {} : { p50: rounded(p50) };
  process.stdout.write(
    `${JSON.stringify({ name, unit: "ms", value: rounded(value), store: values.store, ...more })}\n`,
  );
}
