import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
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
  orderId = (
    await owner.api.orders.place.mutate({ accountId: own.accountId, idempotencyKey: randomUUID(), order: LIMIT })
  ).id;
});
afterAll(async () => {
  for (const each of [owner, trader, viewer]) await each[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const procedures = listProcedures();
const PUBLIC = ["auth.status", "auth.setUp", "auth.signIn"];

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
    "risk.metrics": () => trader.api.risk.metrics.query({ accountId: own.accountId }),
    "risk.margin": () => trader.api.risk.margin.query({ accountId: own.accountId, order: LIMIT }),
    "marketData.search": () => trader.api.marketData.search.query({ connectionId: own.connectionId, query: "" }),
    "marketData.instrument": () =>
      trader.api.marketData.instrument.query({ connectionId: own.connectionId, symbol: "AAPL" }),
    "marketData.bars": () =>
      trader.api.marketData.bars.query({ connectionId: own.connectionId, symbol: "AAPL", timeframe: "1d" }),
    "marketData.market": () => trader.api.marketData.market.query({ connectionId: own.connectionId }),
    "auth.revokeSession": async () =>
      trader.api.auth.revokeSession.mutate({ id: (await owner.api.auth.sessions.query())[0]?.id ?? "" }),
  });
  const WITHOUT_ID = [
    "auth.setUp",
    "auth.signIn",
    "auth.changePassword",
    "auth.createUser",
    "brokers.add",
    "orders.events",
    "marketData.setWatchlist",
    "audit.list",
  ];
  const STREAMS = ["accounts.portfolioUpdates", "marketData.quotes"];

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
      () => viewer.api.brokers.disconnect.mutate({ connectionId }),
      () => viewer.api.risk.setLimits.mutate({ accountId, limits }),
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

describe("the socket's door", () => {
  const open = (options: { path?: string; origin?: string | undefined; cookie?: string }) => {
    const { path = "/trpc?connectionParams=1", origin = desk.url, cookie = owner.cookie() } = options;
    const socket = new WebSocket(desk.url.replace("http", "ws") + path, {
      headers: { cookie, ...("origin" in options && options.origin === undefined ? {} : { origin }) },
    });
    return new Promise<{ status: number | "open"; socket: WebSocket }>((resolve) => {
      socket.once("open", () => resolve({ status: "open", socket }));
      socket.once("unexpected-response", (_request, response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, socket });
      });
      socket.on("error", () => undefined);
    });
  };
  const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.once("close", resolve));

  it.each([
    ["another origin", { origin: "https://evil.example" }, 403],
    ["no origin", { origin: undefined }, 403],
    ["no session", { cookie: "" }, 401],
    ["another path", { path: "/other?connectionParams=1" }, 404],
    ["no place for a ticket", { path: "/trpc" }, 400],
  ])("[SV27] %s is refused before the upgrade", async (_name, options, status) => {
    expect((await open(options)).status).toBe(status);
  });

  it("[SV27] a wrong ticket, a used one and another session's close the socket", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const foreign = (await trader.api.auth.webSocketTicket.mutate()).ticket;
    const show = async (shown: string) => {
      const { socket } = await open({});
      const closed = closeCode(socket);
      socket.send(JSON.stringify({ method: "connectionParams", data: { ticket: shown } }));
      return { socket, closed };
    };
    for (const bad of ["nonsense", foreign]) expect(await (await show(bad)).closed).toBe(4408);
    const { socket } = await show(ticket);
    socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "accounts.list" } }));
    const answer = await new Promise<string>((resolve) =>
      socket.once("message", (data: Buffer) => resolve(data.toString())),
    );
    expect(JSON.parse(answer).result.data).toHaveLength(1);
    socket.terminate();
    expect(await (await show(ticket)).closed).toBe(4408);
  });

  it("[SV28] frames that are not tRPC get a coded error or a closed socket, and the desk goes on", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const { socket } = await open({});
    socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
    const answers: string[] = [];
    socket.on("message", (data: Buffer) => answers.push(data.toString()));
    for (const frame of [
      "{ not json",
      "null",
      "[]",
      '{"id":1}',
      '{"id":2,"method":"query","params":{"path":"no.such"}}',
      '{"id":3,"method":"steal"}',
      Buffer.from([0, 255, 7]),
    ]) {
      socket.send(frame);
    }
    await until("the answers", () => answers.length >= 5);
    for (const answer of answers) {
      expect(JSON.parse(answer).error.data.desk.code).toMatch(/INVALID_INPUT|NOT_FOUND/);
      expect(answer).not.toMatch(/\.ts:|node_modules|stack/);
    }
    const closed = closeCode(socket);
    socket.send("x".repeat(100_000));
    expect(await closed).toBe(1009);
    expect(await owner.api.accounts.list.query()).toHaveLength(1);
  });

  it("[SV28] a socket that floods is closed", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const { socket } = await open({});
    const closed = closeCode(socket);
    socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
    for (let count = 0; count < 200; count += 1) socket.send("PING");
    expect(await closed).toBe(1008);
  });
});

