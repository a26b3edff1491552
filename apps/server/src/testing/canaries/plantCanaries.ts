import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { alpacaSimulatorAt, type BrokerRegistry } from "@trenddojo/brokers";
import { createTestStore } from "@trenddojo/db/testing";
import { sql } from "drizzle-orm";
import { WebSocket } from "ws";
import { exportLog } from "../../audit/exportLog.ts";
import { BUCKETS } from "../../auth/buckets.ts";
import { createLogger } from "../../createLogger.ts";
import { createTestClient, type TestClient } from "../createTestClient.ts";
import { createTestDesk } from "../createTestDesk.ts";
import { dumpTables } from "../dumpTables.ts";
import { listProcedures } from "../listProcedures.ts";
import { OWNER, setUp } from "../people.ts";
import { until } from "../until.ts";
import { CANARY, canaryOf, NOTE, noteOf } from "./canaryOf.ts";
import { validInput } from "./validInput.ts";

export interface CanaryCount {
  readonly planted: number;
  /** Calls that carried one. */
  readonly calls: number;
  /** Procedures that take an input, and those of them that took one with secrets or notes in it past its schema. */
  readonly taking: readonly string[];
  readonly passed: readonly string[];
  /** Where one came out: "log", "reply", "frame", "database", "audit", with the procedure that it went into. */
  readonly leaks: readonly string[];
  /** Characters that were searched. */
  readonly searched: number;
}

interface Sent extends Omit<RequestInit, "headers"> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Names under which a secret travels; a call that takes none of them refuses them all. */
const SECRET_FIELDS = [
  "password",
  "currentPassword",
  "newPassword",
  "token",
  "ticket",
  "code",
  "secret",
  "recoveryCode",
];
const JSON_TYPE = { "content-type": "application/json" };
const CREDENTIALS = ["keyId", "secretKey", "apiKey", "apiSecret"];

/**
 * Sends `count` secrets into every procedure of the router, as the fields that carry secrets, as cookies, tickets and
 * headers, in requests that cannot be read, to a broker that answers with what it was sent, and through errors that are
 * thrown with them; then looks for them in all that comes out: the log at its finest, replies, socket frames, every row of
 * every table and the audit log as it is exported. Each procedure that takes an input is given one that its schema takes,
 * with ids of what exists and with others, once as it should be and once while no audit row can be written.
 */
