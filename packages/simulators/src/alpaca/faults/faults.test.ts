import { describe, expect, it } from "vitest";
import { Bench, KEY, SECRET, type OrderBody } from "../testing/Bench.ts";
import { TestSocket } from "../testing/TestSocket.ts";
import { until } from "../testing/until.ts";
import { FaultScriptError } from "../../faultLines.ts";
import { parseFaultScript } from "./FaultScript.ts";

const POST = { on: "request", method: "POST", path: "/v2/orders" } as const;
const AUTH = { action: "auth", key: KEY, secret: SECRET };

const countOrders = async (bench: Bench): Promise<number> =>
  (await bench.get<readonly OrderBody[]>("/v2/orders?status=all")).body.length;

/** What became of a promise by now. */
function watch(promise: Promise<unknown>): { readonly state: string } {
  const seen = { state: "pending" };
  promise.then(
    () => (seen.state = "done"),
    () => (seen.state = "failed"),
  );
  return seen;
}

describe("faults of requests", () => {
  it("[AS40] a request is delayed before it is taken, or its answer after", async () => {
    await using bench = await Bench.open();
    bench.simulator.faults.add({ ...POST, do: { kind: "delay", when: "before", ms: 5_000 } });
    const late = bench.order();
    const first = watch(late);
    await until(() => bench.clock.pendingTimers >= 2);
    expect(await countOrders(bench)).toBe(0);
    await bench.clock.advance(5_000);
    expect((await late).status).toBe(200);
    expect(first.state).toBe("done");

    bench.simulator.faults.add({ ...POST, do: { kind: "delay", when: "after", ms: 5_000 } });
    const answered = bench.order();
    const second = watch(answered);
    await until(() => bench.simulator.account(KEY).ledger.orders.length === 2);
    expect(await countOrders(bench)).toBe(2);
    expect(second.state).toBe("pending");
    await bench.clock.advance(5_000);
    expect((await answered).body.status).toBe("pending_new");
  });

  it("[AS41] a fill comes before the answer to its order, where the answer is late", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
    socket.send(AUTH);
    socket.send({ action: "listen", data: { streams: ["trade_updates"] } });
    await socket.heard(2);
    bench.simulator.faults.add({ ...POST, do: { kind: "delay", when: "after", ms: 1_000 } });
    const late = bench.order();
    const seen = watch(late);
    await socket.heard(4);
    expect(seen.state).toBe("pending");
    await bench.clock.advance(1_000);
    await late;
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("[AS42] a connection is cut %s the order is taken: %i order is there", async (when, orders) => {
    await using bench = await Bench.open();
    bench.simulator.faults.add({ ...POST, do: { kind: "drop", when } });
    await expect(bench.order()).rejects.toThrow("fetch failed");
    expect(await countOrders(bench)).toBe(orders);
    expect((await bench.order()).status).toBe(200);
    expect(bench.simulator.journal.requests("POST", "/v2/orders").map(({ status }) => status)).toEqual([null, 200]);
  });

  it("[AS43] 429 with the budget's headers, and without", async () => {
    await using bench = await Bench.open();
    const body = '{"code":42910000,"message":"rate limit exceeded"}';
    const act = { kind: "answer", when: "before", status: 429, body } as const;
    bench.simulator.faults.add({ ...POST, do: act });
    bench.simulator.faults.add({
      ...POST,
      nth: 2,
      do: { ...act, withRateLimit: false, headers: { "Retry-After": "3" } },
    });
    const [first, second] = [await bench.order(), await bench.order()];
    expect(first).toMatchObject({ status: 429, body: { code: 42910000 } });
    expect(first.headers.get("X-RateLimit-Limit")).toBe("200");
    expect(second.headers.get("X-RateLimit-Limit")).toBeNull();
    expect(second.headers.get("Retry-After")).toBe("3");
    expect(await countOrders(bench)).toBe(0);
  });

  it("[AS44] 500 after the order was taken: HTML, and the order is there", async () => {
    await using bench = await Bench.open();
    bench.simulator.faults.add({
      ...POST,
      do: {
        kind: "answer",
        when: "after",
        status: 500,
        body: "<html>oops</html>",
        headers: { "Content-Type": "text/html" },
      },
    });
    const response = await fetch(`${bench.simulator.endpoints.trading}/v2/orders`, {
      method: "POST",
      headers: { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET },
      body: JSON.stringify({
        symbol: "AAPL",
        qty: "1",
        side: "buy",
        type: "market",
        time_in_force: "day",
        client_order_id: "x",
      }),
    });
    expect([response.status, response.headers.get("Content-Type"), await response.text()]).toEqual([
      500,
      "text/html",
      "<html>oops</html>",
    ]);
    expect((await bench.get<OrderBody>("/v2/orders:by_client_order_id?client_order_id=x")).body.status).toBe("filled");
  });

  it("[AS45] a body is cut off", async () => {
    await using bench = await Bench.open();
    bench.simulator.faults.add({ on: "request", path: "/v2/account", do: { kind: "truncate", bytes: 40 } });
    await expect(bench.get("/v2/account")).rejects.toThrow("terminated");
    expect((await bench.get("/v2/account")).status).toBe(200);
  });

  it("[AS46] a rule acts on the matches it counts, on paths as the documents write them, until it is taken back", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ type: "limit", limit_price: "90" });
    const { faults } = bench.simulator;
    const answer = { kind: "answer", when: "before", status: 503, body: "{}" } as const;
    faults.add({ on: "request", method: "GET", path: "/v2/orders/{order_id}", nth: 2, times: 2, do: answer });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await bench.get(`/v2/orders/${body.id}`)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    const rule = faults.add({ on: "request", path: "/v2/stocks/*", times: 100, do: answer });
    expect((await bench.get("/v2/stocks/AAPL/snapshot")).status).toBe(503);
    rule[Symbol.dispose]();
    expect((await bench.get("/v2/stocks/AAPL/snapshot")).status).toBe(200);
  });
});

