import { encode } from "@msgpack/msgpack";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until, type ScriptedAlpaca } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { STAGE_KEYS as KEYS, StreamStage } from "../../testing/alpaca/StreamStage.ts";
import type { FakeClock } from "../../testing/FakeClock.ts";
import { DataStream } from "./DataStream.ts";
import type { MarketEvent } from "./marketEvent.ts";
import { MsgpackReader } from "./MsgpackReader.ts";

let alpaca: ScriptedAlpaca;
let clock: FakeClock;
let stage: StreamStage;

beforeEach(async () => {
  stage = await StreamStage.set();
  ({ alpaca, clock } = stage);
});
afterEach(() => stage[Symbol.asyncDispose]());

function dataStream(codec: "json" | "msgpack" = "json") {
  const events: MarketEvent[] = [];
  const refused: string[] = [];
  const heard = { events, refused, ready: 0, lost: 0 };
  const stream = new DataStream({
    url: `ws://${alpaca.address}/v2/iex`,
    keys: KEYS,
    codec,
    deps: stage.deps,
    onEvent: (event) => events.push(event),
    onRefused: (symbols) => refused.push(...symbols),
    onReady: () => (heard.ready += 1),
    onLost: () => (heard.lost += 1),
  });
  return { stream, connection: stage.keep(stream.connection), heard };
}

