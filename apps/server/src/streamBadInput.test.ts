import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { builtIn, signInAs } from "./testing/people.ts";
import { until } from "./testing/until.ts";

const TRADER = { username: "grace", password: "another four words here", role: "trader" } as const;
const TOKEN = "a-scraper-of-this-test-only";
/** Three letters each: ten thousand of them still fit into the largest frame. */
const TEN_THOUSAND = Array.from({ length: 10_000 }, (_, index) =>
  String.fromCodePoint(65 + Math.floor(index / 676), 65 + (Math.floor(index / 26) % 26), 65 + (index % 26)),
);

let kit: Awaited<ReturnType<typeof createManualDesk>>;
let stranger: TestClient;
let foreign: string;

beforeAll(async () => {
  kit = await createManualDesk({ metricsToken: TOKEN });
  await kit.api.auth.createUser.mutate(TRADER);
  stranger = createTestClient(kit.desk.url);
  await signInAs(stranger, TRADER);
  ({ connectionId: foreign } = await builtIn(stranger));
});
afterAll(async () => {
  await stranger[Symbol.asyncDispose]();
  await kit[Symbol.asyncDispose]();
});

const answerShape = z.looseObject({
  id: z.number().nullish(),
  result: z.looseObject({ type: z.string().optional(), data: z.unknown().optional() }).optional(),
  error: z
    .looseObject({ data: z.looseObject({ desk: z.looseObject({ code: z.string(), message: z.string() }) }) })
    .optional(),
});
type Answer = z.infer<typeof answerShape>;

