import { decode, encode, EXT_TIMESTAMP, ExtensionCodec } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { Bench, KEY, SECRET } from "../testing/Bench.ts";
import { TestSocket } from "../testing/TestSocket.ts";
import { until } from "../testing/until.ts";

const AUTH = { action: "auth", key: KEY, secret: SECRET };
const CONNECTED = [{ T: "success", msg: "connected" }];
const AUTHENTICATED = [{ T: "success", msg: "authenticated" }];
const error = (code: number, msg: string): unknown => [{ T: "error", code, msg }];

async function authenticated(bench: Bench): Promise<TestSocket> {
  const socket = await new TestSocket(bench.simulator.endpoints.dataStream).opened();
  socket.send(AUTH);
  await socket.heard(2);
  return socket;
}

describe("the market-data stream", () => {
  it("[AS30] welcomes in text frames, and authenticates by a message", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    expect(socket.messages).toEqual([CONNECTED, AUTHENTICATED]);
    expect(socket.frames.every(({ isBinary }) => !isBinary)).toBe(true);
  });

  it("[AS30] authenticates by the handshake's headers", async () => {
    await using bench = await Bench.open();
    const headers = { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET };
    using socket = new TestSocket(bench.simulator.endpoints.dataStream, headers);
    expect(await socket.heard(2)).toEqual([CONNECTED, AUTHENTICATED]);
    socket.send(AUTH);
    expect((await socket.heard(3))[2]).toEqual(error(403, "already authenticated"));
  });

  it("[AS31] refuses wrong keys, and what comes before authentication", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.dataStream).opened();
    socket.send({ action: "subscribe", trades: ["AAPL"] });
    socket.send({ ...AUTH, secret: "wrong" });
    expect((await socket.heard(3)).slice(1)).toEqual([error(401, "not authenticated"), error(402, "auth failed")]);
  });

  it("[AS31] ends a connection that is not authenticated within ten seconds", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.dataStream).opened();
    await socket.heard(1);
    await bench.clock.advance(10_000);
    expect((await socket.heard(2))[1]).toEqual(error(404, "auth timeout"));
    await until(() => socket.closedWith !== null);
  });

  it("[AS32] allows one connection of an account, on a socket that stays open", async () => {
    await using bench = await Bench.open({ connectionReapMs: 90_000 });
    const first = await authenticated(bench);
    using second = await authenticated(bench);
    expect(second.messages[1]).toEqual(error(406, "connection limit exceeded"));
    first[Symbol.dispose]();
    await until(() => bench.simulator.journal.sockets("data").some(({ event }) => event === "closed"));
    second.send(AUTH);
    expect((await second.heard(3))[2]).toEqual(error(406, "connection limit exceeded"));
    await bench.clock.advance(90_000);
    second.send(AUTH);
    expect((await second.heard(4))[3]).toEqual(AUTHENTICATED);
  });

  it("[AS32] lets the free plan follow thirty symbols, and changes nothing where there are more", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    const many = Array.from({ length: 29 }, (_, index) => `S${index}`);
    socket.send({ action: "subscribe", trades: many, quotes: ["AAPL"] });
    socket.send({ action: "subscribe", quotes: ["AAPL", "MSFT"] });
    socket.send({ action: "subscribe", bars: ["*"] });
    const [ok, refused, bars] = (await socket.heard(5)).slice(2);
    expect(ok).toMatchObject([{ T: "subscription", quotes: ["AAPL"] }]);
    expect(refused).toEqual(error(405, "symbol limit exceeded"));
    expect(bars).toMatchObject([{ quotes: ["AAPL"], bars: ["*"] }]);
  });

  it("[AS32] has the consolidated tape for those who pay only", async () => {
    await using bench = await Bench.open();
    const url = bench.simulator.endpoints.dataStream.replace("iex", "sip");
    using socket = await new TestSocket(url).opened();
    socket.send(AUTH);
    expect((await socket.heard(2))[1]).toEqual(error(409, "insufficient subscription"));
  });

  it("[AS32] has everything for those who pay", async () => {
    await using bench = await Bench.open({ plan: "plus" });
    using socket = await new TestSocket(bench.simulator.endpoints.dataStream.replace("iex", "sip")).opened();
    socket.send(AUTH);
    socket.send({ action: "subscribe", trades: ["*"], quotes: Array.from({ length: 100 }, (_, index) => `S${index}`) });
    expect((await socket.heard(3))[2]).toMatchObject([{ T: "subscription", trades: ["*"] }]);
    bench.feed.print("TSLA", 251);
    expect((await socket.heard(4))[3]).toMatchObject([{ T: "t", S: "TSLA" }]);
    expect((await bench.get("/v2/stocks/AAPL/quotes/latest?feed=sip")).status).toBe(200);
  });

  it("[AS31] answers what it cannot read with 400", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    for (const message of [
      "{",
      { action: "dance" },
      { action: "subscribe", trades: "AAPL" },
      { action: "subscribe", trades: ["?"] },
    ]) {
      socket.send(message);
    }
    expect((await socket.heard(6)).slice(2)).toEqual(Array.from({ length: 4 }, () => error(400, "invalid syntax")));
  });

  it("[AS33] lists the whole subscription, every channel, corrections with the trades", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    socket.send({ action: "subscribe", trades: ["AAPL"], quotes: ["MSFT"], statuses: ["*"] });
    socket.send({ action: "unsubscribe", quotes: ["MSFT"] });
    expect((await socket.heard(4)).slice(2)).toEqual([
      [
        {
          T: "subscription",
          trades: ["AAPL"],
          quotes: ["MSFT"],
          bars: [],
          updatedBars: [],
          dailyBars: [],
          statuses: ["*"],
          lulds: [],
          corrections: ["AAPL"],
          cancelErrors: ["AAPL"],
        },
      ],
      [expect.objectContaining({ trades: ["AAPL"], quotes: [] })],
    ]);
  });

  it("[AS34] sends trades, quotes, bars and statuses of what is subscribed, in one array what happens at once", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    socket.send({
      action: "subscribe",
      trades: ["AAPL"],
      quotes: ["AAPL"],
      bars: ["*"],
      statuses: ["AAPL"],
      dailyBars: ["AAPL"],
    });
    await socket.heard(3);
    bench.feed.quote("AAPL", 101, 101.02, 500);
    bench.feed.quote("TSLA", 251, 251.05);
    bench.feed.print("AAPL", 101.02, 200);
    expect((await socket.heard(4))[3]).toEqual([
      {
        T: "q",
        S: "AAPL",
        bx: "V",
        bp: 101,
        bs: 500,
        ax: "V",
        ap: 101.02,
        as: 500,
        c: ["R"],
        z: "C",
        t: expect.stringMatching(/^2026-11-20T15:00:00\.\d{1,9}Z$/),
      },
      { T: "t", S: "AAPL", i: 2, x: "V", p: 101.02, s: 200, t: expect.any(String), c: ["@"], z: "C" },
    ]);
    await bench.clock.advance(60_000);
    await until(() => JSON.stringify(socket.messages).includes('"T":"d"'));
    const later = socket.messages.slice(4).flat();
    expect(later).toContainEqual(
      expect.objectContaining({
        T: "b",
        S: "AAPL",
        o: 100.02,
        h: 101.02,
        c: 101.02,
        v: 300,
        n: 2,
        t: "2026-11-20T15:00:00Z",
      }),
    );
    bench.simulator.market.halt("AAPL");
    await until(() => JSON.stringify(socket.messages).includes('"T":"s"'));
    expect(socket.messages.at(-1)).toMatchObject([{ T: "s", S: "AAPL", sc: "H", sm: "Trading Halt", z: "C" }]);
  });

  it("[AS34] a quote that says the same again is a quote, with its own time; a print alone is none", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    socket.send({ action: "subscribe", quotes: ["AAPL"] });
    await socket.heard(3);
    await bench.clock.advance(1_000);
    bench.feed.quote("AAPL", 100, 100.02);
    bench.feed.print("AAPL", 100.02);
    expect((await socket.heard(4))[3]).toMatchObject([{ T: "q", bp: 100, ap: 100.02 }]);
    const { body } = await bench.get<{ readonly quote: { readonly t: string } }>(
      "/v2/stocks/AAPL/quotes/latest?feed=iex",
    );
    expect(Date.parse(body.quote.t)).toBe(bench.clock.now());
    await socket.settled();
    expect(socket.frames).toHaveLength(4);
  });

  it("[AS34] sends what a test gives it: bands to who asked, corrections and cancels with the trades; a side nobody quotes is 0", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    socket.send({ action: "subscribe", trades: ["AAPL"], lulds: ["*"], updatedBars: ["AAPL"], quotes: ["AAPL"] });
    await socket.heard(3);
    const { market } = bench.simulator;
    const t = market.stamp();
    market.publish({ T: "l", S: "MSFT", u: 420, d: 380, i: "B", t, z: "C" });
    const corrected = { x: "V", oi: 1, op: 100, os: 10, oc: ["@"], ci: 1, cp: 101, cs: 10, cc: ["@"], t, z: "C" };
    market.publish({ T: "c", S: "AAPL", ...corrected });
    market.publish({ T: "x", S: "AAPL", i: 1, x: "V", p: 101, s: 10, a: "C", t, z: "C" });
    market.publish({ T: "x", S: "MSFT", i: 1, x: "V", p: 101, s: 10, a: "C", t, z: "C" });
    bench.feed.quote("AAPL", null, 100.02);
    const heard = (await socket.heard(4))[3];
    expect(heard).toMatchObject([
      { T: "l", S: "MSFT", u: 420, d: 380 },
      { T: "c", S: "AAPL", op: 100, cp: 101 },
      { T: "x", S: "AAPL", a: "C" },
      { T: "q", S: "AAPL", bp: 0, bs: 0, bx: " ", ap: 100.02 },
    ]);
  });

  it("[AS36] cuts off a client that does not read", async () => {
    await using bench = await Bench.open();
    using socket = await authenticated(bench);
    socket.send({ action: "subscribe", quotes: ["AAPL"] });
    await socket.heard(3);
    socket.pause();
    const isClosed = (): boolean => bench.simulator.journal.sockets("data").some(({ event }) => event === "closed");
    let bid = 0;
    await until(() => {
      // A turn's worth at a time, so that each goes in one message.
      for (let count = 0; count < 500 && !isClosed(); count += 1) bench.feed.quote("AAPL", (bid += 1), 1e6);
      return isClosed();
    });
    expect(bid).toBeGreaterThan(10_000);
  });

  it("[AS35] speaks msgpack both ways where the handshake asks for it, with instants in extension -1", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.dataStream, {
      "Content-Type": "application/msgpack",
    }).opened();
    socket.send(encode(AUTH));
    socket.send(encode({ action: "subscribe", quotes: ["AAPL"] }));
    await socket.heard(3);
    bench.feed.quote("AAPL", 102, 102.02);
    await socket.heard(4);
    const extensions: Uint8Array[] = [];
    const codec = new ExtensionCodec();
    codec.register({ type: EXT_TIMESTAMP, encode: () => null, decode: (bytes) => extensions.push(bytes) });
    const [quote] = [decode(socket.frames[3]?.bytes ?? [], { extensionCodec: codec })];
    expect(quote).toMatchObject([{ T: "q", S: "AAPL", bp: 102 }]);
    // 30 bits of nanoseconds and 34 of seconds.
    expect(extensions).toHaveLength(1);
    const bits = Buffer.from(extensions[0] ?? []).readBigUInt64BE();
    expect(bits & 0x3ffffffffn).toBe(BigInt(Date.UTC(2026, 10, 20, 15) / 1000));
    expect(bits >> 34n).toBeGreaterThan(0n);
  });
});
