import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { accountId, userId } from "@trenddojo/brokers/domain";
import { drifts, type Db, type DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { raiseAlert } from "./alerts/raiseAlert.ts";
import { createLogger } from "./createLogger.ts";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { createTestClient } from "./testing/createTestClient.ts";
import { createTestDesk } from "./testing/createTestDesk.ts";
import { createWebhookReceiver } from "./testing/createWebhookReceiver.ts";
import { dumpTables } from "./testing/dumpTables.ts";
import { everyMutation, MUTATIONS_WITHOUT_ROW } from "./testing/everyMutation.ts";
import { keyedRegistry } from "./testing/keyedRegistry.ts";
import { listProcedures } from "./testing/listProcedures.ts";
import { OWNER } from "./testing/people.ts";
import { SoftAuthenticator } from "./testing/SoftAuthenticator.ts";

const ALL = { perSecond: 1_000, burst: 10_000 };
const ORIGIN = "https://desk.example";
/** Both open the account of real money. */
const [KEYS, NEWER_KEYS] = ["first", "newer"].map((name) => ({
  keyId: "KEY00000000000000001",
  secretKey: `${name}:8fQz7Lk2Vx0WmR`,
}));
const accounts = new Map([KEYS, NEWER_KEYS].map((keys) => [keys?.secretKey ?? "", "PA1"]));
const BUCKETS = {
  signIn: ALL,
  signInStranger: ALL,
  signInAccount: ALL,
  signInKnown: ALL,
  password: ALL,
  secondFactor: ALL,
};
const CLOCK = new SystemClock();

/** What is written before the change, and stays: a key of the vault, that a code was used up, and a passkey's counter. */
const BEFOREHAND = {
  "factors.beginTotp": ["public.data_keys"],
  "factors.confirmTotp": ["public.totp_factors"],
  "auth.signInByPasskey": ["public.passkeys"],
};

let fresh: DbHandle;
let kit: Awaited<ReturnType<typeof createManualDesk>>;

beforeAll(async () => {
  // What the store refuses is an error in the log.
  fresh = await createTestStore();
  kit = await createManualDesk({
    buckets: BUCKETS,
    log: createLogger("silent"),
    store: { ...fresh, kind: "server", survivesPowerLoss: true },
    allowLive: true,
    publicOrigins: [ORIGIN],
    origin: ORIGIN,
    wrapRegistry: keyedRegistry({ accounts, open: new Set(), onPlace: () => Promise.resolve() }),
  });
  await refuseRowsOf(kit.desk.store.db);
  await letRows("in");
});
afterAll(async () => {
  await kit[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});

async function refuseRowsOf(db: Db): Promise<void> {
  await db.execute(sql`
    create function refuse_rows() returns trigger language plpgsql as
      $$ begin if new.user_id is not null then raise exception 'the audit log is full'; end if; return new; end $$`);
  await db.execute(
    sql`create trigger refuse_rows before insert on audit_log for each row execute function refuse_rows()`,
  );
}

/** Of what a person does; the desk's own rows come in always. */
function letRows(to: "in" | "out"): Promise<unknown> {
  return kit.desk.store.db.execute(
    sql.raw(`alter table audit_log ${to === "in" ? "disable" : "enable"} trigger refuse_rows`),
  );
}

async function rowCount(): Promise<number> {
  const [row] = [...(await kit.desk.store.db.execute<{ rows: number }>("select count(*)::int as rows from audit_log"))];
  return row?.rows ?? 0;
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

it("[SV29] [SV443] every mutation writes at least one row, and where it cannot be written nothing is done", async () => {
  await using fresh = createTestClient(kit.desk.url, ORIGIN);
  await using guest = createTestClient(kit.desk.url, ORIGIN);
  await using hook = await createWebhookReceiver();
  const { accountId: account, connectionId, person } = kit;
  await kit.api.auth.stepUp.mutate({ password: OWNER.password });
  const facts = { broker: "alpaca", mode: "live", label: "Real", credentials: { ...KEYS } } as const;
  const { id } = await kit.api.brokers.add.mutate(facts);
  const parts = {
    owner: person,
    fresh,
    guest,
    accountId: account,
    connectionId,
    webhookUrl: hook.url,
    live: { connectionId: id, credentials: { ...NEWER_KEYS } },
    passkey: new SoftAuthenticator(ORIGIN),
  };
  const mutations = await everyMutation({ ...parts, ...(await seed()) });
  const silent: string[] = [];
  const left: Record<string, readonly string[]> = {};
  for (const [path, mutate] of Object.entries(mutations)) {
    await letRows("out");
    const changed = await tablesChangedBy(() => expect(mutate()).rejects.toThrow("Something went wrong"));
    await letRows("in");
    const before = await rowCount();
    if (changed.length > 0) left[path] = changed;
    await mutate();
    if ((await rowCount()) <= before) silent.push(path);
  }
  expect(silent).toEqual([]);
  expect(await kit.api.marketData.watchlist.query()).toEqual(["MSFT", "AAPL"]);
  expect(await kit.api.audit.verify.query()).toMatchObject({ ok: true });
  expect(left).toEqual(BEFOREHAND);
  const known = [...Object.keys(mutations), ...MUTATIONS_WITHOUT_ROW, "auth.setUp", "live.disarm"];
  const all = listProcedures().filter(({ type }) => type === "mutation");
  expect(known.toSorted()).toEqual(all.map(({ path }) => path).toSorted());
});

it("[SV553] what writes no audit row stores nothing", async () => {
  await using guest = createTestClient(kit.desk.url, ORIGIN);
  const { passkeys, auth } = kit.api;
  const attestation = new SoftAuthenticator(ORIGIN).create(await passkeys.beginRegistration.mutate());
  await passkeys.register.mutate({ name: "Phone", attestation });
  const calls: Record<(typeof MUTATIONS_WITHOUT_ROW)[number], () => Promise<unknown>> = {
    "auth.webSocketTicket": () => auth.webSocketTicket.mutate(),
    "passkeys.beginRegistration": () => passkeys.beginRegistration.mutate(),
    "passkeys.beginSignIn": () => guest.api.passkeys.beginSignIn.mutate(),
    "passkeys.beginStepUp": () => passkeys.beginStepUp.mutate(),
  };
  for (const [path, call] of Object.entries(calls)) expect([path, await tablesChangedBy(call)]).toEqual([path, []]);
});

it("[SV443] a desk is not set up where that cannot be written down", async () => {
  await using desk = await createTestDesk({ log: createLogger("silent") });
  await using nobody = createTestClient(desk.url);
  await refuseRowsOf(desk.store.db);
  const before = await dumpTables(desk.store.db);
  await expect(nobody.api.auth.setUp.mutate(OWNER)).rejects.toThrow("Something went wrong");
  expect(await dumpTables(desk.store.db)).toEqual(before);
  await desk.store.db.execute(sql`alter table audit_log disable trigger refuse_rows`);
  await nobody.api.auth.setUp.mutate(OWNER);
});