/** A socket without tRPC's client, past the ticket: what it sends is up to the test. */
async function openRaw() {
  const { ticket } = await kit.api.auth.webSocketTicket.mutate();
  const socket = new WebSocket(`${kit.desk.url.replace("http", "ws")}/trpc?connectionParams=1`, {
    headers: { cookie: kit.person.cookie(), origin: kit.desk.url },
  });
  const answers: Answer[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer) => {
    if (data.toString() !== "PING") answers.push(answerShape.parse(JSON.parse(data.toString())));
  });
  await new Promise<void>((resolve) => socket.once("open", () => resolve()));
  socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
  return {
    socket,
    closed,
    answers,
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    refusal: (id: number) =>
      until(
        `a refusal of ${id}`,
        () => answers.find((answer) => answer.id === id && answer.error !== undefined)?.error?.data.desk,
      ),
    data: (id: number) => answers.filter((answer) => answer.id === id && answer.result?.type === "data"),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

const subscription = (
  id: number,
  symbols: readonly string[],
  options: { connectionId?: string; path?: string } = {},
) => ({
  id,
  method: "subscription",
  params: {
    path: options.path ?? "marketData.quotes",
    input: { connectionId: options.connectionId ?? kit.connectionId, symbols },
  },
});

const areZero = (...gauges: readonly string[]) =>
  until("everything is given back", async () => {
    const response = await fetch(`${kit.desk.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const text = await response.text();
    return gauges.every((name) => text.includes(`\n${name} 0\n`));
  });
/** What a desk that nobody watches has open. */
const nothingOpen = () => areZero("desk_sockets", "desk_subscriptions");
/** What it holds upstream once it is sure that nobody comes back ([QH18]): a quarter of a minute. */
const nothingHeld = () => areZero("desk_upstream_subscriptions");

describe("streams that are asked for badly", () => {
  it("[SV275] an unknown symbol is told as unknown, once, and takes nothing from the others", async () => {
    {
      using raw = await openRaw();
      raw.send(subscription(1, ["NOPE", "AAPL", "ZZZZ"]));
      await until("the price of AAPL", () => JSON.stringify(raw.data(1)).includes('["AAPL"'));
      kit.feed.quote("AAPL", 103, 103.02);
      await until("the next price", () => JSON.stringify(raw.data(1)).includes('["AAPL",103,'));
      await until("why the others have none", () => /NOPE.*ZZZZ/.test(JSON.stringify(raw.data(1))));
      const told = JSON.stringify(raw.answers);
      expect(told).not.toContain('"error"');
      expect(told.match(/NOPE|ZZZZ|unknown_symbol/g)?.toSorted()).toEqual([
        "NOPE",
        "ZZZZ",
        "unknown_symbol",
        "unknown_symbol",
      ]);
    }
    await nothingOpen();
  });

  it.each(["marketData.quotes", "marketData.ticks"])(
    "[SV276] ten thousand symbols are refused with the limit, and the socket goes on: %s",
    async (path) => {
      {
        using raw = await openRaw();
        raw.send(subscription(1, TEN_THOUSAND, { path }));
        const refused = await raw.refusal(1);
        expect([refused.code, JSON.stringify(refused)]).toEqual(["INVALID_INPUT", expect.stringContaining("500")]);
        raw.send(subscription(2, ["AAPL"], { path }));
        await until("the stream's first item", () => raw.data(2).length > 0);
      }
      await nothingOpen();
    },
  );

  it("[SV276] a request larger than a frame may be closes its socket, and no other", async () => {
    {
      using other = await openRaw();
      other.send(subscription(1, ["AAPL"]));
      await until("the first item", () => other.data(1).length > 0);
      using raw = await openRaw();
      raw.send(
        subscription(
          1,
          TEN_THOUSAND.map((symbol) => `${symbol}.LONGER`),
        ),
      );
      expect(await raw.closed).toBe(1009);
      kit.feed.quote("AAPL", 104, 104.02);
      await until("the other's next price", () => JSON.stringify(other.data(1)).includes('["AAPL",104,'));
    }
    await nothingOpen();
  });

  it("[SV277] an id that is in use is refused, and the stream that has it goes on", async () => {
    {
      using raw = await openRaw();
      raw.send(subscription(7, ["AAPL"]));
      await until("the first item", () => raw.data(7).length > 0);
      raw.send(subscription(7, ["MSFT"]));
      expect((await raw.refusal(7)).code).toBe("INVALID_INPUT");
      for (const garbage of ["{ not json", "null", '{"id":7}', '{"id":7,"method":"steal"}']) raw.socket.send(garbage);
      kit.feed.quote("MSFT", 205, 205.02);
      kit.feed.quote("AAPL", 105, 105.02);
      await until("the first one's next price", () => JSON.stringify(raw.data(7)).includes('["AAPL",105,'));
      expect(JSON.stringify(raw.data(7))).not.toContain('["MSFT"');
    }
    await nothingOpen();
  });

  it.each(["marketData.quotes", "marketData.ticks"])(
    "[SV278] another person's connection is not found, like one that is not there: %s",
    async (path) => {
      {
        using raw = await openRaw();
        for (const [id, connectionId] of [
          [1, foreign],
          [2, "00000000-0000-7000-8000-000000000000"],
          [3, "nonsense"],
        ] as const) {
          raw.send(subscription(id, ["AAPL"], { connectionId, path }));
          expect((await raw.refusal(id)).code).toBe("NOT_FOUND");
          expect(raw.data(id)).toEqual([]);
        }
      }
      await nothingOpen();
    },
  );

  it("[SV413] who leaves the answers unread gets no more of them, is told so, and is served again once it reads", async () => {
    using raw = await openRaw();
    const bars = { connectionId: kit.connectionId, symbol: "AAPL", timeframe: "1m", limit: 5_000 };
    const ask = (id: number) => ({ id, method: "query", params: { path: "marketData.bars", input: bars } });
    raw.send(ask(0));
    await until("an answer", () => raw.answers.some(({ id }) => id === 0));
    raw.socket.pause();
    // Far more than the machine's own buffers hold.
    for (let from = 1; from <= 240; from += 4) {
      raw.send([0, 1, 2, 3].map((next) => ask(from + next)));
      await kit.api.accounts.list.query();
    }
    raw.socket.resume();
    await until("all answers", () => raw.answers.length >= 241);
    const refused = raw.answers.filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error?.data.desk.code).toBe("TOO_MANY_REQUESTS");
    raw.send(ask(500));
    await until("an answer again", () => raw.answers.some(({ id, result }) => id === 500 && result !== undefined));
  });

  it("[SV279] a socket's 201st stream is refused, and what ends makes room", async () => {
    {
      using raw = await openRaw();
      for (let from = 0; from < 200; from += 10) {
        raw.send(Array.from({ length: 10 }, (_, index) => subscription(from + index + 1, ["AAPL"])));
      }
      await until(
        "200 streams",
        () => new Set(raw.answers.filter(({ result }) => result?.type === "data").map(({ id }) => id)).size === 200,
      );
      raw.send(subscription(201, ["AAPL"]));
      const refused = await raw.refusal(201);
      expect([refused.code, refused.message]).toEqual(["TOO_MANY_REQUESTS", expect.stringContaining("200")]);
      raw.send({ id: 1, method: "subscription.stop" });
      await until("room for one more", () =>
        raw.answers.some(({ id, result }) => id === 1 && result?.type === "stopped"),
      );
      raw.send(subscription(202, ["AAPL"]));
      await until("its first item", () => raw.data(202).length > 0);
    }
    await nothingOpen();
  });

  it("[SV280] clients that subscribe and vanish, at any moment, leave nothing behind", async () => {
    for (let round = 0; round < 5; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 8 }, () => openRaw()));
      for (const [index, raw] of sockets.entries()) {
        raw.send(subscription(1, ["AAPL", "MSFT", `GONE${String.fromCodePoint(65 + round)}`]));
        raw.send(subscription(2, ["MSFT"], { path: "marketData.ticks" }));
        // Some are gone before the first answer, some in the middle of the stream.
        if (index % 2 === 1) await until("the first item", () => raw.data(1).length > 0);
        raw[Symbol.dispose]();
      }
    }
    expect(await nothingOpen()).toBe(true);
    expect(await nothingHeld()).toBe(true);
  });
});
