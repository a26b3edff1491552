// The risk gate with its reads of the store, and the kill switch over 200 working orders at three brokers, one of them hung:
// `node --import tsx bench/killSwitch.ts [--store server|embedded]`. One JSON line a figure.
import { parseArgs } from "node:util";
import type { BrokerClient } from "@trenddojo/brokers";
import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import { parseOrder } from "@trenddojo/brokers/rules";
import { accounts, users } from "@trenddojo/db";
import { judgeOrder, readBrokerFacts } from "../src/orders/judgeOrder.ts";
import { SystemClock } from "@trenddojo/brokers";
import { createManualDesk } from "../src/testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../src/testing/faultyRegistry.ts";
import { raiseLimits } from "../src/testing/raiseLimits.ts";
import { until } from "../src/testing/until.ts";
import { openBenchStore } from "./openBenchStore.ts";
import { percentile } from "./percentile.ts";

const ORDERS = 200;
const JUDGED = 300;
/** It takes requests and answers none. */
const HUNG = "interactive_brokers";
const HANGING: Faults = {
  cancelAllOrders: () => () => new Promise<never>(() => undefined),
  getOpenOrders: () => () => new Promise<never>(() => undefined),
};

const { values } = parseArgs({ options: { store: { type: "string", default: "embedded" } } });
await using store = await openBenchStore(values.store);
/** By broker: one that is added is made twice, the first time to prove it. */
const made = new Map<string, BrokerClient>();
const faults: Faults = {};
await using trader = await createManualDesk({
  store,
  wrapRegistry: (registry) => ({
    ...registry,
    create: (request) => {
      const client = faultyRegistry(request.broker === HUNG ? faults : {})(registry).create(request);
      made.set(request.broker, client);
      return client;
    },
  }),
});
const { api, person } = trader;
for (const broker of ["alpaca", HUNG])
  await api.brokers.add.mutate({ broker, mode: "mock", label: broker, credentials: {} });
const clients = [...made.values()];
for (const { id } of await api.accounts.list.query()) await raiseLimits(person, id, { maxOrdersPerMinute: "600" });
for (const client of clients) {
  for (let number = 0; number < share(client); number += 1) {
    const price = formatFixed(parseFixed((1 + number / 100).toFixed(2)));
    await client.placeOrder({ symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price });
  }
}
const listOpen = async () => (await api.orders.list.query({ filter: "open", limit: 500 })).orders.length;
await until("the orders in the books", async () => (await listOpen()) === ORDERS, 120_000);

await gate();
await halt();

/** The orders of one of the brokers: as even as they go, and all together 200. */
function share(client: BrokerClient): number {
  const index = clients.indexOf(client);
  return Math.floor((ORDERS + index) / clients.length);
}

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
  Object.assign(faults, HANGING);
  const hung = made.get(HUNG);
  const [hangs, others] = hung === undefined ? [0, ORDERS] : [share(hung), ORDERS - share(hung)];
  const startedAt = performance.now();
  await api.orders.halt.mutate({ reason: "a measurement" });
  tell("kill switch: from the call to the answer, when no order can go any more", performance.now() - startedAt);
  const steps = async () => (await api.risk.state.query()).halt?.steps ?? [];
  await until("the others confirmed", async () => {
    const rest = (await steps()).filter(({ broker }) => broker !== HUNG);
    return rest.length === clients.length - 1 && rest.every(({ state }) => state === "confirmed");
  });
  tell(
    `kill switch: from the call until two brokers confirmed ${others} orders canceled`,
    performance.now() - startedAt,
  );
  await until("their books", async () => (await listOpen()) === hangs, 60_000);
  tell(`kill switch: from the call until the desk's books have those ${others} ended`, performance.now() - startedAt);
  const ofHung = async () => (await steps()).find(({ broker }) => broker === HUNG);
  await until("the hung one is told", async () => (await ofHung())?.state === "unconfirmed");
  tell("kill switch: from the call until the hung broker is told as unconfirmed", performance.now() - startedAt);
  await until("it is asked again", async () => ((await ofHung())?.attempts ?? 0) >= 2, 60_000);
  tell("kill switch: from the call until its second attempt had no answer either", performance.now() - startedAt);
  for (const name of Object.keys(HANGING)) Reflect.deleteProperty(faults, name);
  const answersAt = performance.now();
  await until("it confirms", async () => (await ofHung())?.state === "confirmed", 60_000);
  tell(
    `kill switch: from when it answers again until it confirmed its ${hangs} orders canceled`,
    performance.now() - answersAt,
  );
  await until("the books", async () => (await listOpen()) === 0, 60_000);
}

function tell(name: string, value: number, p50?: number): void {
  const rounded = (ms: number): number => Number(ms.toFixed(2));
  const more = p50 === undefined ? {} : { p50: rounded(p50) };
  process.stdout.write(
    `${JSON.stringify({ name, unit: "ms", value: rounded(value), store: values.store, ...more })}\n`,
  );
}
