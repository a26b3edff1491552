// Each list names every procedure, and grows with them.
/* oxlint-disable max-lines */
import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { userId } from "@trenddojo/brokers/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raiseAlert } from "./alerts/raiseAlert.ts";
import { BUCKETS } from "./auth/buckets.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { listProcedures } from "./testing/listProcedures.ts";
import { builtIn, OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";

const TRADER = { username: "grace", password: "another four words here", role: "trader" } as const;
const VIEWER = { username: "viewer", password: "just looking around here", role: "viewer" } as const;
const LIMIT = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "1.00", timeInForce: "gtc" } as const;

let desk: TestDesk;
let owner: TestClient;
let trader: TestClient;
let viewer: TestClient;
let own: { accountId: string; connectionId: string };
let orderId: string;
/** One of the owner's. */
let alertId: string;

beforeAll(async () => {
  desk = await createTestDesk();
  owner = createTestClient(desk.url);
  trader = createTestClient(desk.url);
  viewer = createTestClient(desk.url);
  own = await setUp(owner);
  await owner.api.auth.createUser.mutate(TRADER);
  await owner.api.auth.createUser.mutate(VIEWER);
  await signInAs(trader, TRADER);
  await signInAs(viewer, VIEWER);
  alertId = await seedAlert();
  await owner.api.risk.raise.mutate({ ...RAISE, accountId: own.accountId, password: OWNER.password });
  orderId = (
    await owner.api.orders.place.mutate({ accountId: own.accountId, idempotencyKey: randomUUID(), order: LIMIT })
  ).id;
});
afterAll(async () => {
  for (const each of [owner, trader, viewer]) await each[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const SYSTEM = new SystemClock();
const RAISE = { field: "maxOrderQuantity", raisedTo: "200000", minutes: 60 } as const;
const SYMBOL_LIMIT = {
  symbol: "AAPL",
  isBlocked: false,
  maxOrderValue: null,
  maxOrderQuantity: "1000",
  maxPositionFraction: null,
} as const;

async function seedAlert(): Promise<string> {
  const { id } = (await owner.api.auth.status.query()).user ?? { id: "" };
  const user = userId(id);
  await desk.store.db.transaction((tx) =>
    raiseAlert(SYSTEM, tx, { userId: user, kind: "late_fill", subject: "o1", connectionId: null, message: "late" }),
  );
  const [alert] = (await owner.api.alerts.list.query({})).alerts;
  return alert?.id ?? "";
}

const procedures = listProcedures();
const PUBLIC = [
  "auth.status",
  "auth.setUp",
  "auth.signIn",
  "auth.signInByPasskey",
  "passkeys.beginSignIn",
  "people.accept",
];

/** The subscription's first error or datum. */
function firstOf(
  subscribe: (handlers: {
    onData: () => void;
    onError: (error: { data?: { desk: { code: string } } | null | undefined }) => void;
  }) => unknown,
) {
  return new Promise<string>((resolve) => {
    subscribe({ onData: () => resolve("data"), onError: (error) => resolve(error.data?.desk.code ?? "unknown") });
  });
}

describe("every procedure", () => {
  it.each(procedures)("[SV20] $path declares its rate limit", ({ meta }) => {
    expect(Object.keys(BUCKETS)).toContain(meta?.bucket);
  });

  it("[SV20] cancels draw from a bucket that nothing else draws from", () => {
    expect(procedures.filter(({ meta }) => meta?.bucket === "cancel").map(({ path }) => path)).toEqual([
      "orders.cancel",
    ]);
  });

  it.each(procedures.filter(({ path, type }) => !PUBLIC.includes(path) && type !== "subscription"))(
    "[SV21] $path is closed to who is not signed in",
    async ({ path, type }) => {
      const isQuery = type === "query";
      const response = await fetch(`${desk.url}/trpc/${path}`, {
        method: isQuery ? "GET" : "POST",
        headers: { origin: desk.url, "content-type": "application/json" },
        ...(isQuery ? {} : { body: "{}" }),
      });
      expect(response.status).toBe(401);
    },
  );
});

describe("streams", () => {
  it.each(procedures.filter(({ type }) => type === "subscription"))(
    "[SV33] $path is not served over HTTP, where it would have no ticket, no cap and no end",
    async ({ path }) => {
      for (const accept of ["text/event-stream", "application/json"]) {
        const response = await fetch(`${desk.url}/trpc/${path}`, {
          headers: { cookie: owner.cookie(), accept },
          signal: AbortSignal.timeout(5_000),
        });
        // tRPC refuses a stream within the stream: it says why, and ends.
        const text = await response.text();
        const events = text.split("\n").filter((line) => line.startsWith("event: "));
        expect(text).toContain("NOT_SUPPORTED");
        expect(events).toEqual(["event: connected", "event: serialized-error"]);
      }
    },
  );
});

describe("what belongs to another", () => {
  /** Every procedure that takes an id, called by the trader with the owner's. */
  const calls = (): Record<string, () => Promise<unknown>> => ({
    "brokers.connect": () => trader.api.brokers.connect.mutate({ connectionId: own.connectionId }),
    "brokers.disconnect": () => trader.api.brokers.disconnect.mutate({ connectionId: own.connectionId }),
    "brokers.remove": () => trader.api.brokers.remove.mutate({ connectionId: own.connectionId }),
    "brokers.replaceCredentials": () =>
      trader.api.brokers.replaceCredentials.mutate({ connectionId: own.connectionId, credentials: {} }),
    "brokers.reconcile": () => trader.api.brokers.reconcile.mutate({ connectionId: own.connectionId }),
    "drifts.list": () => trader.api.drifts.list.query({ accountId: own.accountId }),
    "drifts.resolve": async () => {
      const { drifts } = await owner.api.drifts.list.query({ accountId: own.accountId });
      return trader.api.drifts.resolve.mutate({ driftId: drifts[0]?.id ?? "", note: "mine" });
    },
    "alerts.acknowledge": () => trader.api.alerts.acknowledge.mutate({ alertId: alertId }),
    "accounts.portfolio": () => trader.api.accounts.portfolio.query({ accountId: own.accountId }),
    "orders.place": () =>
      trader.api.orders.place.mutate({ accountId: own.accountId, idempotencyKey: randomUUID(), order: LIMIT }),
    "orders.cancel": () => trader.api.orders.cancel.mutate({ orderId }),
    "orders.modify": () => trader.api.orders.modify.mutate({ orderId, changes: { quantity: "2" } }),
    "orders.list": () => trader.api.orders.list.query({ accountId: own.accountId }),
    "orders.get": () => trader.api.orders.get.query({ orderId }),
    "orders.preview": () => trader.api.orders.preview.query({ accountId: own.accountId, order: LIMIT }),
    "orders.fills": () => trader.api.orders.fills.query({ accountId: own.accountId }),
    "risk.limits": () => trader.api.risk.limits.query({ accountId: own.accountId }),
    "risk.setLimits": async () =>
      trader.api.risk.setLimits.mutate({
        accountId: own.accountId,
        limits: await owner.api.risk.limits.query({ accountId: own.accountId }),
      }),
    "live.arm": async () =>
      trader.api.live.arm.mutate({
        accountId: own.accountId,
        suffix: "1234",
        reviewedLimits: await owner.api.risk.limits.query({ accountId: own.accountId }),
      }),
    "live.disarm": () => trader.api.live.disarm.mutate({ accountId: own.accountId }),
    "risk.metrics": () => trader.api.risk.metrics.query({ accountId: own.accountId }),
    "risk.margin": () => trader.api.risk.margin.query({ accountId: own.accountId, order: LIMIT }),
    "marketData.search": () => trader.api.marketData.search.query({ connectionId: own.connectionId, query: "" }),
    "marketData.instrument": () =>
      trader.api.marketData.instrument.query({ connectionId: own.connectionId, symbol: "AAPL" }),
    "marketData.bars": () =>
      trader.api.marketData.bars.query({ connectionId: own.connectionId, symbol: "AAPL", timeframe: "1d" }),
    "marketData.market": () => trader.api.marketData.market.query({ connectionId: own.connectionId }),
    "risk.policy": () => trader.api.risk.policy.query({ accountId: own.accountId }),
    "risk.raise": () => trader.api.risk.raise.mutate({ ...RAISE, accountId: own.accountId, password: TRADER.password }),
    "risk.endRaise": async () => {
      const { raises } = await owner.api.risk.policy.query({ accountId: own.accountId });
      return trader.api.risk.endRaise.mutate({ raiseId: raises[0]?.id ?? "" });
    },
    "risk.setSymbolLimit": () =>
      trader.api.risk.setSymbolLimit.mutate({ accountId: own.accountId, limit: SYMBOL_LIMIT }),
    "risk.removeSymbolLimit": () =>
      trader.api.risk.removeSymbolLimit.mutate({ accountId: own.accountId, symbol: "AAPL" }),
    "orders.flatten": () =>
      trader.api.orders.flatten.mutate({
        accountId: own.accountId,
        idempotencyKey: randomUUID(),
        password: TRADER.password,
      }),
    "auth.revokeSession": async () =>
      trader.api.auth.revokeSession.mutate({ id: (await owner.api.auth.sessions.query())[0]?.id ?? "" }),
  });
  const WITHOUT_ID = [
    // The owner's alone, tried in people.test.ts; or of nobody but who calls.
    "people.accept",
    "people.invite",
    "people.revokeInvitation",
    "people.setRole",
    "people.remove",
    "auth.stepUp",
    "factors.confirmTotp",
    "passkeys.register",
    "passkeys.remove",
    "tokens.create",
    "tokens.revoke",
    "auth.setUp",
    "auth.signIn",
    "auth.signInByPasskey",
    "auth.changePassword",
    "auth.createUser",
    "brokers.add",
    "brokers.probe",
    "orders.events",
    "orders.halt",
    "orders.resume",
    "alerts.list",
    "alerts.setWebhook",
    "marketData.setWatchlist",
    "audit.list",
  ];
  const STREAMS = ["accounts.events", "accounts.portfolioUpdates", "marketData.quotes", "marketData.ticks"];

  it("[SV22] the list below has every procedure that takes an input", () => {
    const taking = procedures.filter(({ inputs }) => inputs.length > 0).map(({ path }) => path);
    expect([...Object.keys(calls()), ...WITHOUT_ID, ...STREAMS].toSorted()).toEqual(taking.toSorted());
  });

  it.each(Object.keys(calls()))("[SV22] %s answers NOT_FOUND", async (path) => {
    expect(await refusalOf(calls()[path]?.() ?? Promise.resolve())).toMatchObject({
      code: "NOT_FOUND",
      httpStatus: 404,
    });
  });

  it("[SV22] streams of another's account and connection answer NOT_FOUND", async () => {
    expect(
      await firstOf((on) => trader.api.accounts.portfolioUpdates.subscribe({ accountId: own.accountId }, on)),
    ).toBe("NOT_FOUND");
    expect(await firstOf((on) => trader.api.accounts.events.subscribe({ accountId: own.accountId }, on))).toBe(
      "NOT_FOUND",
    );
    expect(
      await firstOf((on) =>
        trader.api.marketData.quotes.subscribe({ connectionId: own.connectionId, symbols: ["AAPL"] }, on),
      ),
    ).toBe("NOT_FOUND");
  });

  it("[SV22] lists hold nobody else's rows", async () => {
    expect((await trader.api.orders.list.query({})).orders).toEqual([]);
    expect((await trader.api.accounts.list.query()).map(({ id }) => id)).not.toContain(own.accountId);
    const { entries } = await trader.api.audit.list.query({});
    expect(entries.filter(({ chain }) => chain === "system" || chain.includes(own.accountId))).toEqual([]);
    expect(await trader.api.audit.verify.query()).toMatchObject({ ok: true });
  });
});

describe("roles", () => {
  it("[SV23] a viewer reads, and moves no money", async () => {
    const { accountId, connectionId } = await builtIn(viewer);
    expect(await viewer.api.accounts.portfolio.query({ accountId })).toMatchObject({ balances: { cash: "100000" } });
    const limits = await viewer.api.risk.limits.query({ accountId });
    const refused = [
      () => viewer.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: LIMIT }),
      () => viewer.api.orders.cancel.mutate({ orderId }),
      () => viewer.api.orders.modify.mutate({ orderId, changes: { quantity: "2" } }),
      () => viewer.api.brokers.add.mutate({ broker: "alpaca", mode: "mock", label: "x", credentials: {} }),
      () => viewer.api.brokers.probe.mutate({ broker: "interactive_brokers", credentials: {} }),
      () => viewer.api.brokers.disconnect.mutate({ connectionId }),
      () => viewer.api.risk.setLimits.mutate({ accountId, limits }),
      () => viewer.api.risk.raise.mutate({ ...RAISE, accountId, password: VIEWER.password }),
      () => viewer.api.risk.endRaise.mutate({ raiseId: "r1" }),
      () => viewer.api.risk.setSymbolLimit.mutate({ accountId, limit: SYMBOL_LIMIT }),
      () => viewer.api.risk.removeSymbolLimit.mutate({ accountId, symbol: "AAPL" }),
      () => viewer.api.orders.halt.mutate({}),
      () => viewer.api.orders.reduceOnly.mutate(),
      () => viewer.api.orders.resume.mutate({ to: "ACTIVE", password: VIEWER.password }),
      () => viewer.api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: VIEWER.password }),
      () => viewer.api.brokers.reconcile.mutate({ connectionId }),
      () => viewer.api.drifts.resolve.mutate({ driftId: "d1", note: "x" }),
      () => viewer.api.alerts.setWebhook.mutate({ url: "https://desk.example/hook" }),
    ];
    for (const call of refused) expect((await refusalOf(call())).code).toBe("FORBIDDEN");
  });

  it("[SV23] only the owner sees and makes people", async () => {
    expect((await refusalOf(trader.api.auth.users.query())).code).toBe("FORBIDDEN");
    expect((await refusalOf(trader.api.auth.createUser.mutate(TRADER))).code).toBe("FORBIDDEN");
    expect((await owner.api.auth.users.query()).map(({ role }) => role)).toEqual(["owner", "trader", "viewer"]);
  });
});

