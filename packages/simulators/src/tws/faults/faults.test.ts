import { describe, expect, it } from "vitest";
import { FaultScriptError } from "../../faultLines.ts";
import { until } from "../../alpaca/testing/until.ts";
import { RawClient } from "../testing/RawClient.ts";
import { TwsBench } from "../testing/TwsBench.ts";
import { limit, order, stock, VendorClient } from "../testing/VendorClient.ts";
import { parseTwsFaultScript } from "./TwsFaultScript.ts";

describe("connections", () => {
  it("[TW60] a restart resets every socket, gives older ids again, and orders of before live on beside those of after", async () => {
    await using bench = await TwsBench.open();
    using before = await VendorClient.open(bench);
    for (let id = 1; id <= 5; id += 1) before.api.placeOrder(id, stock("AAPL"), limit(90 + id));
    await before.settled();
    await bench.simulator.restart({ rollBackIds: 2 });
    await until(() => !before.isConnected);
    using after = await VendorClient.open(bench);
    expect(after.nextId).toBe(4);
    expect(await after.place(4, limit(80))).toContain("orderStatus 4 Submitted 0");
    after.api.reqAllOpenOrders();
    const story = await after.story();
    expect(story.filter((line) => line === "openOrder 4 Submitted")).toHaveLength(2);
    const permIds = bench.simulator.journal
      .orders()
      .flatMap(({ orderId, permId, event }) => (orderId === 4 && event === "working" ? [permId] : []));
    expect(new Set(permIds).size).toBe(2);
  });

  it("[TW61] while it is down nobody answers, and then it does, on the same port", async () => {
    await using bench = await TwsBench.open();
    using before = await VendorClient.open(bench);
    const restarted = bench.simulator.restart({ downMs: 5_000 });
    await until(() => !before.isConnected);
    await expect(RawClient.open(bench.simulator.port)).rejects.toThrow("ECONNREFUSED");
    await bench.clock.advance(5_000);
    await restarted;
    using after = await VendorClient.open(bench);
    await after.settled();
  });

  it("[TW62] a reset in the middle of a burst: some orders are taken, the others never arrive", async () => {
    await using bench = await TwsBench.open();
    using client = await RawClient.signedIn(bench.simulator.port);
    bench.simulator.faults.add({ on: "request", request: "matchingSymbols", nth: 3, do: { kind: "reset" } });
    for (let id = 1; id <= 10; id += 1) client.ask(81, id, "AAPL");
    await until(() => client.end !== "open");
    expect(bench.simulator.journal.requests("matchingSymbols")).toHaveLength(3);
    expect(bench.simulator.journal.sockets().map(({ event }) => event)).toEqual(["opened", "ready", "reset", "closed"]);
  });

  it("[TW63] a connection that is half open stays, and says nothing more", async () => {
    await using bench = await TwsBench.open();
    using client = await RawClient.signedIn(bench.simulator.port, 1);
    bench.simulator.freeze();
    client.ask(49, 1);
    using other = await RawClient.signedIn(bench.simulator.port, 2);
    await other.settled();
    expect([client.messages, client.end]).toEqual([[], "open"]);
  });

  it("[TW64] a client id is busy, refused, unanswered, or answered with a version that nobody asked for", async () => {
    await using bench = await TwsBench.open();
    const { faults, port } = bench.simulator;
    faults.add({ on: "connect", do: { kind: "refuse" } });
    using refused = RawClient.start(port);
    await until(() => refused.end === "reset");
    faults.add({ on: "connect", do: { kind: "silence" } });
    using unanswered = await RawClient.open(port);
    unanswered.hello();
    faults.add({ on: "connect", do: { kind: "version", version: 201 } });
    using strange = await RawClient.open(port);
    strange.hello();
    await until(() => strange.messages.length === 1);
    expect([strange.messages[0]?.[0], unanswered.bytes]).toEqual(["201", 0]);
    faults.add({ on: "connect", clientId: 4, do: { kind: "busy" } });
    using busy = VendorClient.start(bench, 4);
    await until(() => busy.infos.includes(326) && !busy.isConnected);
  });

  it("[TW65] bytes come one at a time, and make the same messages", async () => {
    await using bench = await TwsBench.open();
    bench.simulator.faults.add({ on: "connect", do: { kind: "bytewise" } });
    using client = await VendorClient.open(bench);
    expect(await client.place(1, order())).toContain("orderStatus 1 Filled 10");
  });

  it("[TW66] 1100, 1102 and 2110 are told to all; after 1101 no subscription is left", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    client.api.reqMktData(1_000, stock("AAPL"), "", false, false);
    await client.settled();
    for (const code of [1100, 1102, 2110]) bench.simulator.say(code);
    await client.settled();
    expect(client.infos.slice(-3)).toEqual([1100, 1102, 2110]);
    client.heard.length = 0;
    bench.feed.quote("AAPL", 99.9, 99.95);
    await client.settled();
    expect(client.heard.length).toBeGreaterThan(0);
    bench.simulator.say(1101);
    await client.settled();
    client.heard.length = 0;
    bench.feed.quote("AAPL", 99.8, 99.85);
    await client.settled();
    expect(client.heard).toEqual([]);
  });
});

