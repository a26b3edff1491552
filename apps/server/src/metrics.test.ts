import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { signInAs } from "./testing/people.ts";
import { until } from "./testing/until.ts";

const VIEWER = { username: "vera", password: "some other four words", role: "viewer" } as const;
const TOKEN = "a token of at least 24 characters".replaceAll(" ", "-");

let kit: Awaited<ReturnType<typeof createManualDesk>>;
let viewer: TestClient;

beforeAll(async () => {
  kit = await createManualDesk({ metricsToken: TOKEN });
  await kit.api.auth.createUser.mutate(VIEWER);
  viewer = createTestClient(kit.desk.url);
  await signInAs(viewer, VIEWER);
});
afterAll(async () => {
  await viewer[Symbol.asyncDispose]();
  await kit[Symbol.asyncDispose]();
});

const get = (headers: Record<string, string>, query = "") => fetch(`${kit.desk.url}/metrics${query}`, { headers });

/** Value by name with labels, as a scraper reads it. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const text = await (await get({ authorization: `Bearer ${TOKEN}` })).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

describe("who may read the metrics", () => {
  it.each([
    ["nobody", {}, "", 401, "UNAUTHENTICATED"],
    ["a wrong token", { authorization: `Bearer ${TOKEN}x` }, "", 401, "UNAUTHENTICATED"],
    ["an empty token", { authorization: "Bearer " }, "", 401, "UNAUTHENTICATED"],
    ["the token by another scheme", { authorization: `Basic ${TOKEN}` }, "", 401, "UNAUTHENTICATED"],
    ["the token in the address", {}, `?token=${TOKEN}`, 401, "UNAUTHENTICATED"],
  ])("[SV270] %s is refused, and told nothing", async (_name, headers, query, status, code) => {
    const answer = await get({ ...headers }, query);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([status, "no-store"]);
    const body = await answer.text();
    expect(JSON.parse(body).error.data.desk.code).toBe(code);
    expect(body).not.toContain("desk_");
  });

  it("[SV270] a viewer is refused; the owner and a scraper with the token are not", async () => {
    const refused = await get({ cookie: viewer.cookie() });
    expect([refused.status, JSON.parse(await refused.text()).error.data.desk.code]).toEqual([403, "FORBIDDEN"]);
    for (const headers of [{ cookie: kit.person.cookie() }, { authorization: `Bearer ${TOKEN}` }] as const) {
      const answer = await get({ ...headers });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
      expect(await answer.text()).toContain("# TYPE desk_stream_ticks_in_total counter");
    }
  });

  it("[SV270] without a token set, none opens the door", async () => {
    await using bare = await createManualDesk();
    for (const shown of ["undefined", "null", TOKEN]) {
      const answer = await fetch(`${bare.desk.url}/metrics`, { headers: { authorization: `Bearer ${shown}` } });
      expect(answer.status).toBe(401);
    }
  });
});

describe("what they tell", () => {
  it("[SV271] ticks, messages, bytes, sockets and subscriptions are counted, and given back at the end", async () => {
    const before = await scrape();
    const seen: number[] = [];
    const stop = kit.api.marketData.quotes.subscribe(
      { connectionId: kit.connectionId, symbols: ["AAPL"] },
      { onData: ({ quotes }) => void seen.push(...quotes.map(([, bid]) => bid ?? 0)) },
    );
    await until("the first price", () => (seen.length > 0 ? true : null));
    kit.feed.quote("AAPL", 101, 101.02);
    await until("the new price", () => (seen.includes(101) ? true : null));
    const during = await scrape();
    const grown = (name: string) => (during.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(grown("desk_stream_ticks_in_total")).toBeGreaterThanOrEqual(2);
    expect(grown("desk_stream_messages_out_total")).toBeGreaterThanOrEqual(2);
    expect(grown("desk_stream_quotes_out_total")).toBe(seen.length);
    expect(grown("desk_socket_bytes_out_total")).toBeGreaterThan(200);
    expect([during.get("desk_sockets"), during.get("desk_subscriptions")]).toEqual([1, 1]);
    expect(during.get("desk_upstream_subscriptions")).toBe(1);
    expect(during.get("desk_stream_conflation_ratio")).toBeGreaterThan(0);
    stop.unsubscribe();
    const after = await until("everything is given back", async () => {
      const now = await scrape();
      return now.get("desk_sockets") === 0 ? now : null;
    });
    // The last price is kept a while for who was only cut off ([QH18]).
    expect([after.get("desk_subscriptions"), after.get("desk_upstream_subscriptions")]).toEqual([0, 1]);
    expect(after.get("desk_socket_bytes_out_total")).toBeGreaterThanOrEqual(
      during.get("desk_socket_bytes_out_total") ?? Infinity,
    );
  });

  it("[SV272] an order is measured once from intent to wire and once from wire to answer", async () => {
    const stages = ["desk_order_intent_to_sent_seconds", "desk_order_sent_to_answered_seconds"] as const;
    const counts = async () => {
      const now = await scrape();
      return stages.map((name) => now.get(`${name}_count`));
    };
    expect(await counts()).toEqual([0, 0]);
    const { id } = await kit.place({
      symbol: "AAPL",
      side: "buy",
      type: "market",
      quantity: "2",
      timeInForce: "day",
    });
    await kit.untilState(id, "FILLED");
    expect(await counts()).toEqual([1, 1]);
    const { orders } = await viewer.api.system.metrics.query();
    expect([orders.intentToSent?.count, orders.sentToAnswered?.count]).toEqual([1, 1]);
  });

  it("[SV534] whoever is signed in is told what runs here, since when, and how large its database is; nobody else", async () => {
    const info = await viewer.api.system.info.query();
    expect(info).toMatchObject({ node: process.version, database: { kind: "server", survivesPowerLoss: true } });
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.startedAt <= info.now).toBe(true);
    // An empty one of PostgreSQL has some seven million; ours has its tables besides.
    expect(info.databaseBytes).toBeGreaterThan(7e6);
    await using stranger = createTestClient(kit.desk.url);
    await expect(stranger.api.system.info.query()).rejects.toMatchObject({
      data: { desk: { code: "UNAUTHENTICATED" } },
    });
  });

  it("[SV273] whoever is signed in sees the last minute, a sample a second; nobody else", async () => {
    const { samples } = await until("two samples", async () => {
      const metrics = await viewer.api.system.metrics.query();
      return metrics.samples.length >= 2 ? metrics : null;
    });
    expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).toSorted());
    await using stranger = createTestClient(kit.desk.url);
    await expect(stranger.api.system.metrics.query()).rejects.toMatchObject({
      data: { desk: { code: "UNAUTHENTICATED" } },
    });
    const scraped = await scrape();
    expect(scraped.get('desk_event_loop_delay_seconds{quantile="1"}')).toBeGreaterThanOrEqual(
      scraped.get('desk_event_loop_delay_seconds{quantile="0.5"}') ?? Infinity,
    );
  });
});
