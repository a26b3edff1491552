import { createHmac } from "node:crypto";
import { BrokerCredentialStore } from "@trenddojo/brokers";
import { alertWebhooks, createDataKeyStore } from "@trenddojo/db";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { createWebhookReceiver } from "../testing/createWebhookReceiver.ts";
import { until } from "../testing/until.ts";
import { announceAlerts } from "./announceAlerts.ts";
import { postWebhook } from "./postWebhook.ts";
import { raiseAlert, recoverAlert } from "./raiseAlert.ts";
import { openWebhook, sealWebhook } from "./sealWebhook.ts";
import { WebhookDelivery } from "./WebhookDelivery.ts";
import { webhookTarget } from "./webhookTarget.ts";

const KEY = "a key of sixteen or more";
const never = new AbortController().signal;

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let hook: Awaited<ReturnType<typeof createWebhookReceiver>>;
let vault: BrokerCredentialStore;
let bus: InProcessTickBus;
beforeEach(async () => {
  kit = await createJournalKit();
  hook = await createWebhookReceiver();
  bus = new InProcessTickBus();
  const keyEncryptionKey = { version: 1, key: Buffer.alloc(32, 7) };
  vault = new BrokerCredentialStore({ keyEncryptionKey, dataKeys: createDataKeyStore(kit.db, kit.clock) });
});
afterEach(async () => {
  await hook[Symbol.asyncDispose]();
  await kit.close();
});

async function store(rowVersion = 1): Promise<void> {
  const key = { userId: kit.account.userId, rowVersion };
  const envelope = await sealWebhook(vault, key, { url: hook.url, signingKey: KEY });
  const at = kit.clock.now();
  const row = { ...key, envelope, host: "127.0.0.1", updatedAt: at, lastDeliveredAt: at, lastError: null };
  const replaces = rowVersion === 1 ? null : rowVersion - 1;
  await kit.db.transaction((tx) => alertWebhooks.put(tx, row, replaces));
}

const about = (subject: string) => ({ userId: kit.account.userId, kind: "drift", subject }) as const;

async function raise(subject: string): Promise<void> {
  await kit.clock.advance(1);
  const alert = { ...about(subject), connectionId: null, message: `${subject} is wrong` };
  await kit.db.transaction((tx) => raiseAlert(kit.clock, tx, alert));
  announceAlerts(bus, kit.account.userId);
}
async function recover(subject: string): Promise<void> {
  await kit.clock.advance(1);
  await kit.db.transaction((tx) => recoverAlert(kit.clock, tx, about(subject)));
  announceAlerts(bus, kit.account.userId);
}

const deliver = () => new WebhookDelivery({ db: kit.db, clock: kit.clock, vault, bus, log: createLogger("silent") });
const told = () =>
  hook.deliveries.map(({ body }) => JSON.parse(body)).map(({ event, alert }) => `${event} ${alert.subject}`);
const row = () => alertWebhooks.find(kit.db, kit.account.userId);

describe("the webhook", () => {
  it("[SV111] gets each failure and each recovery in order, signed, with no secret in it; a restart repeats nothing", async () => {
    await raise("before it was set");
    await store();
    {
      await using _delivery = deliver();
      await raise("a");
      await raise("b");
      await recover("a");
      await until("all", async () => (await row())?.lastDeliveredAt === kit.clock.now());
      expect(told()).toEqual(["raised a", "raised b", "recovered a"]);
      const [first] = hook.deliveries;
      const [, seconds = "", mac = ""] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers["x-trenddojo-signature"])) ?? [];
      expect(mac).toBe(createHmac("sha256", KEY).update(`${seconds}.${first?.body}`).digest("hex"));
      for (const { body } of hook.deliveries) expect(body).not.toMatch(/secret-in-the-address|sixteen/);
    }
    await using _again = deliver();
    await raise("c");
    await until("the next", () => told().length === 4);
    expect(told()).toEqual(["raised a", "raised b", "recovered a", "raised c"]);
  });

  it("[SV112] one that fails is tried again a bounded number of times, in order, and the result shows", async () => {
    await store();
    // Each try has an answer of its own, so that the result of one is not taken for the next one's.
    let tries = 0;
    hook.answerWith(() => ({ status: (tries += 1) <= 5 ? 500 + tries : 204 }));
    await using _delivery = deliver();
    await raise("a");
    await raise("b");
    // After the fifth comes the next alert at once, so only the first four can be watched one by one.
    for (const [index, waitMs] of [1_000, 4_000, 15_000, 60_000].entries()) {
      const attempt = index + 1;
      await until(`try ${attempt}`, () => told().length === attempt);
      await until(
        `the result of try ${attempt}`,
        async () => (await row())?.lastError === `HTTP_STATUS: it answered ${500 + attempt}`,
      );
      await until("the wait", () => kit.clock.pendingTimers >= 2);
      // No further than to the next try: its own limit must not run out before its answer is here.
      await kit.clock.advance(waitMs);
    }
    await until("the next one", () => told().length === 6);
    expect(told()).toEqual([...Array.from({ length: 5 }, () => "raised a"), "raised b"]);
    await until("its result", async () => (await row())?.lastError === null);
  });

  it("[SV112] follows no redirect, and waits 5 s for an answer", async () => {
    const target = await webhookTarget(hook.url);
    hook.answerWith(() => ({ status: 302, location: "http://127.0.0.1:1/elsewhere" }));
    const post = () => postWebhook(kit.clock, { target, body: "{}", signingKey: undefined }, never);
    expect(await post()).toBe("HTTP_STATUS: it answered 302");
    expect(hook.deliveries).toHaveLength(1);
    hook.answerWith(() => null);
    const silent = post();
    await until("it arrived", () => hook.deliveries.length === 2);
    await kit.clock.advance(5_000);
    expect(await silent).toBe("TIMEOUT: no answer within 5 s");
    expect(hook.deliveries[1]?.headers["x-trenddojo-signature"]).toBeUndefined();
  });

  it("[SV110] its envelope opens for its user and version only, and holds no readable address", async () => {
    await store();
    const sealed = await row();
    if (sealed === null) throw new Error("nothing was stored");
    expect(sealed.envelope).not.toContain("secret");
    expect(await openWebhook(vault, sealed)).toEqual({ url: hook.url, signingKey: KEY });
    await expect(openWebhook(vault, { ...sealed, rowVersion: 2 })).rejects.toMatchObject({ code: "NOT_AUTHENTIC" });
    const asCredentials = {
      ...sealed,
      broker: "alpaca",
      mode: "paper",
      connectionId: kit.account.connectionId,
    } as const;
    await expect(vault.open(asCredentials, sealed.envelope)).rejects.toMatchObject({ code: "NOT_AUTHENTIC" });
  });

  it("[SV112] one that another took the place of gets nothing more", async () => {
    await store();
    hook.answerWith(() => ({ status: 503 }));
    await using _delivery = deliver();
    await raise("a");
    await until("the first try", () => told().length === 1);
    await until("the wait", () => kit.clock.pendingTimers >= 2);
    await kit.db.transaction((tx) => alertWebhooks.remove(tx, kit.account.userId));
    await kit.clock.advance(60_000);
    await raise("b");
    hook.answerWith(() => ({ status: 204 }));
    await store();
    await raise("c");
    await until("the new one's", () => told().length > 1);
    expect(told()).toEqual(["raised a", "raised c"]);
  });
});