describe("requests", () => {
  it("[TW67] an order is dropped without a word, and cannot be found afterwards", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "request", request: "placeOrder", do: { kind: "ignore" } });
    expect(await client.place(1, limit(90, { orderRef: "dropped" }))).toEqual([]);
    client.api.reqAllOpenOrders();
    expect(await client.story()).toEqual([]);
    expect(bench.simulator.journal.requests("placeOrder")[0]).toMatchObject({ orderRef: "dropped", fault: "ignore" });
  });

  it("[TW68] an order is taken and its answers are lost: it is found by asking", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "request", request: "placeOrder", do: { kind: "mute" } });
    expect(await client.place(1, limit(90))).toEqual([]);
    client.api.reqOpenOrders();
    expect(await client.story()).toEqual(["openOrder 1 Submitted", "orderStatus 1 Submitted 0"]);
  });

  it("[TW69] an order is taken right before the reset", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "request", request: "placeOrder", do: { kind: "after", do: { kind: "reset" } } });
    client.api.placeOrder(1, stock("AAPL"), order());
    await until(() => !client.isConnected);
    using again = await VendorClient.open(bench);
    again.api.reqExecutions(1_000, {});
    expect(await again.story()).toEqual(["execDetails 1 10", "commissionReport"]);
  });

  it("[TW70] a fill overtakes a cancel", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, limit(90));
    bench.simulator.faults.add({ on: "request", request: "cancelOrder", do: { kind: "fill" } });
    expect(await client.cancel(1)).toEqual([
      "orderStatus 1 PendingCancel 0",
      "execDetails 1 10",
      "openOrder 1 Filled",
      "orderStatus 1 Filled 10",
      "commissionReport",
    ]);
  });

  it("[TW71] a request is refused with any code, or taken late", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "request", request: "accountSummary", do: { kind: "error", code: 322 } });
    client.api.reqAccountSummary(1_000, "All", "NetLiquidation");
    expect(await client.story()).toEqual(["error 322 1000"]);
    bench.simulator.faults.add({ on: "request", request: "placeOrder", do: { kind: "delay", ms: 3_000 } });
    expect(await client.place(1, order())).toEqual([]);
    await bench.clock.advance(3_000);
    expect(await client.story()).toContain("orderStatus 1 Filled 10");
  });
});

describe("replies", () => {
  it("[TW72] are told twice, not at all, late, or in another order", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    const { faults } = bench.simulator;
    faults.add({ on: "reply", reply: "orderStatus", status: "Filled", do: { kind: "duplicate" } });
    faults.add({ on: "reply", reply: "execution", do: { kind: "swap" } });
    faults.add({ on: "reply", reply: "commission", do: { kind: "skip" } });
    expect(await client.place(1, order())).toEqual([
      "openOrder 1 PreSubmitted",
      "orderStatus 1 PreSubmitted 0",
      "openOrder 1 Filled",
      "execDetails 1 10",
      "orderStatus 1 Filled 10",
      "orderStatus 1 Filled 10",
    ]);
    faults.add({ on: "reply", reply: "execution", do: { kind: "delay", ms: 2_000 } });
    expect(await client.place(2, order())).not.toContain("execDetails 2 10");
    await bench.clock.advance(2_000);
    expect(await client.story()).toEqual(["execDetails 2 10"]);
  });

  it("[TW73] are garbage", async () => {
    await using bench = await TwsBench.open();
    using client = await RawClient.signedIn(bench.simulator.port);
    bench.simulator.faults.add({ on: "reply", reply: "positionEnd", do: { kind: "bytes", hex: "00000003393900" } });
    client.ask(61, 1);
    await client.settled();
    expect(client.messages[0]).toEqual(["99"]);
  });

  it("[TW74] an execution is corrected: the same fill, its id counted up", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    await client.place(1, order());
    const [fill] = bench.simulator.journal.orders().flatMap(({ execution }) => execution ?? []);
    const id = fill?.id ?? "";
    bench.simulator.correct(id, "100.01");
    await client.settled();
    const told = client.heard.find(({ event }) => event === "execDetails")?.args[2];
    expect(told).toMatchObject({ execId: id.replace(/01$/, "02"), price: 100.01 });
  });
});

describe("scripts", () => {
  it("[TW75] a rule of time befalls the gateway once", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "time", afterMs: 1_000, do: { kind: "say", code: 1100 } });
    bench.simulator.faults.add({ on: "time", afterMs: 2_000, do: { kind: "restart", rollBackIds: 0 } });
    await bench.clock.advance(1_000);
    await client.settled();
    expect(client.infos).toContain(1100);
    await bench.clock.advance(1_000);
    await until(() => !client.isConnected);
  });

  it("[TW75] a rule that is taken back befalls nobody", async () => {
    await using bench = await TwsBench.open();
    using client = await VendorClient.open(bench);
    bench.simulator.faults.add({ on: "time", afterMs: 1_000, do: { kind: "say", code: 1100 } });
    bench.simulator.faults.clear();
    await bench.clock.advance(1_000);
    await client.settled();
    expect(client.infos).not.toContain(1100);
  });

  it("[TW76] lines are rules, comments or nothing; anything else names its line", () => {
    const text = '# comment\n\n{"on":"reply","reply":"orderStatus","do":{"kind":"duplicate"}}\n';
    expect(parseTwsFaultScript(text)).toEqual([
      { on: "reply", reply: "orderStatus", nth: 1, times: 1, do: { kind: "duplicate" } },
    ]);
    expect(() => parseTwsFaultScript('\n{"on":"reply","do":{"kind":"explode"}}')).toThrow(FaultScriptError);
  });
});