describe("the audit log", () => {
  it("[SV29] every mutation writes at least one row", async () => {
    const { accountId, connectionId } = own;
    const rows = async () => {
      const { entries } = await owner.api.audit.list.query({ limit: 500 });
      return entries.length;
    };
    const limits = await owner.api.risk.limits.query({ accountId });
    await using fresh = createTestClient(desk.url);
    let added = "";
    const mutations: Record<string, () => Promise<unknown>> = {
      "auth.signIn": () => fresh.api.auth.signIn.mutate(OWNER),
      "auth.signOut": () => fresh.api.auth.signOut.mutate(),
      "auth.createUser": () =>
        owner.api.auth.createUser.mutate({ username: "late", password: "words of a late comer", role: "viewer" }),
      "auth.changePassword": () =>
        owner.api.auth.changePassword.mutate({
          currentPassword: OWNER.password,
          newPassword: "yet another four words",
        }),
      "brokers.add": async () => {
        added = (
          await owner.api.brokers.add.mutate({
            broker: "paper",
            mode: "paper",
            label: "Second",
            credentials: { startingCash: "5000" },
          })
        ).id;
      },
      "brokers.remove": () => owner.api.brokers.remove.mutate({ connectionId: added }),
      "brokers.disconnect": () => owner.api.brokers.disconnect.mutate({ connectionId }),
      "brokers.connect": () => owner.api.brokers.connect.mutate({ connectionId }),
      "orders.place": () =>
        owner.api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: { ...LIMIT, quantity: "3" } }),
      "orders.modify": () => owner.api.orders.modify.mutate({ orderId, changes: { quantity: "2" } }),
      "orders.cancel": () => owner.api.orders.cancel.mutate({ orderId }),
      "risk.setLimits": () => owner.api.risk.setLimits.mutate({ accountId, limits }),
      "marketData.setWatchlist": () => owner.api.marketData.setWatchlist.mutate({ symbols: ["MSFT", "AAPL", "MSFT"] }),
    };
    // Set-up is in the log's first row; revoking is [SV25]'s; a ticket changes nothing and is used up in memory.
    const elsewhere = ["auth.setUp", "auth.revokeSession", "auth.webSocketTicket"];
    const all = procedures.filter(({ type }) => type === "mutation").map(({ path }) => path);
    expect([...Object.keys(mutations), ...elsewhere].toSorted()).toEqual(all.toSorted());
    const { entries } = await owner.api.audit.list.query({ limit: 500 });
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(["desk.set_up", "session.revoked"]));
    const silent: string[] = [];
    for (const [path, mutate] of Object.entries(mutations)) {
      const before = await rows();
      await mutate();
      if ((await rows()) <= before) silent.push(path);
    }
    expect(silent).toEqual([]);
    expect(await owner.api.marketData.watchlist.query()).toEqual(["MSFT", "AAPL"]);
    expect(await owner.api.audit.verify.query()).toMatchObject({ ok: true });
  });
});
