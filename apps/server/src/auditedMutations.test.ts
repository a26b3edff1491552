import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { accountId, userId } from "@trenddojo/brokers/domain";
import { drifts } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { raiseAlert } from "./alerts/raiseAlert.ts";
import { createLogger } from "./createLogger.ts";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { createTestClient } from "./testing/createTestClient.ts";
import { createWebhookReceiver } from "./testing/createWebhookReceiver.ts";
import { dumpTables } from "./testing/dumpTables.ts";
import { everyMutation } from "./testing/everyMutation.ts";

const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = { signIn: ALL, signInStranger: ALL, signInAccount: ALL, signInKnown: ALL, password: ALL };
const CLOCK = new SystemClock();

/** What is written before the change, and stays: a key of the vault, and that a code was used up. */
const BEFOREHAND = { "factors.beginTotp": ["public.data_keys"], "factors.confirmTotp": ["public.totp_factors"] };

let kit: Awaited<ReturnType<typeof createManualDesk>>;

beforeAll(async () => {
  // What the store refuses is an error in the log.
  kit = await createManualDesk({ buckets: BUCKETS, log: createLogger("silent") });
  await kit.desk.store.db.execute(sql`
    create function refuse_rows() returns trigger language plpgsql as
      $$ begin if new.user_id is not null then raise exception 'the audit log is full'; end if; return new; end $$`);
  await kit.desk.store.db.execute(
    sql`create trigger refuse_rows before insert on audit_log for each row execute function refuse_rows()`,
  );
  await letRows("in");
});
afterAll(() => kit[Symbol.asyncDispose]());

/** Of what a person does; the desk's own rows come in always. */
function letRows(to: "in" | "out"): Promise<unknown> {
  return kit.desk.store.db.execute(
    sql.raw(`alter table audit_log ${to === "in" ? "disable" : "enable"} trigger refuse_rows`),
  );
}

/** The tables in which something changed while `work` ran. */
async function tablesChangedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await dumpTables(kit.desk.store.db);
  await work();
  const after = await dumpTables(kit.desk.store.db);
  return [...after.keys()].filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
}

async function seed() {
  const { db } = kit.desk.store;
  const user = userId((await kit.api.auth.status.query()).user?.id ?? "");
  const alert = { kind: "late_fill", subject: "o1", connectionId: null, message: "late" } as const;
  await db.transaction((tx) => raiseAlert(CLOCK, tx, { userId: user, ...alert }));
  const facts = { kind: "order_state", subject: "o1", symbol: null, here: "a", there: "b", cause: "c" } as const;
  const account = accountId(kit.accountId);
  const key = { id: randomUUID(), accountId: account, mode: "paper", evidence: {}, action: "asked" } as const;
  const drift = await db.transaction((tx) => drifts.seeOpen(tx, { ...facts, ...key }, CLOCK.now()));
  const { alerts } = await kit.api.alerts.list.query({});
  const order = {
    type: "limit",
    symbol: "AAPL",
    side: "buy",
    quantity: "1",
    price: "1.00",
    timeInForce: "gtc",
  } as const;
  return { driftId: drift.id, alertId: alerts[0]?.id ?? "", orderId: (await kit.place(order)).id };
}

it("[SV443] what a person does and its audit row are one: where the row cannot be written nothing is done", async () => {
  await using fresh = createTestClient(kit.desk.url);
  await using guest = createTestClient(kit.desk.url);
  await using hook = await createWebhookReceiver();
  const { accountId: account, connectionId, person } = kit;
  const parts = { owner: person, fresh, guest, accountId: account, connectionId, webhookUrl: hook.url };
  const mutations = await everyMutation({ ...parts, ...(await seed()) });
  const left: Record<string, readonly string[]> = {};
  for (const [path, mutate] of Object.entries(mutations)) {
    await letRows("out");
    const changed = await tablesChangedBy(() => expect(mutate()).rejects.toThrow("Something went wrong"));
    await letRows("in");
    if (changed.length > 0) left[path] = changed;
    await mutate();
  }
  expect(left).toEqual(BEFOREHAND);
});
