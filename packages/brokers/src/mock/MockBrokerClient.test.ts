import { describe, expect, it } from "vitest";
import { AlpacaClient } from "../alpaca/AlpacaClient.ts";
import { money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { InteractiveBrokersClient } from "../interactive-brokers/IBClient.ts";
import { MemoryPaperStore } from "../paper/MemoryPaperStore.ts";
import { PaperBackend } from "../paper/PaperBackend.ts";
import { PaperClient } from "../paper/PaperClient.ts";
import { sharedFeed } from "../paper/PaperConfig.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { FakeClock } from "../testing/FakeClock.ts";
import { createManualHarness } from "../testing/manualHarness.ts";
import { seededRandom } from "../testing/seededRandom.ts";
import { MockBrokerClient } from "./MockBrokerClient.ts";

function ibDesk(mockLatency = 0) {
  return createManualHarness(
    ({ feed, deps }) => new InteractiveBrokersClient({ mockMode: true, mockLatency, feed }, deps),
  );
}

describe("the mock broker", () => {
  it("[MK1] every call but disconnect takes its latency, on the clock that it is given", async () => {
    await using desk = ibDesk(250);
    let isConnected = false;
    const connecting = desk.client.connect().then(() => (isConnected = true));
    await desk.clock.advance(249);
    expect(isConnected).toBe(false);
    await desk.clock.advance(1);
    await connecting;
    expect(isConnected).toBe(true);
    await desk.client.disconnect();
    expect(desk.client.isConnected()).toBe(false);
  });

  it("[MK1] who stops waiting during the latency has sent nothing", async () => {
    await using desk = ibDesk(250);
    const connecting = desk.client.connect();
    await desk.clock.advance(250);
    await connecting;
    const controller = new AbortController();
    const placing = failureOf(
      desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "early"), { signal: controller.signal }),
    );
    await desk.clock.advance(100);
    controller.abort();
    expect(await placing).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    await desk.clock.advance(1_000);
    const looking = desk.client.getOrderByClientOrderId("early");
    await desk.clock.advance(250);
    expect(await looking).toBeNull();
  });

  it("[MK2] an error to order fails that many calls and no more", async () => {
    await using desk = ibDesk();
    await desk.client.connect();
    desk.client.simulateError(BrokerErrorCode.RATE_LIMIT_EXCEEDED, 2);
    expect(await failureOf(desk.client.getBalances())).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    expect(await failureOf(desk.client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "refused")))).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
    });
    expect(await desk.client.getOrderByClientOrderId("refused")).toBeNull();
    expect(desk.client.isConnected()).toBe(true);
    expect(() => desk.client.simulateError(BrokerErrorCode.UNKNOWN, 0)).toThrow(RangeError);
  });

  it.each([BrokerErrorCode.TIMEOUT, BrokerErrorCode.OUTCOME_UNKNOWN, BrokerErrorCode.API_ERROR])(
    "[MK3] with %s the order is placed and only its answer is lost",
    async (code) => {
      await using desk = ibDesk();
      await desk.client.connect();
      desk.client.simulateError(code);
      expect(await failureOf(desk.client.placeOrder(marketOrder("AAPL", "buy", 1, "lost")))).toMatchObject({
        code,
        outcome: "unknown",
      });
      expect(await desk.client.getOrderByClientOrderId("lost")).toMatchObject({ status: "filled" });
    },
  );

  it("[MK4] a lost connection stays lost until connect, tells nothing meanwhile, and keeps its subscriptions", async () => {
    await using desk = ibDesk();
    await desk.client.connect();
    const told: (number | null)[] = [];
    await desk.client.subscribeToMarketData("AAPL", ({ ask }) => told.push(ask));
    await desk.market.quote("AAPL", 101, 101.02);
    desk.client.simulateError(BrokerErrorCode.SESSION_EXPIRED);
    await failureOf(desk.client.getBalances());
    expect(desk.client.getConnectionStatus()).toMatchObject({
      state: "disconnected",
      isConnected: false,
      isHealthy: false,
      error: { code: "SESSION_EXPIRED" },
    });
    expect(await failureOf(desk.client.getBalances())).toMatchObject({ code: "CONNECTION_FAILED" });
    expect(await failureOf(desk.client.validateOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({
      code: "CONNECTION_FAILED",
    });
    await desk.market.quote("AAPL", 102, 102.02);
    await desk.client.connect();
    await desk.market.quote("AAPL", 103, 103.02);
    expect(told).toEqual([100.02, 101.02, 103.02]);
  });

  it("[MK5] a question before connect is answered, connects nothing, and does not disturb a connect beside it", async () => {
    await using desk = ibDesk();
    const [margin, connected, validation] = await Promise.all([
      desk.client.getMarginRequirements(marketOrder("AAPL", "buy", 1)),
      desk.client.connect(),
      desk.client.validateOrder(marketOrder("AAPL", "buy", 1)),
    ]);
    expect(margin.canExecute && connected && validation.isValid).toBe(true);
    expect(desk.client.isConnected()).toBe(true);
    await desk.client.disconnect();
    await desk.client.getMarginRequirements(marketOrder("AAPL", "buy", 1));
    expect(desk.client.isConnected()).toBe(false);
    expect(desk.clock.pendingTimers).toBe(0);
  });

  it("[MK6] with a clock, a random and a seed, two runs over invented prices are the same", async () => {
    const run = async (): Promise<string> => {
      const clock = new FakeClock();
      const client = new AlpacaClient({ mode: "mock", mockLatency: 0, seed: 7 }, { clock, random: seededRandom(7) });
      await client.connect();
      await client.placeOrder(marketOrder("AAPL", "buy", 5));
      await clock.advance(5_000);
      await client.placeOrder(marketOrder("MSFT", "buy", 3));
      const trace = JSON.stringify([
        await client.getFills(0),
        await client.getBalances(),
        await client.getMarketData("NVDA"),
      ]);
      await client.disconnect();
      expect(clock.pendingTimers).toBe(0);
      return trace;
    };
    expect(await run()).toBe(await run());
  });

  it("[MK7] each vendor's mock has that vendor's paper cash", async () => {
    for (const [client, cash] of [
      [new InteractiveBrokersClient({ mockLatency: 0 }), "1000000"],
      [new AlpacaClient({ mockLatency: 0 }), "100000"],
    ] as const) {
      await client.connect();
      expect((await client.getAccountInfo()).balance).toBe(cash);
      expect(client.mode).toBe("mock");
      await client.disconnect();
    }
  });
});