export async function plantCanaries(count: number): Promise<CanaryCount> {
  const logged: string[] = [];
  await using venue = await startEchoingVenue();
  await using store = await createTestStore();
  const limitless = Object.fromEntries(Object.keys(BUCKETS).map((name) => [name, { perSecond: 1e6, burst: 1e6 }]));
  await using desk = await createTestDesk({
    store,
    buckets: limitless,
    alpacaVenue: alpacaSimulatorAt(venue.url),
    wrapRegistry: throwing,
    log: createLogger("trace", { write: (line) => void logged.push(line) }),
  });
  await using owner = createTestClient(desk.url);
  await setUp(owner);
  const sockets = await openSocket(desk.url, owner.cookie(), (await owner.api.auth.webSocketTicket.mutate()).ticket);

  const replies: string[] = [];
  const procedures = listProcedures();
  const call = async (path: string, type: string, input: unknown, headers: Record<string, string>): Promise<void> => {
    const isQuery = type !== "mutation";
    const query = isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
    const response = await fetch(`${desk.url}/trpc/${path}${isQuery ? query : ""}`, {
      method: isQuery ? "GET" : "POST",
      headers: { origin: desk.url, ...(isQuery ? {} : { "content-type": "application/json" }), ...headers },
      ...(isQuery ? {} : { body: JSON.stringify(input) }),
      signal: AbortSignal.timeout(30_000),
    });
    replies.push(`${path} ${JSON.stringify([...response.headers])} ${await response.text()}`);
  };

  /** As it is, whatever it is. */
  const send = async (path: string, init: Sent): Promise<void> => {
    const headers = { origin: desk.url, cookie: owner.cookie(), ...init.headers };
    const response = await fetch(`${desk.url}${path}`, { ...init, headers, signal: AbortSignal.timeout(30_000) });
    replies.push(`${init.method ?? "GET"} ${JSON.stringify([...response.headers])} ${await response.text()}`);
  };

  const known = await knownIds(owner);
  const passed = new Set<string>();
  const takers = procedures.filter(({ inputs }) => inputs.length > 0);
  /** Past the schema of each procedure, with ids that exist and with others; the second time some of it is there already. */
  const walk = async (from: number): Promise<void> => {
    for (const [index, { path, type, inputs }] of takers.entries()) {
      for (const ids of [{ broker: "alpaca" }, known]) {
        const planting = { secret: canaryOf(from + index), text: noteOf(from + index), known: ids };
        const input = validInput(inputs, planting);
        const sent = JSON.stringify(input);
        if (!CANARY.test(sent) && !NOTE.test(sent) && !Object.values(known).some((id) => sent.includes(id))) continue;
        passed.add(path);
        calls += 1;
        if (type === "subscription") sockets.send(1_000_000 + from + index, path, type, input);
        else await call(path, type, input, { cookie: owner.cookie() });
      }
    }
  };

  let calls = 0;
  await walk(0);
  await walk(0);
  // The database fails where most mutations end.
  await store.db.execute(sql`alter table audit_log rename to audit_log_away`);
  await walk(takers.length);
  await store.db.execute(sql`alter table audit_log_away rename to audit_log`);
  for (let index = 0; index < count; index += 1) {
    const secret = canaryOf(index);
    const credentials = Object.fromEntries(CREDENTIALS.map((name) => [name, secret]));
    const fields = Object.fromEntries(SECRET_FIELDS.map((name) => [name, secret]));
    const alpaca = {
      broker: "alpaca",
      mode: "paper",
      label: `Alpaca ${index}`,
      credentials: { keyId: secret, secretKey: secret },
    };
    const cookie = { cookie: owner.cookie() };
    const procedure = procedures[index % procedures.length];
    if (procedure === undefined) throw new RangeError("there are no procedures");
    const { path, type } = procedure;
    const ways: readonly (() => Promise<unknown>)[] = [
      // All at once, which no procedure takes, and the wrong kind of thing; the streams answer over the socket only.
      () => call(path, type, { ...fields, credentials }, cookie),
      () => call(path, type, [secret, { credentials }], cookie),
      () =>
        call(
          path,
          type,
          {},
          { cookie: `desk_session=${secret}`, authorization: `Bearer ${secret}`, "x-api-key": secret },
        ),
      () => call("auth.signIn", "mutation", { username: OWNER.username, password: secret }, {}),
      () => call("auth.changePassword", "mutation", { currentPassword: secret, newPassword: secret }, cookie),
      () => call("orders.resume", "mutation", { to: "ACTIVE", password: secret }, cookie),
      () => call("brokers.add", "mutation", alpaca, cookie),
      () => call("brokers.add", "mutation", { ...alpaca, mode: "mock", credentials }, cookie),
      () => call("auth.createUser", "mutation", { username: `user${index}`, password: secret, role: "viewer" }, cookie),
      async () => sockets.send(index, path, type, { ...fields, credentials }),
      async () => (await openSocket(desk.url, owner.cookie(), secret)).close(),
      // Cut in the middle of it, of another kind, far too long, and where no secret belongs.
      () => send(`/trpc/${path}`, { method: "POST", headers: JSON_TYPE, body: `{"password":"${secret}` }),
      () => send(`/trpc/${path}`, { method: "POST", body: new URLSearchParams(fields) }),
      () => send(`/trpc/${path}`, { method: "POST", headers: JSON_TYPE, body: JSON.stringify(secret.repeat(20_000)) }),
      () => send(`/metrics?token=${secret}`, { headers: { authorization: `Bearer ${secret}` } }),
      () => send(`/trpc/${path}?input=${secret}&password=${secret}`, { headers: { authorization: `Basic ${secret}` } }),
      () => send(`/${secret}?token=${secret}`, { headers: { accept: "application/json" } }),
    ];
    for (const way of ways) {
      // It takes anything, and the sweep would go on signed out.
      if (path === "auth.signOut" && [0, 1, 9, 11].includes(ways.indexOf(way))) continue;
      // Each canary takes the two ways into its procedure, and half of the others.
      if (ways.indexOf(way) > 1 && (ways.indexOf(way) + index) % 2 === 0) continue;
      calls += 1;
      await way();
    }
  }
  await until("the socket has answered", () => sockets.isIdle(), 60_000);
  sockets.close();
  const dump = [...(await dumpTables(store.db))].flatMap(([name, rows]) => rows.map((row) => `${name} ${row}`));
  const audited: string[] = [];
  for await (const line of exportLog(store.db)) audited.push(line);
  const session = owner.cookie().split("=")[1] ?? "";
  const outputs: readonly (readonly [string, readonly string[]])[] = [
    ["log", logged],
    ["reply", replies],
    ["frame", sockets.frames],
    ["database", dump],
    ["audit", audited],
  ];
  const leaks = outputs.flatMap(([where, texts]) =>
    texts
      .filter(
        (text) =>
          CANARY.test(text) ||
          (where === "log" && NOTE.test(text)) ||
          (where !== "reply" && session !== "" && text.includes(session)),
      )
      .map((text) => `${where}: ${text.slice(0, 300)}`),
  );
  const searched = outputs.flatMap(([, texts]) => texts).reduce((sum, text) => sum + text.length, 0);
  return { planted: count, calls, taking: takers.map(({ path }) => path), passed: [...passed], leaks, searched };
}

