import { decode, encode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { Bench, KEY, SECRET } from "../testing/Bench.ts";
import { TestSocket } from "../testing/TestSocket.ts";
import { until } from "../testing/until.ts";

const AUTH = { action: "auth", key: KEY, secret: SECRET };
const LISTEN = { action: "listen", data: { streams: ["trade_updates"] } };
const AUTHORIZED = { stream: "authorization", data: { status: "authorized", action: "authenticate" } };

async function listening(bench: Bench): Promise<TestSocket> {
  const socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
  socket.send(AUTH);
  await socket.heard(1);
  socket.send(LISTEN);
  await socket.heard(2);
  return socket;
}

describe("the trading stream", () => {
  it.each([
    ["the documents", AUTH],
    ["the SDKs", { action: "authenticate", data: { key_id: KEY, secret_key: SECRET } }],
  ])("[AS20] authorizes in the shape of %s, and says nothing before it is spoken to", async (_, auth) => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
    await socket.settled();
    expect(socket.frames).toEqual([]);
    socket.send(auth);
    expect(await socket.heard(1)).toEqual([AUTHORIZED]);
    socket.send(LISTEN);
    expect((await socket.heard(2))[1]).toEqual({ stream: "listening", data: { streams: ["trade_updates"] } });
  });

  it("[AS20] sends its JSON in binary frames, and msgpack to who asks for it", async () => {
    await using bench = await Bench.open();
    const url = bench.simulator.endpoints.tradingStream;
    using json = await new TestSocket(url).opened();
    using msgpack = await new TestSocket(url, { "Content-Type": "application/msgpack" }).opened();
    json.send(AUTH);
    msgpack.send(encode(AUTH));
    await Promise.all([json.heard(1), msgpack.heard(1)]);
    expect(json.frames[0]?.isBinary).toBe(true);
    expect(decode(msgpack.frames[0]?.bytes ?? [])).toEqual(AUTHORIZED);
  });

  it("[AS21] refuses wrong keys and whoever listens before, and leaves the socket open", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
    socket.send(LISTEN);
    socket.send({ ...AUTH, secret: "wrong" });
    socket.send(AUTH);
    expect(await socket.heard(3)).toEqual([
      { stream: "authorization", data: { status: "unauthorized", action: "listen" } },
      { stream: "authorization", data: { status: "unauthorized", action: "authenticate" } },
      AUTHORIZED,
    ]);
  });

  it("[AS21] says what is wrong with a message that is none, and closes", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
    socket.send("{");
    expect(await socket.heard(1)).toEqual([{ action: "error", data: { error_message: "invalid message" } }]);
    await until(() => socket.closedWith !== null);
    expect(socket.closedWith).toBe(1008);
  });

  it("[AS22] acknowledges the streams that there are and leaves out the others; the list is the whole set", async () => {
    await using bench = await Bench.open();
    using socket = await listening(bench);
    socket.send({ action: "listen", data: { streams: ["account_updates", "trade_updates"] } });
    socket.send({ action: "listen", data: { streams: [] } });
    expect((await socket.heard(4)).slice(2)).toEqual([
      { stream: "listening", data: { streams: ["trade_updates"] } },
      { stream: "listening", data: { streams: [] } },
    ]);
    await bench.order();
    await socket.settled();
    expect(socket.frames).toHaveLength(4);
  });

  it("[AS23] tells a fill with its own price and quantity, the whole order, ids and the position; as strings", async () => {
    await using bench = await Bench.open();
    using socket = await listening(bench);
    const { body } = await bench.order({ qty: "3", client_order_id: "mine" });
    expect(body).toMatchObject({ status: "pending_new", filled_qty: "0", filled_avg_price: null });
    expect((await socket.heard(4)).slice(2)).toMatchObject([
      { stream: "trade_updates", data: { event: "new", order: { id: body.id, status: "new" } } },
      {
        data: {
          event: "fill",
          price: "100.02",
          qty: "3",
          position_qty: "3",
          execution_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          event_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
          timestamp: expect.stringMatching(/^2026-11-20T15:00:00\.\d+Z$/),
          order: {
            client_order_id: "mine",
            status: "filled",
            filled_qty: "3",
            filled_avg_price: "100.02",
            order_class: "",
          },
        },
      },
    ]);
    await bench.order({ qty: "3", side: "sell" });
    expect((await socket.heard(6)).at(-1)).toMatchObject({ data: { event: "fill", price: "100", position_qty: "0" } });
  });

  it("[AS23] tells parts of a fill as partial_fill, and what is left later", async () => {
    // One order in ten is cut: with this seed, one of the first few.
    await using bench = await Bench.open({ seed: 3 });
    using socket = await listening(bench);
    for (let count = 0; count < 30; count += 1) await bench.order({ symbol: "MSFT", qty: "4" });
    bench.quoteAll();
    await socket.settled();
    const events = socket.messages.map((message) => JSON.stringify(message));
    expect(events.filter((text) => text.includes('"event":"partial_fill"')).length).toBeGreaterThan(0);
    expect(events.filter((text) => text.includes('"event":"fill"'))).toHaveLength(30);
  });

  it("[AS24] tells each account its own orders only", async () => {
    await using bench = await Bench.open();
    bench.simulator.addAccount({ key: "OTHER", secret: "other" });
    using socket = await listening(bench);
    const headers = { "APCA-API-KEY-ID": "OTHER", "APCA-API-SECRET-KEY": "other" };
    const order = { symbol: "AAPL", qty: "1", side: "buy", type: "market", time_in_force: "day" };
    expect((await bench.call("POST", "/v2/orders", order, headers)).status).toBe(200);
    await socket.settled();
    expect(socket.frames).toHaveLength(2);
  });
});
