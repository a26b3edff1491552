import { describe, expect, it } from "vitest";
import type { CallOptions } from "./BrokerClient.ts";
import { BrokerConnectionMonitor } from "./BrokerConnectionMonitor.ts";
import { BrokerError } from "./BrokerError.ts";
import type { ConnectionStatus } from "./domain/connection.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import { InteractiveBrokersClient } from "./interactive-brokers/IBClient.ts";
import { createManualHarness, type ManualMarket } from "./testing/manualHarness.ts";

const HOUR_MS = 3_600_000;

function ibMock({ feed, deps }: ManualMarket): InteractiveBrokersClient {
  return new InteractiveBrokersClient({ mockMode: true, mockLatency: 0, feed }, deps);
}

/** A real mock client whose connects are counted, timed and, where `onConnect` throws, fail. */
class WatchedClient extends InteractiveBrokersClient {
  readonly connects: number[] = [];
  underWay = 0;
  mostUnderWay = 0;
  onConnect: (options?: CallOptions) => Promise<void> = () => Promise.resolve();
  /** Runs before each answer of `getConnectionStatus`. */
  onStatus: () => void = () => undefined;
  readonly #now: () => number;

  constructor({ feed, deps }: ManualMarket) {
    super({ mockMode: true, mockLatency: 0, feed }, deps);
    this.#now = () => deps.clock.now();
  }

  override async connect(options?: CallOptions) {
    this.connects.push(this.#now());
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      await this.onConnect(options);
      return await super.connect(options);
    } finally {
      this.underWay -= 1;
    }
  }

  override getConnectionStatus() {
    this.onStatus();
    return super.getConnectionStatus();
  }
}