/** Of what the owner has: an account with a resting order, by the names of the fields that take them. */
async function knownIds({ api }: TestClient): Promise<Readonly<Record<string, string>>> {
  const [account] = await api.accounts.list.query();
  if (account === undefined) throw new Error("the desk has no account");
  const { id: accountId, connectionId } = account;
  const order = {
    type: "limit",
    symbol: "AAPL",
    side: "buy",
    quantity: "1",
    price: "1.00",
    timeInForce: "gtc",
  } as const;
  const { id: orderId } = await api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order });
  return { accountId, connectionId, orderId, broker: "alpaca" };
}

/** A proof fails now and then with an error that holds all that it was given, as a client library's may. */
function throwing(registry: BrokerRegistry): BrokerRegistry {
  let proofs = 0;
  return {
    descriptions: () => registry.descriptions(),
    description: (broker) => registry.description(broker),
    create: (request) => registry.create(request),
    probe: (request, options) => registry.probe(request, options),
    prove: (request, options) => {
      proofs += 1;
      if (proofs % 2 === 0) return registry.prove(request, options);
      const error = Object.assign(new Error("socket hang up"), { config: { headers: request.credentials }, request });
      return Promise.reject(error);
    },
  };
}

/** Answers every request with a status of its turn, and with the headers and body that it was sent. */
async function startEchoingVenue(): Promise<AsyncDisposable & { readonly url: string }> {
  const statuses = [200, 401, 403, 422, 429, 500];
  let turn = 0;
  const server = createServer((request, response) => {
    const { headers, url } = request;
    turn += 1;
    const status = statuses[turn % statuses.length] ?? 500;
    const message = `refused ${JSON.stringify(headers)} at ${url}`;
    const body = turn % 5 === 0 ? `<html>${message}</html>` : JSON.stringify({ code: 40110000, message, headers });
    request.resume();
    response
      .writeHead(status, { "content-type": "application/json", "x-echo": headers["apca-api-key-id"] ?? "" })
      .end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A socket whose every frame is kept. */
async function openSocket(url: string, cookie: string, ticket: string) {
  const frames: string[] = [];
  const waiting = new Set<number>();
  const socket = new WebSocket(`${url.replace("http", "ws")}/trpc?connectionParams=1`, {
    headers: { cookie, origin: url },
  });
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer) => {
    const text = data.toString();
    frames.push(text);
    for (const [, id] of text.matchAll(/"id":(\d+)/g)) waiting.delete(Number(id));
  });
  socket.on("close", () => waiting.clear());
  await once(socket, "open");
  socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
  return {
    frames,
    send(id: number, path: string, method: string, input: unknown): void {
      if (socket.readyState !== WebSocket.OPEN) return;
      waiting.add(id);
      socket.send(JSON.stringify({ id, method, params: { path, input } }));
    },
    isIdle: () => waiting.size === 0,
    close: () => socket.terminate(),
  };
}