describe("faults of streams", () => {
  async function quotes(bench: Bench): Promise<TestSocket> {
    const socket = await new TestSocket(bench.simulator.endpoints.dataStream).opened();
    socket.send(AUTH);
    socket.send({ action: "subscribe", quotes: ["AAPL"] });
    await socket.heard(3);
    return socket;
  }

  /** What came of three quotes, bids 1, 2 and 3. */
  async function threeBids(bench: Bench, socket: TestSocket): Promise<readonly number[]> {
    for (const bid of [1, 2, 3]) bench.feed.quote("AAPL", bid, 100);
    await socket.settled();
    const rows: readonly { readonly bp: number }[] = JSON.parse(JSON.stringify(socket.messages.slice(3).flat()));
    return rows.map(({ bp }) => bp);
  }

  it.each([
    ["mute", [1]],
    ["duplicate", [1, 2, 2, 3]],
    ["swap", [1, 3, 2]],
    ["skip", [1, 3]],
  ] as const)("[AS47] the second of three messages: %s", async (kind, expected) => {
    await using bench = await Bench.open();
    using socket = await quotes(bench);
    bench.simulator.faults.add({ on: "message", stream: "data", type: "q", nth: 2, do: { kind } });
    expect(await threeBids(bench, socket)).toEqual(expected);
    expect(socket.isOpen).toBe(true);
  });

  it("[AS47] a message comes late", async () => {
    await using bench = await Bench.open();
    using socket = await quotes(bench);
    bench.simulator.faults.add({ on: "message", stream: "data", type: "q", do: { kind: "delay", ms: 2_000 } });
    expect(await threeBids(bench, socket)).toEqual([2, 3]);
    await bench.clock.advance(2_000);
    await socket.heard(5);
    expect(socket.messages.at(-1)).toMatchObject([{ bp: 1 }]);
  });

  it("[AS47] something else is sent instead of a message: half of one, or a number that is too long", async () => {
    await using bench = await Bench.open();
    using socket = await quotes(bench);
    const text = '[{"T":"t","S":"AAPL","i":92233720368547758';
    bench.simulator.faults.add({ on: "message", stream: "data", type: "q", nth: 2, do: { kind: "text", text } });
    for (const bid of [1, 2, 3]) bench.feed.quote("AAPL", bid, 100);
    await socket.settled();
    const texts = socket.frames.slice(3).map(({ bytes }) => Buffer.from(bytes).toString("utf8"));
    expect([texts.length, texts[1]]).toEqual([3, text]);
    expect([texts[0], texts[2]].map((each) => /"bp":(\d)/.exec(each ?? "")?.[1])).toEqual(["1", "3"]);
  });

  it.each([
    [1006, 1006],
    [1011, 1011],
  ])("[AS48] a socket is closed with %i instead of a message", async (code, seen) => {
    await using bench = await Bench.open();
    using socket = await quotes(bench);
    bench.simulator.faults.add({ on: "message", stream: "data", type: "q", do: { kind: "close", code } });
    bench.feed.quote("AAPL", 1, 100);
    await until(() => socket.closedWith !== null);
    expect(socket.closedWith).toBe(seen);
  });

  it("[AS48] events of orders are duplicated and reordered by name", async () => {
    await using bench = await Bench.open();
    using socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
    socket.send(AUTH);
    socket.send({ action: "listen", data: { streams: ["trade_updates"] } });
    await socket.heard(2);
    bench.simulator.faults.add({ on: "message", stream: "trading", type: "new", do: { kind: "swap" } });
    bench.simulator.faults.add({ on: "message", stream: "trading", type: "fill", do: { kind: "duplicate" } });
    await bench.order();
    const messages = await socket.heard(5);
    expect(messages.slice(2)).toMatchObject([
      { data: { event: "fill" } },
      { data: { event: "fill" } },
      { data: { event: "new" } },
    ]);
    expect(messages[2]).toEqual(messages[3]);
  });

  it("[AS49] a handshake is refused with 429, or cut, and the next is not", async () => {
    await using bench = await Bench.open();
    const { faults, endpoints } = bench.simulator;
    faults.add({ on: "handshake", stream: "trading", do: { kind: "refuse", status: 429, body: "too many requests" } });
    faults.add({ on: "handshake", stream: "data", do: { kind: "drop" } });
    using refused = new TestSocket(endpoints.tradingStream);
    using dropped = new TestSocket(endpoints.dataStream);
    await until(() => refused.refusedWith !== null && dropped.closedWith !== null);
    expect([refused.refusedWith, dropped.closedWith]).toEqual([429, 1006]);
    using next = await new TestSocket(endpoints.tradingStream).opened();
    expect(next.isOpen).toBe(true);
  });

  it("[AS49] a subscription's list lacks a channel", async () => {
    await using bench = await Bench.open();
    bench.simulator.faults.add({
      on: "message",
      stream: "data",
      type: "subscription",
      do: { kind: "omit", fields: ["lulds", "statuses"] },
    });
    using socket = await quotes(bench);
    expect(Object.keys(JSON.parse(JSON.stringify(socket.messages[2]))[0])).not.toContain("lulds");
  });

  it("[AS50] the simulator goes away mid-order and comes back with the account as it was", async () => {
    await using bench = await Bench.open();
    using socket = await quotes(bench);
    const { body } = await bench.order({ type: "limit", limit_price: "99" });
    await bench.simulator.goOffline();
    await until(() => socket.closedWith !== null);
    await expect(bench.get("/v2/account")).rejects.toThrow("fetch failed");
    bench.feed.quote("AAPL", 98.9, 98.95);
    await bench.simulator.goOnline();
    expect((await bench.current(body.id)).status).toBe("filled");
  });
});

describe("a fault script", () => {
  it("[AS46] is rules, a line each; comments and empty lines are skipped", () => {
    const text = '# a comment\n\n{"on":"request","do":{"kind":"drop","when":"after"}}\n';
    expect(parseFaultScript(text)).toEqual([{ on: "request", nth: 1, times: 1, do: { kind: "drop", when: "after" } }]);
  });

  it("[AS46] names the line that cannot be read", () => {
    expect(() => parseFaultScript('\n{"on":"request","do":{"kind":"explode"}}')).toThrow(FaultScriptError);
    expect(() => parseFaultScript("\n\nnonsense")).toThrow("line 3");
  });
});
