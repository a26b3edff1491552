import type { MarketData } from "@trenddojo/brokers/domain";
import { limitOrder, WITHOUT_RISK_LIMITS } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../alpaca/testing/failureOf.ts";
import { TwsClientBench } from "../testing/TwsClientBench.ts";

const ORDERS = 40;
/** Longer than silence is let stand, and a wait before the next attempt. */
const FOUND_OUT_MS = 40_000;

const isHealthy = (client: Awaited<ReturnType<TwsClientBench["connected"]>>) => (): boolean =>
  client.getConnectionStatus().isHealthy;

describe("a session with a gateway", () => {
  it("[IB3] a gateway that restarts in the middle of 40 orders: none is sent twice, and what became of each is known", async () => {
    await using bench = await TwsClientBench.open();
    bench.riskPolicy = WITHOUT_RISK_LIMITS;
    const { simulator } = bench;
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("MSFT", (data) => told.push(data)));
    simulator.faults.add({
      on: "request",
      request: "placeOrder",
      nth: 15,
      do: { kind: "after", do: { kind: "restart", downMs: 2_000, rollBackIds: 20 } },
    });
    const ids = Array.from({ length: ORDERS }, (_, index) => `order-${index + 1}`);
    const placing = ids.map((id, index) =>
      client.placeOrder(limitOrder("AAPL", "buy", 1, 50 + index / 100, id)).then(
        () => "taken",
        (error: unknown) => String(Reflect.get(Object(error), "outcome")),
      ),
    );
    const outcomes = await bench.whileTimePasses(Promise.all(placing));
    await bench.until(isHealthy(client), FOUND_OUT_MS);

    const taken = simulator.journal.orders().filter(({ event }) => event === "taken");
    const refs = taken.map(({ orderRef }) => orderRef);
    expect(new Set(refs).size).toBe(refs.length);
    // A rolled-back id was not given to another order.
    const sent = simulator.journal.requests("placeOrder").filter(({ whatIf }) => whatIf !== true);
    expect(new Set(sent.map(({ orderId }) => orderId)).size).toBe(sent.length);
    expect(new Set(outcomes)).not.toContain("undefined");
    const found: boolean[] = [];
    for (const id of ids) found.push((await bench.whileTimePasses(client.getOrderByClientOrderId(id))) !== null);
    expect(found).toEqual(ids.map((id) => refs.includes(id)));
    // What was refused was not there, what was taken is; only the rest was not known, and is now.
    const known = ids.flatMap((_, index) => (outcomes[index] === "unknown" ? [] : index));
    expect(known.map((index) => found[index])).toEqual(known.map((index) => outcomes[index] === "taken"));
    expect(known.length).toBeGreaterThan(0);
    expect(known.length).toBeLessThan(ORDERS);
    told.length = 0;
    await bench.quote("MSFT", 210, 210.05);
    await bench.until(() => told.some(({ ask }) => ask === 210.05));
  });

  it("[H5] one that falls silent and keeps its socket is found, and the prices go on in a new session", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    bench.simulator.freeze();
    await bench.until(() => !client.getConnectionStatus().isHealthy, FOUND_OUT_MS);
    expect(client.getConnectionStatus().error?.message).toMatch(/nothing has been heard|client id/);
    await bench.until(isHealthy(client), FOUND_OUT_MS);
    await bench.quote("AAPL", 101, 101.02);
    await bench.until(() => told.some(({ ask }) => ask === 101.02));
  });

  it("[H4] 1100 says what is the matter and takes no order; 1102 brings it back, with what happened meanwhile", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    bench.simulator.say(1100);
    await bench.until(() => client.getConnectionStatus().state === "degraded");
    expect(client.getConnectionStatus().error?.message).toMatch(/lost its line to Interactive Brokers/);
    const error = await failureOf(bench.whileTimePasses(client.placeOrder(limitOrder("AAPL", "buy", 1, 90))));
    expect(error).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
    bench.simulator.say(1102);
    await bench.until(isHealthy(client));
    await bench.whileTimePasses(client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "after")));
    expect(bench.simulator.journal.requests("placeOrder").map(({ orderRef }) => orderRef)).toEqual(["after"]);
  });

  it("[H4] after 1101 every price is asked for again", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    const told: MarketData[] = [];
    await bench.whileTimePasses(client.subscribeToMarketData("AAPL", (data) => told.push(data)));
    await bench.until(() => told.length > 0);
    bench.simulator.say(1100);
    bench.simulator.say(1101);
    await bench.until(isHealthy(client));
    await bench.quote("AAPL", 102, 102.02);
    await bench.until(() => told.some(({ ask }) => ask === 102.02));
    expect(bench.simulator.journal.sockets().filter(({ event }) => event === "opened")).toHaveLength(1);
  });

  it("[IB71] however often data is lost in a session (1101), its summary is asked for once, and its profit by one question", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    for (let time = 0; time < 3; time += 1) {
      bench.simulator.say(1100);
      await bench.until(() => client.getConnectionStatus().state === "degraded");
      bench.simulator.say(1101);
      await bench.until(isHealthy(client));
      await bench.settle();
    }
    const { journal } = bench.simulator;
    const count = (name: string): number => journal.requests(name).length;
    expect([count("accountSummary"), count("pnl"), count("cancelPnl")]).toEqual([1, 4, 3]);
  });

  it("[IB70] a gateway that tells of no orders, being read-only, is not connected, and it is said what to do", async () => {
    await using bench = await TwsClientBench.open();
    const message = "Error validating request.-'bN' : cause - The API interface is currently in Read-Only mode.";
    for (const request of ["allOpenOrders", "completedOrders"]) {
      bench.simulator.faults.add({ on: "request", request, times: 100, do: { kind: "error", code: 321, message } });
    }
    expect(await failureOf(bench.whileTimePasses(bench.createClient().connect()))).toMatchObject({
      code: "NOT_SUPPORTED",
      outcome: "refused",
      message: expect.stringMatching(/take the tick off "Read-Only API"/),
    });
  });

  it("[H6] a second program with the same client id is told so, and disturbs the first one nowhere", async () => {
    await using bench = await TwsClientBench.open();
    const first = await bench.connected();
    const second = bench.createClient();
    expect(await failureOf(bench.whileTimePasses(second.connect()))).toMatchObject({
      code: "AUTHENTICATION_FAILED",
      message: expect.stringMatching(/client id 1 is in use/),
    });
    expect([second.isConnected(), first.getConnectionStatus().isHealthy]).toEqual([false, true]);
  });

  it("[IB2] a login with real money is not connected in paper mode, and nothing is asked of it", async () => {
    await using bench = await TwsClientBench.open({ accounts: [{ id: "U1234567" }] });
    const error = await failureOf(bench.whileTimePasses(bench.createClient().connect()));
    expect(error).toMatchObject({ code: "AUTHENTICATION_FAILED", message: expect.stringMatching(/no paper account/) });
    expect(bench.simulator.journal.requests().map(({ request }) => request)).toEqual([]);
  });

  it("[IB8] a gateway whose every byte comes by itself is understood", async () => {
    await using bench = await TwsClientBench.open();
    bench.simulator.faults.add({ on: "connect", do: { kind: "bytewise" } });
    const client = await bench.connected();
    await bench.whileTimePasses(client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "mine")));
    const open = await bench.whileTimePasses(client.getOpenOrders());
    expect(open).toMatchObject([{ clientOrderId: "mine", status: "submitted" }]);
  });

  it("[IB7] garbage in the middle of a session ends it, and the next one knows what there is", async () => {
    await using bench = await TwsClientBench.open();
    const client = await bench.connected();
    await bench.whileTimePasses(client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "mine")));
    bench.simulator.faults.add({ on: "reply", reply: "currentTime", do: { kind: "bytes", hex: "fffffffc00" } });
    await bench.until(() => !client.getConnectionStatus().isHealthy, FOUND_OUT_MS);
    await bench.until(isHealthy(client), FOUND_OUT_MS);
    expect(await bench.whileTimePasses(client.getOpenOrders())).toMatchObject([{ clientOrderId: "mine" }]);
  });
});
