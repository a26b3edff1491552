import { randomUUID } from "node:crypto";
import { connectionId as toConnectionId } from "@trenddojo/brokers/domain";
import { credentials } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import type { DbHandle } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createLogger } from "./createLogger.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { ACCESS } from "./testing/accessTable.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { keyedRegistry } from "./testing/keyedRegistry.ts";
import { listProcedures } from "./testing/listProcedures.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

const [FIRST, SECOND, THIRD, OTHERS] = ["first", "second", "third", "others"].map(
  (name) => `${name}:8fQz7Lk2Vx0WmR${name.toUpperCase()}`,
);
const keysOf = (secretKey = "") => ({ keyId: "KEY00000000000000001", secretKey });
const MINUTE_MS = 60_000;
/** One that was not asked for before: the same order twice within seconds is refused. */
let shares = 0;
const market = (): OrderInput => {
  shares += 1;
  return { type: "market", symbol: "AAPL", side: "buy", quantity: String(shares), timeInForce: "day" };
};

const clock = new JumpClock();
const placedWith: string[] = [];
let onPlace: (() => Promise<void>) | null = null;
const venue = {
  accounts: new Map([
    [FIRST ?? "", "PA1"],
    [SECOND ?? "", "PA1"],
    [THIRD ?? "", "PA1"],
    [OTHERS ?? "", "PA2"],
  ]),
  open: new Set<string>(),
  onPlace: async (secretKey: string): Promise<void> => {
    placedWith.push(secretKey);
    await onPlace?.();
  },
};
let store: DbHandle;
let desk: TestDesk;
let ada: TestClient;
let id = "";
let accountId = "";