describe("the price stream", () => {
  const quote = (symbol: string) => [
    { T: "q", S: symbol, bp: 100, bs: 1, ap: 100.02, as: 2, t: "2026-11-20T15:00:00.123456789Z" },
  ];

  it("authenticates after the greeting, subscribes, and tells", async () => {
    const { stream, connection, heard } = dataStream();
    stream.watch("AAPL", ["trades", "quotes"]);
    await connection.start();
    await until(() => alpaca.said.prices.length === 2);
    expect(alpaca.said.prices).toEqual([
      { action: "auth", key: KEYS.keyId, secret: KEYS.secretKey },
      { action: "subscribe", trades: ["AAPL"], quotes: ["AAPL"] },
    ]);
    alpaca.say("prices", quote("AAPL"));
    await until(() => heard.events.length === 1);
    expect(heard.events[0]).toMatchObject({ kind: "quote", symbol: "AAPL", bid: 100, ask: 100.02 });
    expect(stream.heardAt("quotes")).toBe(clock.now());
    expect(stream.heardAt("trades")).toBeUndefined();
  });

  it("[AL17] subscribes again to all of it after a loss", async () => {
    const { stream, connection, heard } = dataStream();
    await connection.start();
    stream.watch("AAPL", ["trades", "quotes"]);
    stream.watch("MSFT", ["quotes"]);
    stream.watch("TSLA", ["quotes"]);
    stream.unwatch("TSLA", ["quotes"]);
    alpaca.close("prices");
    await until(() => heard.lost === 1);
    await clock.advance(1_000);
    await until(() => heard.ready === 2);
    await until(() => JSON.stringify(alpaca.said.prices.at(-1)).includes("subscribe"));
    expect(alpaca.said.prices.at(-1)).toEqual({ action: "subscribe", trades: ["AAPL"], quotes: ["AAPL", "MSFT"] });
  });

  it("[AL17] what a reconnect leaves out is told until it is there again", async () => {
    const polite = alpaca.dialogue.prices;
    const { stream, connection, heard } = dataStream();
    await connection.start();
    stream.watch("AAPL", ["trades", "quotes"]);
    stream.watch("MSFT", ["quotes"]);
    await until(() => alpaca.said.prices.length === 3);
    alpaca.dialogue.prices = (message, socket) =>
      JSON.stringify(message).includes("MSFT")
        ? socket.send(JSON.stringify([{ T: "subscription", trades: ["AAPL"], quotes: ["AAPL"] }]))
        : polite(message, socket);
    alpaca.close("prices");
    await until(() => heard.lost === 1);
    expect(stream.missing).toEqual([]);
    await clock.advance(1_000);
    await until(() => stream.missing.length > 0);
    expect(stream.missing).toEqual(["MSFT"]);
    alpaca.dialogue.prices = polite;
    stream.askAgain();
    await until(() => stream.missing.length === 0);
  });

  it("[AL17] after 406 it stays away for 90 s", async () => {
    alpaca.greeting = [{ T: "error", code: 406, msg: "connection limit exceeded" }];
    const { connection } = dataStream();
    await expect(connection.start()).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    alpaca.greeting = [{ T: "success", msg: "connected" }];
    connection.hurry();
    await clock.advance(89_000);
    expect(alpaca.opened.prices).toBe(1);
    await clock.advance(1_000);
    await until(() => connection.isReady);
  });

  it.each([
    [402, "AUTHENTICATION_FAILED"],
    [409, "NOT_SUPPORTED"],
    [411, "NOT_SUPPORTED"],
    [404, "CONNECTION_FAILED"],
    [500, "CONNECTION_FAILED"],
  ])("[AL8] error %d is %s", async (code, expected) => {
    alpaca.greeting = [{ T: "error", code, msg: "no" }];
    await expect(dataStream().connection.start()).rejects.toMatchObject({ code: expected, outcome: "refused" });
  });

  it("what the plan does not allow is told and not asked for again; the rest stays", async () => {
    const polite = alpaca.dialogue.prices;
    alpaca.dialogue.prices = (message, socket) => {
      if (JSON.stringify(message).includes("MSFT"))
        socket.send(JSON.stringify([{ T: "error", code: 405, msg: "symbol limit exceeded" }]));
      else polite(message, socket);
    };
    const { stream, connection, heard } = dataStream();
    await connection.start();
    stream.watch("AAPL", ["quotes"]);
    stream.watch("MSFT", ["quotes"]);
    await until(() => heard.refused.length > 0);
    expect(heard.refused).toEqual(["MSFT"]);
    expect([...stream.watched("quotes")]).toEqual(["AAPL"]);
    expect(connection.isReady).toBe(true);
  });

  it("speaks msgpack both ways, with timestamps of the extension type", async () => {
    const { stream, connection, heard } = dataStream("msgpack");
    alpaca.dialogue.prices = (message, socket) => {
      const { action } = Buffer.isBuffer(message) ? { ...Object(new MsgpackReader().read(message)) } : { action: "?" };
      if (action === "auth") socket.send(Buffer.from(encode([{ T: "success", msg: "authenticated" }])));
    };
    stream.watch("AAPL", ["quotes"]);
    await connection.start();
    await until(() => alpaca.said.prices.length === 2);
    const decoded = alpaca.said.prices.map((said) =>
      new MsgpackReader().read(Buffer.isBuffer(said) ? said : Buffer.alloc(0)),
    );
    expect(decoded[1]).toEqual({ action: "subscribe", quotes: ["AAPL"] });
    alpaca.say(
      "prices",
      Buffer.concat([
        Buffer.from(encode(quote("AAPL").map(({ t: _t, ...rest }) => rest))).subarray(0, 1),
        withTimestamp(),
      ]),
    );
    await until(() => heard.events.length === 1);
    expect(heard.events[0]).toMatchObject({ kind: "quote", bid: 100, at: 1_795_186_800_123 });
  });
});

/** A quote as a map of seven, its time in the eight bytes of the extension. */
function withTimestamp(): Buffer {
  const map = Buffer.from(encode({ T: "q", S: "AAPL", bp: 100, bs: 1, ap: 100.02, as: 2 }));
  const time = Buffer.alloc(10);
  time.writeUInt8(0xd7);
  time.writeInt8(-1, 1);
  time.writeBigUInt64BE((123_456_789n << 34n) | 1_795_186_800n, 2);
  return Buffer.concat([Buffer.of(0x87), map.subarray(1), Buffer.from(encode("t")), time]);
}
