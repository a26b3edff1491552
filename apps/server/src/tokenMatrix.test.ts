import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { listProcedures } from "./testing/listProcedures.ts";
import { OWNER, setUp } from "./testing/people.ts";
import { tokenScope } from "./wire/tokens.ts";

const ALL = { perSecond: 1_000, burst: 10_000 };
/** What a token may ask for: said here again, so that a procedure that is new or changed is looked at. */
const READS = [
  "brokers.catalog",
  "brokers.list",
  "accounts.list",
  "accounts.portfolio",
  "orders.list",
  "orders.get",
  "orders.preview",
  "orders.fills",
  "live.state",
  "marketData.search",
  "marketData.instrument",
  "marketData.bars",
  "marketData.market",
  "marketData.watchlist",
  "risk.limits",
  "risk.policy",
  "risk.state",
  "risk.metrics",
  "risk.margin",
  "drifts.list",
  "alerts.list",
  "audit.list",
  "audit.verify",
  "system.info",
  "system.metrics",
];
const STOPS = ["orders.cancel", "orders.halt", "live.disarm"];
const ORDERS = ["orders.place", "orders.modify", "orders.reduceOnly"];
/** Takes no input: whoever is let in does it. */
const DONE_AT_ONCE = "orders.reduceOnly";

type Scope = z.infer<typeof tokenScope>;
/** A paper token must name an account: an unfit input names none, so that it is refused ([SV313] has the fit ones). */
const PATHS = {
  read: READS,
  paper: READS,
  cancel_only: [...READS, ...STOPS],
  trade: [...READS, ...STOPS, ...ORDERS],
} as const satisfies Record<Scope, readonly string[]>;

const procedures = listProcedures();
const rows = procedures
  .filter(({ type }) => type !== "subscription")
  .flatMap(({ path, type }) => tokenScope.options.map((scope) => ({ path, type, scope })))
  .filter(({ path, scope }) => path !== DONE_AT_ONCE || scope !== "trade");

let desk: TestDesk;
let owner: TestClient;
const tokens = new Map<Scope, string>();

beforeAll(async () => {
  desk = await createTestDesk({ buckets: { read: ALL, write: ALL, verify: ALL, status: ALL } });
  owner = createTestClient(desk.url);
  await setUp(owner);
  await owner.api.auth.stepUp.mutate({ password: OWNER.password });
  for (const scope of tokenScope.options)
    tokens.set(scope, (await owner.api.tokens.create.mutate({ name: scope, scope, days: 1 })).token);
});
afterAll(async () => {
  await owner[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const refusal = z.object({ error: z.object({ data: z.object({ desk: z.object({ code: z.string() }) }) }) });

/** The code of the refusal of a call with an input that no procedure takes; null where it was answered. */
async function call(path: string, isQuery: boolean, token: string): Promise<string | null> {
  const text = JSON.stringify({ "not a field of any input": randomUUID() });
  const authorization = `Bearer ${token}`;
  const response = await fetch(
    `${desk.url}/trpc/${path}${isQuery ? `?input=${encodeURIComponent(text)}` : ""}`,
    isQuery
      ? { headers: { authorization } }
      : { method: "POST", headers: { authorization, "content-type": "application/json" }, body: text },
  );
  return refusal.safeParse(await response.json()).data?.error.data.desk.code ?? null;
}

describe("every procedure and every scope", () => {
  it.each(procedures)("[SV316] $path declares what a token must be good for", ({ path, meta }) => {
    const expected = READS.includes(path)
      ? "read"
      : STOPS.includes(path)
        ? "stop"
        : ORDERS.includes(path)
          ? "order"
          : "none";
    expect(meta?.token).toBe(expected);
  });

  it.each(rows)("[SV316] $path, called with a $scope token", async ({ path, type, scope }) => {
    const paths: readonly string[] = PATHS[scope];
    const code = await call(path, type === "query", tokens.get(scope) ?? "");
    const isIn = code === null || code === "INVALID_INPUT";
    expect(isIn ? "in" : code).toBe(paths.includes(path) ? "in" : "FORBIDDEN");
  });

  it("[SV316] what was refused above did nothing", async () => {
    expect((await owner.api.orders.list.query({})).orders).toEqual([]);
    expect(await owner.api.auth.users.query()).toHaveLength(1);
    expect(await owner.api.tokens.list.query()).toHaveLength(tokenScope.options.length);
    expect((await owner.api.risk.state.query()).state).toBe("ACTIVE");
  });
});
