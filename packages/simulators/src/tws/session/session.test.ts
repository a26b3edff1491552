import { describe, expect, it } from "vitest";
import { until } from "../../alpaca/testing/until.ts";
import { RawClient } from "../testing/RawClient.ts";
import { TwsBench } from "../testing/TwsBench.ts";
import { order, VendorClient } from "../testing/VendorClient.ts";

/** Bytes that are random and always the same. */
function garbage(bytes: number): Buffer {
  const out = Buffer.alloc(bytes);
  for (let index = 0, state = 12_345; index < bytes; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    out[index] = state >>> 16;
  }
  return out;
}

describe("the handshake", () => {
  it.each([
    ["v100..193", 193, "193"],
    ["v157..178", 193, "178"],
    ["v100..193", 176, "176"],
    ["v157..200", 193, "193"],
    ["v100..193 +PACEAPI", 193, "193"],
  ])("[TW46] %s with a gateway of %i speaks %s", async (versions, maxVersion, agreed) => {
    await using bench = await TwsBench.open({ maxVersion });
    using client = await RawClient.open(bench.simulator.port);
    client.hello(versions);
    await until(() => client.messages.length === 1);
    expect(client.messages[0]).toEqual([agreed, "20261120 10:00:00 US/Eastern"]);
    client.ask(71, 2, 9, "");
    await until(() => client.messages.length === 6);
    expect(client.messages.slice(1, 3)).toEqual([
      ["15", "1", "DU1234567"],
      ["9", "1", "1"],
    ]);
    expect(client.errors()).toEqual(["2104 -1", "2106 -1", "2158 -1"]);
  });

  it.each(["v100..156", "v194..200"])("[TW46] %s is closed: there is no version for both", async (versions) => {
    await using bench = await TwsBench.open();
    using client = await RawClient.open(bench.simulator.port);
    client.hello(versions);
    await until(() => client.end === "closed");
    expect(client.bytes).toBe(0);
  });

  it("[TW47] who does not finish it in ten seconds is cut off", async () => {
    await using bench = await TwsBench.open();
    using mute = await RawClient.open(bench.simulator.port);
    using half = await RawClient.open(bench.simulator.port);
    half.hello();
    await until(() => half.messages.length === 1);
    await bench.clock.advance(10_000);
    await until(() => mute.end !== "open" && half.end !== "open");
    expect([mute.end, half.end]).toEqual(["reset", "reset"]);
  });

  it("[TW48] what comes before the sign-in is not answered", async () => {
    await using bench = await TwsBench.open();
    using client = await RawClient.open(bench.simulator.port);
    client.hello();
    client.ask(61, 1);
    client.ask(71, 2, 1, "");
    await until(() => client.errors().length === 3);
    expect(client.messages.filter(([id]) => id === "62")).toEqual([]);
  });
});

describe("bad input", () => {
  const CASES: readonly (readonly [string, Buffer])[] = [
    ["garbage", garbage(4_096)],
    ["HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["a hello of 4 GB", Buffer.from("API\0\xff\xff\xff\xff", "latin1")],
  ];

  it.each(CASES)("[TW49] %s instead of a hello is cut off, and the others go on", async (_, bytes) => {
    await using bench = await TwsBench.open();
    using good = await RawClient.signedIn(bench.simulator.port);
    using bad = await RawClient.open(bench.simulator.port);
    bad.socket.write(bytes);
    await until(() => bad.end !== "open");
    await good.settled();
    expect([bad.end, good.end]).toEqual(["reset", "open"]);
  });

  it("[TW49] a frame of 16 MB is cut off before it is read", async () => {
    await using bench = await TwsBench.open();
    using good = await RawClient.signedIn(bench.simulator.port, 1);
    using bad = await RawClient.signedIn(bench.simulator.port, 2);
    bad.socket.write(Buffer.from([1, 0, 0, 0]));
    await until(() => bad.end !== "open");
    await good.settled();
    expect([bad.end, good.end]).toEqual(["reset", "open"]);
  });

  it.each([
    ["a message that does not exist", [9_999, 1], "320 -1"],
    ["a field too many", [61, 1, "more"], "320 -1"],
    ["a field too few", [62, 1, 5], "320 5"],
    ["a number that is none", [63, 1, "five"], "320 -1"],
    ["a control character", [81, 12, "A\u0007L"], "320 12"],
    ["a NUL that shifts the fields", [81, 12, "A\0L"], "320 12"],
    ["an exponent as an id", [2, 1, "1e3"], "320 -1"],
    ["an order that ends too early", [3, 17, 0, "AAPL"], "320 17"],
    ["a request that is not served", [78, 44, "AAPL", "", "STK", 1], "10000 44"],
  ] as const)("[TW59] %s is an error, and the session goes on", async (_, fields, error) => {
    await using bench = await TwsBench.open();
    using client = await RawClient.signedIn(bench.simulator.port);
    client.ask(...fields);
    await client.settled();
    expect(client.errors()).toEqual([error]);
    expect(bench.simulator.journal.orders()).toEqual([]);
  });

  it("[TW59] a thousand frames of garbage are a thousand errors at most, and nothing else", async () => {
    await using bench = await TwsBench.open();
    using client = await RawClient.signedIn(bench.simulator.port);
    for (let round = 0; round < 1_000; round += 1) client.ask(garbage(1 + (round % 200)).toString("latin1"), round);
    await client.settled();
    expect(client.errors().length).toBeLessThanOrEqual(2_000);
    expect(bench.simulator.journal.orders()).toEqual([]);
  });
});

describe("messages a second", () => {
  it("[TW19] beyond the limit error 100, and the third strike ends the connection", async () => {
    await using bench = await TwsBench.open({ quirks: { messagesPerSecond: 5 } });
    using client = await RawClient.signedIn(bench.simulator.port);
    for (let count = 0; count < 6; count += 1) client.ask(8, 1, 1);
    await until(() => client.errors().length === 2);
    client.ask(8, 1, 1);
    await until(() => client.end === "closed");
    expect(client.errors()).toEqual(["100 -1", "100 -1", "100 -1"]);
  });
});

describe("who may hear", () => {
  it("[TW35] orders are heard by their own client, and by the master", async () => {
    await using bench = await TwsBench.open({ quirks: { masterClientId: 9 } });
    using owner = await VendorClient.open(bench, 1);
    using stranger = await VendorClient.open(bench, 2);
    using master = await VendorClient.open(bench, 9);
    await owner.place(1, order());
    expect(await stranger.story()).toEqual([]);
    expect(await master.story()).toContain("execDetails 1 10");
  });

  it("[TW36] an order typed into TWS has id 0, and comes to client 0 that binds", async () => {
    await using bench = await TwsBench.open();
    using zero = await VendorClient.open(bench, 0);
    using one = await VendorClient.open(bench, 1);
    bench.simulator.placeManual({
      account: "DU1234567",
      symbol: "AAPL",
      action: "BUY",
      quantity: "5",
      orderType: "LMT",
      limitPrice: "90",
    });
    one.api.reqAllOpenOrders();
    expect(await one.story()).toEqual(["openOrder 0 Submitted", "orderStatus 0 Submitted 0"]);
    one.api.reqAutoOpenOrders(true);
    await one.settled();
    expect(one.infos).toContain(327);
    zero.api.reqAutoOpenOrders(true);
    const [bound] = await zero.story();
    expect(bound).toMatch(/^openOrder -\d+ Submitted$/);
  });
});
