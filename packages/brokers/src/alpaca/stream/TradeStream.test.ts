import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until, type ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { STAGE_KEYS as KEYS, StreamStage } from "../../testing/alpaca/StreamStage.ts";
import { wireFill, wireOrderOf } from "../../testing/alpaca/wireBuilders.ts";
import type { FakeClock } from "../../testing/FakeClock.ts";
import { TradeStream } from "./TradeStream.ts";
import type { TradeUpdate } from "./tradeUpdate.ts";

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let stage: StreamStage;

beforeEach(async () => {
  stage = await StreamStage.set();
  ({ alpaca, clock } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

function tradeStream() {
  const updates: TradeUpdate[] = [];
  const heard = { updates, unreadable: 0, ready: 0, lost: 0 };
  const stream = new TradeStream({
    url: `ws://${alpaca.address}/stream`,
    keys: KEYS,
    deps: stage.deps,
    onUpdate: (update) => updates.push(update),
    onUnreadable: () => (heard.unreadable += 1),
    onReady: () => (heard.ready += 1),
    onLost: () => (heard.lost += 1),
  });
  return { stream, connection: stage.keep(stream.connection), heard };
}

describe("the orders' stream", () => {
  it("authorises in the documented form, listens, and tells", async () => {
    const { connection, heard } = tradeStream();
    await connection.start();
    expect(alpaca.said.orders).toEqual([
      { action: "auth", key: KEYS.keyId, secret: KEYS.secretKey },
      { action: "listen", data: { streams: ["trade_updates"] } },
    ]);
    alpaca.say("orders", wireFill(wireOrderOf(), "10", "90", "10"));
    await until(() => heard.updates.length === 1);
    expect(heard.updates[0]).toMatchObject({ event: "fill", order: { status: "filled" } });
  });

  it("[AL18] tries the form of Alpaca's own clients where the documented one is refused", async () => {
    const { dialogue } = alpaca;
    const polite = dialogue.orders;
    dialogue.orders = (message, socket) => {
      if (JSON.stringify(message).includes('"auth"')) {
        socket.send(
          JSON.stringify({ stream: "authorization", data: { status: "unauthorized", action: "authenticate" } }),
        );
      } else polite(message, socket);
    };
    const { connection } = tradeStream();
    await expect(connection.start()).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED", outcome: "refused" });
    await clock.advance(1_000);
    await until(() => connection.isReady);
    expect(alpaca.said.orders[1]).toEqual({
      action: "authenticate",
      data: { key_id: KEYS.keyId, secret_key: KEYS.secretKey },
    });
  });

  it("[AL18] and blames the keys where both are", async () => {
    alpaca.dialogue.orders = (_message, socket) =>
      socket.send(
        JSON.stringify({ stream: "authorization", data: { status: "unauthorized", action: "authenticate" } }),
      );
    const { connection } = tradeStream();
    await expect(connection.start()).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    await clock.advance(1_000);
    await until(() => alpaca.said.orders.length === 2 && alpaca.openNow("orders") === 0);
    await clock.advance(59_000);
    expect(alpaca.opened.orders).toBe(2);
    await clock.advance(2_000);
    await until(() => alpaca.opened.orders === 3);
  });

  it("is not ready where Alpaca acknowledges something else", async () => {
    alpaca.dialogue.orders = (_message, socket) => {
      socket.send(JSON.stringify({ stream: "authorization", data: { status: "authorized", action: "authenticate" } }));
      socket.send(JSON.stringify({ stream: "listening", data: { streams: [] } }));
    };
    await expect(tradeStream().connection.start()).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  });

  it("is not ready where nothing is said after the handshake", async () => {
    alpaca.dialogue.orders = () => undefined;
    const starting = tradeStream()
      .connection.start()
      .then(
        () => "ready",
        (error: unknown) => error,
      );
    await until(() => alpaca.said.orders.length === 1);
    await clock.advance(10_000);
    expect(await starting).toMatchObject({ code: "TIMEOUT" });
  });

  it("[AL17] comes back after a loss, with waits that grow and have chance in them", async () => {
    const { connection, heard } = tradeStream();
    await connection.start();
    alpaca.close("orders");
    await until(() => heard.lost === 1);
    await clock.advance(1_000);
    await until(() => heard.ready === 2);
    alpaca.handshake.orders = 502;
    alpaca.close("orders");
    await until(() => heard.lost === 2);
    const before = alpaca.opened.orders;
    for (const waitMs of [1_000, 2_000, 4_000, 8_000]) {
      const tried = alpaca.opened.orders;
      const { fault } = connection;
      await clock.advance(waitMs / 2 - 1);
      expect(alpaca.opened.orders).toBe(tried);
      await clock.advance(waitMs / 2 + 1);
      // Each try has a fault of its own, and waits as soon as it has it.
      await until(() => connection.fault !== fault);
      expect(alpaca.opened.orders).toBe(tried + 1);
    }
    expect(alpaca.opened.orders).toBe(before + 4);
    alpaca.handshake.orders = null;
    await clock.advance(16_000);
    await until(() => heard.ready === 3);
  });

  it("[AL17] a handshake refused with 429 is given time", async () => {
    alpaca.handshake.orders = 429;
    const { connection } = tradeStream();
    await expect(connection.start()).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    await clock.advance(29_000);
    expect(alpaca.opened.orders).toBe(1);
    alpaca.handshake.orders = null;
    await clock.advance(1_000);
    await until(() => connection.isReady);
  });

  it("[AL17] a socket whose other end does not answer is given up", async () => {
    const { connection, heard } = tradeStream();
    await connection.start();
    // Pongs come from the library; held up, they do not come.
    await clock.advance(10_000);
    await until(() => (connection.lastHeardAt ?? 0) === clock.now());
    expect(heard.lost).toBe(0);
    alpaca.freeze();
    await clock.advance(15_000);
    await until(() => heard.lost === 1);
  });

  it("[AL3] a message of an order that cannot be read is noticed, and any other nonsense let through", async () => {
    const { connection, heard } = tradeStream();
    await connection.start();
    for (const nonsense of [Buffer.of(1), Buffer.of(0xc1), Buffer.from("{"), { stream: "news" }, 5, null])
      alpaca.say("orders", nonsense);
    alpaca.say("orders", { stream: "trade_updates", data: { event: "fill", order: { id: "x", status: 5 } } });
    // Three frames that are neither JSON nor msgpack, and an order in a form that nobody knows.
    await until(() => heard.unreadable === 4);
    expect(connection.isReady).toBe(true);
    expect(heard.updates).toEqual([]);
  });

  it("leaves no socket and no timer behind", async () => {
    const { connection } = tradeStream();
    await connection.start();
    await connection.close();
    await connection.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