beforeAll(async () => {
  store = await createTestStore();
  // What cannot be opened is an error in the log.
  desk = await createTestDesk({ clock, store, wrapRegistry: keyedRegistry(venue), log: createLogger("silent") });
  ada = createTestClient(desk.url);
  await setUp(ada);
  ({ id } = await ada.api.brokers.add.mutate({
    broker: "alpaca",
    mode: "paper",
    label: "Alpaca",
    credentials: keysOf(FIRST),
  }));
  accountId = (await ada.api.accounts.list.query()).find(({ connectionId }) => connectionId === id)?.id ?? "";
});
afterEach(() => {
  onPlace = null;
});
afterAll(async () => {
  await ada[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const replace = (secretKey = "") =>
  ada.api.brokers.replaceCredentials.mutate({ connectionId: id, credentials: keysOf(secretKey) });
const view = async () => (await ada.api.brokers.list.query()).find((each) => each.id === id);
const row = () => credentials.find(store.db, toConnectionId(id));
const place = () => ada.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: market() });
const ready = () => until("the connection", async () => (await view())?.status.state === "connected");
const replacements = async () => (await ada.api.audit.list.query({ action: "connection.keys_replaced" })).entries;
const alertOf = async (kind: string) =>
  (await ada.api.alerts.list.query({ filter: "all" })).alerts.find(
    (alert) => alert.connectionId === id && alert.kind === kind,
  );

it("[SV330] keys that prove nothing, or another account, change nothing; each refusal has its code", async () => {
  const before = { row: await row(), view: await view() };
  expect((await refusalOf(replace(""))).issues).toMatchObject([{ field: "credentials.secretKey" }]);
  expect((await refusalOf(replace("a secret that opens nothing"))).code).toBe("AUTHENTICATION_FAILED");
  const other = await refusalOf(replace(OTHERS));
  expect(other).toMatchObject({ code: "OTHER_ACCOUNT", outcome: "refused", httpStatus: 409 });
  expect(other.message).toMatch(/PA2 \(paper\).*PA1 \(paper\)/);
  expect(JSON.stringify(other)).not.toContain(OTHERS);
  expect({ row: await row(), credentialHints: (await view())?.credentialHints }).toEqual({
    row: before.row,
    credentialHints: before.view?.credentialHints,
  });
  expect([...venue.open]).toEqual([FIRST]);
  expect(await replacements()).toEqual([]);
});

it("[SV331] new keys of the same account take the place of the old ones, on record, and the old client is closed", async () => {
  const before = await view();
  clock.jump(MINUTE_MS);
  const answer = await replace(SECOND);
  expect(answer.credentialHints).toMatchObject({ secretKey: SECOND?.slice(-4) });
  expect(Date.parse(answer.credentialsSetAt ?? "")).toBeGreaterThanOrEqual(
    Date.parse(before?.credentialsSetAt ?? "") + MINUTE_MS,
  );
  expect(await row()).toMatchObject({ rowVersion: 2 });
  expect([...venue.open]).toEqual([SECOND]);
  expect((await replacements()).map(({ message }) => message)).toEqual([
    "Ada replaced the keys of Alpaca, account PA1 (paper)",
  ]);
  await ready();
  await place();
  await until("the order", () => placedWith.includes(SECOND ?? ""));
});

it("[SV332] an order that is under way gets its answer on the old client; until the new one is open others are refused", async () => {
  await ready();
  placedWith.length = 0;
  const answers: (() => void)[] = [];
  const answered = new Promise<void>((resolve) => answers.push(resolve));
  onPlace = () => answered;
  const placed = await place();
  await until("the request", () => placedWith.length === 1);
  const replaced = replace(THIRD);
  const refusal = await until("the change", async () => {
    const outcome = await refusalOf(place()).catch(() => null);
    return outcome?.message.includes("other keys") === true ? outcome : null;
  });
  expect(refusal).toMatchObject({ code: "NOT_CONNECTED", outcome: "refused" });
  expect([...venue.open]).toEqual([SECOND]);
  onPlace = null;
  for (const answer of answers) answer();
  await replaced;
  expect([...venue.open]).toEqual([THIRD]);
  const { order } = await ada.api.orders.get.query({ orderId: placed.id });
  expect(order.state).not.toBe("UNKNOWN");
  expect(order.venueOrderId).not.toBeNull();
  expect(placedWith[0]).toBe(SECOND);
  await ready();
  await place();
  await until("an order with the new keys", () => placedWith.at(-1) === THIRD);
});

it("[SV333] keys that cannot be opened any more are named, on the card and by an alert, and entered again by replacing them", async () => {
  await ada.api.brokers.disconnect.mutate({ connectionId: id });
  await store.db.execute(sql`update broker_credentials set row_version = row_version + 1 where connection_id = ${id}`);
  const refusal = await refusalOf(ada.api.brokers.connect.mutate({ connectionId: id }));
  expect(refusal).toMatchObject({ code: "KEYS_UNREADABLE", message: expect.stringContaining("NOT_AUTHENTIC") });
  expect(refusal.fix).toContain("again");
  expect(await view()).toMatchObject({ credentialFault: "NOT_AUTHENTIC", status: { isConnected: false } });
  const alert = await until("the alert", () => alertOf("connection_down"));
  expect(alert).toMatchObject({ message: expect.stringContaining("Enter them again"), recoveredAt: null });
  expect(await replace(FIRST)).toMatchObject({ credentialFault: null });
  await ready();
  await until("its end", async () => (await alertOf("connection_down"))?.recoveredAt);
  expect([...venue.open]).toEqual([FIRST]);
});

it("[SV335] a connection that is disconnected gets its keys and stays disconnected; one without keys has none to replace", async () => {
  await ada.api.brokers.disconnect.mutate({ connectionId: id });
  expect(await replace(THIRD)).toMatchObject({ desired: "disconnected", status: { isConnected: false } });
  expect(venue.open.size).toBe(0);
  await ada.api.brokers.connect.mutate({ connectionId: id });
  expect([...venue.open]).toEqual([THIRD]);
  const paper = (await ada.api.brokers.list.query()).find(({ broker }) => broker === "paper");
  const ofPaper = { connectionId: paper?.id ?? "", credentials: {} };
  expect((await refusalOf(ada.api.brokers.replaceCredentials.mutate(ofPaper))).code).toBe("NOT_SUPPORTED");
});

it("[SV336] keys of real money want a proof of the person before they are tested", async () => {
  await using own = await createTestStore();
  const durable: DbHandle = {
    db: own.db,
    kind: "server",
    survivesPowerLoss: true,
    close: () => own.close(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const wrapRegistry = keyedRegistry(venue);
  await using real = await createTestDesk({ clock, store: durable, allowLive: true, wrapRegistry });
  await using person = createTestClient(real.url);
  await setUp(person);
  await person.api.auth.stepUp.mutate({ password: OWNER.password });
  const live = { broker: "alpaca", mode: "live", label: "Real", credentials: keysOf(OTHERS) } as const;
  const { id: connectionId } = await person.api.brokers.add.mutate(live);
  clock.jump(6 * MINUTE_MS);
  const again = () => person.api.brokers.replaceCredentials.mutate({ connectionId, credentials: keysOf(OTHERS) });
  expect((await refusalOf(again())).code).toBe("STEP_UP_REQUIRED");
  await person.api.auth.stepUp.mutate({ password: OWNER.password });
  expect(await again()).toMatchObject({ mode: "live" });
});

it("[SV338] no query and no change of a connection answers more of a key than its last four characters", async () => {
  const belongings = { accountId, connectionId: id, orderId: "", alertId: "", driftId: "", raiseId: "", sessionId: "" };
  const replies = new Map<string, string>();
  for (const { path } of listProcedures().filter(({ type }) => type === "query")) {
    const input = JSON.stringify(ACCESS[path]?.names?.(belongings) ?? {});
    const address = `${desk.url}/trpc/${path}?input=${encodeURIComponent(input)}`;
    const bare = `${desk.url}/trpc/${path}`;
    const headers = { cookie: ada.cookie() };
    for (const url of [address, bare]) {
      replies.set(url, await (await fetch(url, { headers })).text());
    }
  }
  replies.set("replace", JSON.stringify(await replace(FIRST)));
  const named = { connectionId: id };
  replies.set("disconnect", JSON.stringify(await ada.api.brokers.disconnect.mutate(named)));
  replies.set("connect", JSON.stringify(await ada.api.brokers.connect.mutate(named)));
  const last = [FIRST, SECOND, THIRD, OTHERS].map((secret) => secret?.slice(-5) ?? "");
  const { keyId } = keysOf();
  for (const [from, text] of replies) {
    expect([from, [...last, keyId].filter((part) => text.includes(part))]).toEqual([from, []]);
  }
  expect(replies.get("replace")).toContain(FIRST?.slice(-4));
});

it("[SV334] keys of 90 days are old: the card and an alert say so until they are replaced", async () => {
  const { credentialsAreOld, credentialsSetAt } = (await view()) ?? {};
  expect(credentialsAreOld).toBe(false);
  clock.jump(90 * 24 * 60 * MINUTE_MS);
  await ada.api.auth.signIn.mutate(OWNER);
  expect(await view()).toMatchObject({ credentialsAreOld: true, credentialsSetAt });
  const alert = await until("the alert", () => alertOf("keys_old"));
  expect(alert).toMatchObject({ severity: "warning", recoveredAt: null });
  expect(alert.message).toContain(credentialsSetAt?.slice(0, 10));
  await replace(SECOND);
  expect(await view()).toMatchObject({ credentialsAreOld: false });
  await until("its end", async () => (await alertOf("keys_old"))?.recoveredAt);
});
