// What the audit log adds to an order, beside a bare insert, by turns: each order is stored, taken by its broker and
// filled by the journal, with an audit row a step and with none: one by one, and so many at once as a desk shares its
// transactions among. `node --import tsx bench/auditCost.ts [--orders 400]`.
// One JSON line a comparison.
import { parseArgs } from "node:util";
import { orderId, venueOrderId } from "@trenddojo/brokers/domain";
import { orders } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { createJournalKit } from "../src/testing/createJournalKit.ts";
import { percentile } from "./percentile.ts";

const GOAL_MS = 1;
/** As many steps as the desk puts into one transaction when it is busy. */
const AT_ONCE = 30;
const { values } = parseArgs({ options: { orders: { type: "string", default: "400" } } });
const count = Number(values.orders);

const kit = await createJournalKit("paper");
const { db, journal } = kit;
await db.execute(sql`create table bare (id text primary key)`);
/** Milliseconds; those of the steps that tell the log and of those that do not. */
const figures = {
  bare: times(),
  placed: { silent: times(), told: times() },
  whole: { silent: times(), told: times() },
  shared: { silent: times(), told: times() },
};
for (let index = 0; index < count * 2; index += 1) {
  const kind = index % 2 === 0 ? "silent" : "told";
  const took = await runOrder(`o${index}`, kind === "told");
  figures.placed[kind].push(took.placed);
  figures.whole[kind].push(took.whole);
  figures.bare.push(
    await timed(() => db.transaction((tx) => tx.execute(sql`insert into bare values (${`o${index}`})`))),
  );
}
for (let round = 0; round < count / 10; round += 1) {
  const kind = round % 2 === 0 ? "silent" : "told";
  const names = Array.from({ length: AT_ONCE }, (_, place) => `many${round}-${place}`);
  const took = await timed(() => Promise.all(names.map((name) => runOrder(name, kind === "told"))));
  figures.shared[kind].push(took / AT_ONCE);
}
await kit.close();

for (const [what, { silent, told }] of [
  ["what its audit row adds to storing an order, which is before the wire (p50)", figures.placed],
  ["what its three audit rows add to an order: stored, taken, filled (p50)", figures.whole],
  [`the same an order where ${AT_ONCE} come at once (p50)`, figures.shared],
] as const) {
  const [without, withRows, bare] = [median(silent), median(told), median(figures.bare)];
  const note = `${without.toFixed(2)} ms without, ${withRows.toFixed(2)} ms with`;
  const row = { what, value: Math.round((withRows - without) * 100) / 100, unit: "ms", note };
  print({ ...row, against: "the goal", reference: GOAL_MS });
  print({ ...row, against: "a bare insert (p50)", reference: Math.round(bare * 100) / 100 });
}

/** In milliseconds, the first step and all of them. */
async function runOrder(name: string, isTold: boolean) {
  const id = orderId(name);
  const said = (action: string) => ({ message: "a step", action: isTold ? action : null, userId: null });
  const placed = await timed(() =>
    journal.commit(id, async ({ tx, tell }) => {
      tell(await orders.insertIntent(tx, kit.intent(name)), said("order.placed"));
    }),
  );
  await db.transaction((tx) => orders.claimForSending(tx, { orderId: id, now: kit.clock.now(), epoch: 1 }));
  const changes = { venueOrderId: venueOrderId(`v-${name}`) };
  const rest = await timed(async () => {
    await journal.record(id, () => ({ event: "accept", changes, ...said("order.acknowledged") }));
    await journal.record(id, () => ({ event: "fill", ...said("order.filled") }));
  });
  return { placed, whole: placed + rest };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function times(): number[] {
  return [];
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