describe("the connection monitor", () => {
  it("[MN1] [D15] connects what is not connected at once, and then checks every 30 s without connecting again", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    expect(harness.client.isConnected()).toBe(true);
    for (let minute = 0; minute < 10; minute += 1) {
      harness.feed.quote("AAPL", 100, 100.02);
      await harness.clock.advance(10_000);
    }
    expect(harness.client.connects).toHaveLength(1);
    expect(monitor.lastStatus("c-1")).toMatchObject({ state: "connected", isHealthy: true });
  });

  it.each([BrokerErrorCode.CONNECTION_FAILED, BrokerErrorCode.SESSION_EXPIRED])(
    "[MN2] a connection that drops with %s comes back by itself",
    async (code) => {
      await using harness = createManualHarness(ibMock);
      await using monitor = new BrokerConnectionMonitor(harness.deps);
      monitor.startMonitoring("c-1", harness.client);
      await harness.clock.advance(0);
      harness.client.simulateError(code);
      await expect(harness.client.getBalances()).rejects.toMatchObject({ code });
      expect(harness.client.isConnected()).toBe(false);
      await harness.clock.advance(30_000);
      expect(harness.client.isConnected()).toBe(true);
    },
  );

  it("[MN2] [D15] it never gives up: from 1 s to 60 s between attempts, for hours", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = () => Promise.reject(new BrokerError("down", BrokerErrorCode.GATEWAY_NOT_RUNNING, "IB"));
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(3 * HOUR_MS);
    const { connects } = harness.client;
    const waits = connects.slice(1).map((at, index) => at - (connects[index] ?? 0));
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits.every((wait) => wait >= 500 && wait <= 60_000)).toBe(true);
    expect(waits.slice(7).every((wait) => wait >= 30_000)).toBe(true);
    expect(connects.length).toBeGreaterThan(180);
    harness.client.onConnect = () => Promise.resolve();
    await harness.clock.advance(60_000);
    expect(harness.client.isConnected()).toBe(true);
    expect(harness.client.mostUnderWay).toBe(1);
  });

  it("[MN1] [D15] a connect that hangs is given up after 30 s, and no second one runs beside it", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = (options) => harness.clock.sleep(HOUR_MS, options ?? {});
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(29_999);
    expect(harness.client.connects).toHaveLength(1);
    await harness.clock.advance(10 * 60_000);
    expect(harness.client.connects.length).toBeGreaterThan(5);
    expect(harness.client.mostUnderWay).toBe(1);
  });

  it("[MN3] wrong credentials are tried again only every 60 s", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = () =>
      Promise.reject(new BrokerError("bad key", BrokerErrorCode.AUTHENTICATION_FAILED, "IB"));
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(5 * 60_000);
    expect(harness.client.connects).toHaveLength(6);
    expect(monitor.lastStatus("c-1")).toMatchObject({
      isHealthy: false,
      error: { code: "AUTHENTICATION_FAILED", message: "bad key" },
    });
  });

  it("[MN4] [D15] each change is told once, and a callback that throws starves nobody", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    const told: string[] = [];
    monitor.onStatusChange("c-1", () => {
      throw new Error("a defect of the subscriber");
    });
    monitor.onStatusChange("c-1", ({ state, error }) => told.push(`${state} ${error?.code ?? "fine"}`));
    harness.client.onConnect = () => Promise.reject(new BrokerError("down", BrokerErrorCode.GATEWAY_NOT_RUNNING, "IB"));
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    expect(told).toEqual(["reconnecting fine", "disconnected GATEWAY_NOT_RUNNING"]);
    harness.client.onConnect = () => Promise.resolve();
    await harness.clock.advance(1_000);
    expect(told.slice(2)).toEqual(["connected fine"]);
    for (let check = 0; check < 20; check += 1) {
      harness.feed.quote("AAPL", 100, 100.02);
      await harness.clock.advance(10_000);
    }
    expect(told).toHaveLength(3);
  });

  it("[MN4] an outage is told once, however many attempts it takes", async () => {
    await using harness = createManualHarness(ibMock);
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    const told: string[] = [];
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    monitor.onStatusChange("c-1", ({ state }) => told.push(state));
    // Nothing ticks.
    await harness.clock.advance(600_000);
    expect(told).toEqual(["reconnecting", "degraded"]);
    for (let tick = 0; tick < 10; tick += 1) {
      harness.feed.quote("AAPL", 100, 100.02);
      await harness.clock.advance(10_000);
    }
    expect(told.slice(2)).toEqual(["connected"]);
  });

  it("[MN7] a client that cannot tell its status is taken as lost and connected again", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    const told: string[] = [];
    monitor.onStatusChange("c-1", ({ state, isConnected, isHealthy, error }) =>
      told.push(`${state} ${isConnected} ${isHealthy} ${error?.code ?? "fine"}`),
    );
    harness.client.onStatus = () => {
      throw new Error("password=hush");
    };
    await harness.clock.advance(30_000);
    expect(told).toEqual(["reconnecting false false UNKNOWN", "disconnected false false UNKNOWN"]);
    expect(JSON.stringify(monitor.lastStatus("c-1"))).not.toContain("hush");
    expect(harness.client.connects.length).toBeGreaterThan(1);
    harness.client.onStatus = () => undefined;
    harness.feed.quote("AAPL", 100, 100.02);
    await harness.clock.advance(60_000);
    expect(told[2]).toBe("connected true true fine");
  });

  it("[MN3] [D15] a broker that asks to be left alone for longer is", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = () =>
      Promise.reject(
        new BrokerError("too many", BrokerErrorCode.RATE_LIMIT_EXCEEDED, "IB", { details: { retryAfterMs: 240_000 } }),
      );
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(10 * 60_000);
    expect(harness.client.connects).toHaveLength(3);
  });

  it("[MN4] who unsubscribed is not told any more", async () => {
    await using harness = createManualHarness(ibMock);
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    const told: ConnectionStatus[] = [];
    const unsubscribe = monitor.onStatusChange("c-1", (status) => told.push(status));
    unsubscribe();
    unsubscribe();
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    expect(told).toEqual([]);
  });

  it("[MN5] stopping waits for the attempt under way; nothing is told after it, and no timer is left", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    const monitor = new BrokerConnectionMonitor(harness.deps);
    const told: ConnectionStatus[] = [];
    monitor.onStatusChange("c-1", (status) => told.push(status));
    harness.client.onConnect = (options) => harness.clock.sleep(HOUR_MS, options ?? {});
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(10);
    const before = told.length;
    await monitor.stopMonitoring("c-1");
    expect(harness.client.underWay).toBe(0);
    await harness.clock.advance(HOUR_MS);
    expect(told).toHaveLength(before);
    expect(harness.clock.pendingTimers).toBe(0);
    expect(monitor.lastStatus("c-1")).toBeUndefined();
  });

  it("[MN5] watching again under one name ends the earlier loop first", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = (options) => harness.clock.sleep(HOUR_MS, options ?? {});
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(10);
    monitor.startMonitoring("c-1", harness.client);
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(10);
    expect(harness.client.mostUnderWay).toBe(1);
    expect(harness.client.underWay).toBe(1);
  });

  it("[MN6] an unforeseen error is told without its text", async () => {
    await using harness = createManualHarness((market) => new WatchedClient(market));
    await using monitor = new BrokerConnectionMonitor(harness.deps);
    harness.client.onConnect = () => Promise.reject(new Error("password=hush"));
    monitor.startMonitoring("c-1", harness.client);
    await harness.clock.advance(0);
    expect(monitor.lastStatus("c-1")?.error).toEqual({
      code: "UNKNOWN",
      message: "Interactive Brokers failed for an unforeseen reason",
    });
  });
});