describe("the wall between mock and money", () => {
  const gateway = { host: "127.0.0.1", port: 4002, clientId: 1 };
  const keys = { keyId: "PK1", secretKey: "hush" };

  it("[MK8] a mode that cannot be had is refused, never mocked", () => {
    const builds = [
      () => Reflect.construct(InteractiveBrokersClient, [{ mode: "live", gateway }]),
      () => Reflect.construct(InteractiveBrokersClient, [{ mode: "PAPER", gateway }]),
      () => Reflect.construct(AlpacaClient, [{ mode: "live", keys }]),
      () => Reflect.construct(AlpacaClient, [{ mode: "LIVE" }]),
      () => Reflect.construct(InteractiveBrokersClient, [{ mockMode: false, gateway }]),
      () => Reflect.construct(AlpacaClient, [{ mode: "mock", mockMode: false }]),
      () => Reflect.construct(AlpacaClient, [{ mode: null }]),
    ];
    for (const build of builds)
      expect(build).toThrow(expect.objectContaining({ name: "BrokerError", code: "NOT_SUPPORTED" }));
  });

  it("[MK8] the refusal carries no credential", () => {
    expect(() => Reflect.construct(AlpacaClient, [{ mode: "live", keys }])).toThrow(
      /^real money needs liveAcknowledged: true$/,
    );
  });

  it("[MK9] no client and no backend descends from the mock", () => {
    for (const type of [PaperBackend, PaperClient, InteractiveBrokersClient, AlpacaClient]) {
      const chain: unknown[] = [];
      for (let prototype: unknown = type.prototype; prototype !== null; prototype = Object.getPrototypeOf(prototype))
        chain.push(prototype);
      expect(chain).not.toContain(MockBrokerClient.prototype);
    }
  });

  it("[MK10] errors are simulated in mock mode only", async () => {
    await using desk = createManualHarness(
      ({ feed, deps }) =>
        new PaperClient(
          {
            mode: "paper",
            accountId: "P-1",
            startingCash: money(1),
            openFeed: sharedFeed(feed),
            store: new MemoryPaperStore(),
          },
          deps,
        ),
    );
    expect(() => desk.client.simulateError(BrokerErrorCode.TIMEOUT)).toThrow(
      expect.objectContaining({ code: "NOT_SUPPORTED" }),
    );
  });
});
