import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { accountId, userId } from "@trenddojo/brokers/domain";
import { drifts, sessions } from "@trenddojo/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { raiseAlert } from "./alerts/raiseAlert.ts";
import { ABSOLUTE_MS } from "./auth/sessions.ts";
import { ACCESS, answerFor, CALLERS, type Belongings, type Caller } from "./testing/accessTable.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { listProcedures } from "./testing/listProcedures.ts";
import { OWNER, setUp, signInAs } from "./testing/people.ts";

const PEOPLE = {
  trader: { username: "grace", password: "another four words here", role: "trader" },
  cancel_only: { username: "stopper", password: "only to stop what goes", role: "cancel_only" },
  viewer: { username: "viewer", password: "just looking around here", role: "viewer" },
} as const;
/** The limits on guesses are tried elsewhere; here every call is to be answered. */
const ALL = { perSecond: 1_000, burst: 10_000 };
const BUCKETS = { signIn: ALL, password: ALL };

const procedures = listProcedures();
const rows = procedures.flatMap(({ path, type }) => CALLERS.map((caller) => ({ path, type, caller })));

let desk: TestDesk;
let owner: TestClient;
let own: Belongings;
const cookies = new Map<Caller, string>();

beforeAll(async () => {
  desk = await createTestDesk({ buckets: BUCKETS });
  owner = createTestClient(desk.url);
  const { accountId: account, connectionId } = await setUp(owner);
  for (const person of Object.values(PEOPLE)) await owner.api.auth.createUser.mutate(person);
  for (const person of Object.values(PEOPLE)) cookies.set(person.role, await cookieOf(person));
  cookies.set("anonymous", "");
  cookies.set("owner", await cookieOf(OWNER));
  cookies.set("revoked", await cookieOf(OWNER));
  const [revoked] = await owner.api.auth.sessions.query();
  await owner.api.auth.revokeSession.mutate({ id: revoked?.id ?? "" });
  cookies.set("expired", await cookieOf(OWNER));
  const [expired] = await owner.api.auth.sessions.query();
  await sessions.setExpiry(desk.store.db, expired?.id ?? "", new SystemClock().now() - ABSOLUTE_MS);
  own = await seed(account, connectionId);
});
afterAll(async () => {
  await owner[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

async function cookieOf(person: { readonly username: string; readonly password: string }): Promise<string> {
  await using client = createTestClient(desk.url);
  await signInAs(client, person);
  return client.cookie();
}

/** One of each thing that a call can name, all the owner's. */
async function seed(account: string, connectionId: string): Promise<Belongings> {
  const clock = new SystemClock();
  const user = userId((await owner.api.auth.status.query()).user?.id ?? "");
  const alert = { kind: "late_fill", subject: "o1", connectionId: null, message: "late" } as const;
  await desk.store.db.transaction((tx) => raiseAlert(clock, tx, { userId: user, ...alert }));
  const { alerts } = await owner.api.alerts.list.query({});
  const facts = { kind: "order_state", subject: "o1", symbol: null, here: "a", there: "b", cause: "c" } as const;
  const key = {
    id: randomUUID(),
    accountId: accountId(account),
    mode: "paper",
    evidence: {},
    action: "asked",
  } as const;
  const drift = await desk.store.db.transaction((tx) => drifts.seeOpen(tx, { ...facts, ...key }, clock.now()));
  const raise = { field: "maxOrderQuantity", raisedTo: "200000", minutes: 60, password: OWNER.password } as const;
  const { raises } = await owner.api.risk.raise.mutate({ ...raise, accountId: account });
  const order = await owner.api.orders.place.mutate({
    accountId: account,
    idempotencyKey: randomUUID(),
    order: { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "1.00", timeInForce: "gtc" },
  });
  const [session] = await owner.api.auth.sessions.query();
  return {
    accountId: account,
    connectionId,
    orderId: order.id,
    alertId: alerts[0]?.id ?? "",
    driftId: drift.id,
    raiseId: raises[0]?.id ?? "",
    sessionId: session?.id ?? "",
  };
}

const refusal = z.object({ error: z.object({ data: z.object({ desk: z.object({ code: z.string() }) }) }) });
const codeIn = (body: unknown): string | null => refusal.safeParse(body).data?.error.data.desk.code ?? null;

/** The code of the refusal of one call over HTTP; null where it was answered. */
async function callOverHttp(path: string, isQuery: boolean, cookie: string, input: object): Promise<string | null> {
  const text = JSON.stringify(input);
  const response = await fetch(
    `${desk.url}/trpc/${path}${isQuery ? `?input=${encodeURIComponent(text)}` : ""}`,
    isQuery
      ? { headers: { cookie } }
      : { method: "POST", headers: { cookie, origin: desk.url, "content-type": "application/json" }, body: text },
  );
  return codeIn(await response.json());
}

/** The same over a socket of its own. Who has no session gets none; a stream is let in once it has begun. */
async function callOverSocket(path: string, method: string, cookie: string, input: object): Promise<string | null> {
  const ticket = z
    .object({ result: z.object({ data: z.object({ ticket: z.string() }) }) })
    .safeParse(await (await fetch(`${desk.url}/trpc/auth.webSocketTicket`, postOf(cookie))).json());
  const socket = new WebSocket(`${desk.url.replace("http", "ws")}/trpc?connectionParams=1`, {
    headers: { cookie, origin: desk.url },
  });
  socket.on("error", () => undefined);
  const answer = await new Promise<unknown>((resolve) => {
    socket.once("unexpected-response", (_request, response) => {
      response.setEncoding("utf8").once("data", (text: string) => resolve(JSON.parse(text)));
    });
    socket.once("open", () => {
      socket.send(
        JSON.stringify({ method: "connectionParams", data: { ticket: ticket.data?.result.data.ticket ?? "" } }),
      );
      socket.send(JSON.stringify({ id: 1, method, params: { path, input } }));
    });
    // tRPC says "started" before the procedure has looked at whose it is: the next message tells.
    socket.on("message", (data: Buffer) => {
      const message: unknown = JSON.parse(data.toString());
      const isWaiting = ACCESS[path]?.names !== undefined && data.toString().includes('"type":"started"');
      if (!isWaiting) resolve(message);
    });
  });
  socket.terminate();
  return codeIn(answer);
}

function postOf(cookie: string): RequestInit {
  return { method: "POST", headers: { cookie, origin: desk.url, "content-type": "application/json" }, body: "{}" };
}

/** No procedure takes this: who is let in is told so, and nothing is done. */
const UNFIT = { "not a field of any input": true };

const call = (path: string, type: string, caller: Caller, input: object): Promise<string | null> => {
  const cookie = cookies.get(caller) ?? "";
  return type === "subscription"
    ? callOverSocket(path, type, cookie, input)
    : callOverHttp(path, type === "query", cookie, input);
};

/** They take no input, so that whoever is let in does it: each is tried by itself elsewhere ([SV29]). */
const DONE_AT_ONCE = ["auth.signOut", "auth.signOutEverywhere", "orders.reduceOnly", "alerts.removeWebhook"];

it("[SV240] the table has a row for every procedure and for nothing else", () => {
  expect(Object.keys(ACCESS).toSorted()).toEqual(procedures.map(({ path }) => path).toSorted());
});

describe("every procedure and every caller", () => {
  it.each(rows)("[SV240] $path, called by $caller", async ({ path, type, caller }) => {
    const row = ACCESS[path];
    if (row === undefined) throw new Error(`accessTable.ts has no row for ${path}`);
    const expected = answerFor(row, caller);
    const unfit = DONE_AT_ONCE.includes(path) && expected === "in" ? null : await call(path, type, caller, UNFIT);
    const fit = row.names === undefined || caller === "owner" ? null : await call(path, type, caller, row.names(own));
    const doors = [unfit, fit].filter((code) => code === "UNAUTHENTICATED" || code === "FORBIDDEN");
    // Neither a fit input nor an unfit one tells more than that; who is let in finds nothing of another's.
    expect(doors.every((code) => code === expected)).toBe(true);
    expect(doors.length > 0).toBe(expected !== "in");
    expect(fit).toBe(fit === null ? null : expected === "in" ? "NOT_FOUND" : expected);
  });
});

it("[SV240] what was refused above did nothing", async () => {
  const { orders } = await owner.api.orders.list.query({});
  expect(orders.map(({ id }) => id)).toEqual([own.orderId]);
  expect((await owner.api.auth.users.query()).map(({ role }) => role)).toEqual([
    "owner",
    "trader",
    "cancel_only",
    "viewer",
  ]);
  expect((await owner.api.risk.policy.query({ accountId: own.accountId })).raises).toHaveLength(1);
});