describe("sessions", () => {
  it("[SV24] the cookie is out of reach of scripts and other sites, and a copy of the database signs nobody in", async () => {
    expect(owner.setCookies[0]).toMatch(/^desk_session=[a-z0-9]+; HttpOnly; Max-Age=43200; Path=\/; SameSite=Strict$/);
    const [session] = await owner.api.auth.sessions.query();
    expect(session?.id).toMatch(/^sha256:/);
    await using thief = createTestClient(desk.url);
    thief.setCookie(`desk_session=${session?.id}`);
    expect((await refusalOf(thief.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
  });

  it("[SV25] a revoked session ends its calls at once and its socket within a second", async () => {
    await using second = createTestClient(desk.url);
    await second.api.auth.signIn.mutate(OWNER);
    let batches = 0;
    second.api.marketData.quotes.subscribe(
      { connectionId: own.connectionId, symbols: ["AAPL"] },
      { onData: () => void (batches += 1) },
    );
    await until("quotes", () => batches > 0);
    const sessions = await owner.api.auth.sessions.query();
    const other = sessions.find(({ current }) => !current);
    const closed = second.closed();
    await owner.api.auth.revokeSession.mutate({ id: other?.id ?? "" });
    expect(await closed).toBe(4401);
    expect((await refusalOf(second.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
    expect(await owner.api.auth.sessions.query()).toHaveLength(1);
  });

  it("[SV26] a new password ends the other sessions, and the old one opens nothing", async () => {
    await using second = createTestClient(desk.url);
    await signInAs(second, TRADER);
    expect(
      (
        await refusalOf(
          trader.api.auth.changePassword.mutate({
            currentPassword: "wrong",
            newPassword: "five quite unrelated words",
          }),
        )
      ).code,
    ).toBe("BAD_CREDENTIALS");
    await trader.api.auth.changePassword.mutate({
      currentPassword: TRADER.password,
      newPassword: "five quite unrelated words",
    });
    expect((await refusalOf(second.api.accounts.list.query())).code).toBe("UNAUTHENTICATED");
    expect((await refusalOf(signInAs(second, TRADER))).code).toBe("BAD_CREDENTIALS");
    expect(await trader.api.accounts.list.query()).toHaveLength(1);
  });
});
