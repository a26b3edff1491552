import { describe, expect, it } from "vitest";
import { BrokerConnectionMonitor } from "./BrokerConnectionMonitor.ts";
import { BrokerManager, type BrokerManagerOptions, type ConnectionRequest } from "./BrokerManager.ts";
import type { BrokerRegistry } from "./BrokerRegistry.ts";
import { money } from "./domain/decimal.ts";
import { connectionId, userId } from "./domain/ids.ts";
import type { Random } from "./domain/Random.ts";
import type { MarketFeed } from "./feeds/MarketFeed.ts";
import { MemoryPaperStore } from "./paper/MemoryPaperStore.ts";
import { PaperClient } from "./paper/PaperClient.ts";
import { sharedFeed } from "./paper/PaperConfig.ts";
import type { PaperStore } from "./paper/PaperStore.ts";
import { createBrokerRegistry } from "./registry.ts";
import { limitOrder, marketOrder } from "./testing/builders.ts";
import type { FakeClock } from "./testing/FakeClock.ts";
import type { ManualFeed } from "./testing/ManualFeed.ts";
import { createManualHarness } from "./testing/manualHarness.ts";
import { seededRandom } from "./testing/seededRandom.ts";

const ADA = userId("ada");
const BOB = userId("bob");
const C1 = connectionId("connection-1");
const C2 = connectionId("connection-2");

function paper(change: Partial<ConnectionRequest> = {}): ConnectionRequest {
  return { userId: ADA, connectionId: C1, broker: "paper", mode: "paper", credentials: {}, ...change };
}

interface DeskMarket {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly random: Random;
}

/** A manager over the real registry, paper accounts in memory, in a market made by hand. */
function desk(change: Partial<BrokerManagerOptions> = {}, market: Partial<DeskMarket> = {}) {
  const made = createManualHarness(({ deps: given }) => new PaperClient({ mode: "mock" }, given));
  const { clock = made.clock, feed = made.feed, random = made.deps.random } = market;
  const deps = { ...made.deps, clock, random };
  const stores = new Map<string, MemoryPaperStore>();
  const openStore = (id: string): PaperStore => {
    const store = stores.get(id) ?? new MemoryPaperStore();
    stores.set(id, store);
    return store;
  };
  const registry = createBrokerRegistry({ deps, paper: { feed, openStore } });
  const monitor = new BrokerConnectionMonitor(deps);
  const manager = new BrokerManager({ registry, monitor, ...change });
  return { clock, feed, registry, monitor, manager, [Symbol.asyncDispose]: () => manager[Symbol.asyncDispose]() };
}

describe("the broker manager", () => {
  it("[MG1] [D15] routes by connection, and to its own user only", async () => {
    await using it = desk();
    const mine = await it.manager.connectBroker(paper());
    const theirs = await it.manager.connectBroker(paper({ userId: BOB, connectionId: C2 }));
    expect(mine.isConnected() && theirs.isConnected()).toBe(true);
    expect(it.manager.getBroker(ADA, C1)).toBe(mine);
    expect(it.manager.getBroker(ADA, C2)).toBeUndefined();
    expect(it.manager.status(BOB, C1)).toBeUndefined();
    expect(() => it.manager.requireBroker(BOB, C1)).toThrow(expect.objectContaining({ code: "CONNECTION_FAILED" }));
    expect(() => it.manager.onStatusChange(BOB, C1, () => undefined)).toThrow(
      expect.objectContaining({ code: "CONNECTION_FAILED" }),
    );
    expect(it.manager.connections(ADA).map(({ connectionId: id }) => id)).toEqual([C1]);
    await mine.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    expect(await theirs.getOpenOrders()).toEqual([]);
    await it.manager.disconnectBroker(BOB, C1);
    expect(mine.isConnected()).toBe(true);
  });

  it("[MG2] what cannot connect is not kept, and its error is the client's own", async () => {
    const { feed } = desk();
    await using it = desk({ registry: failingRegistry(feed) });
    await expect(it.manager.connectBroker(paper())).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
    expect(it.manager.connections(ADA)).toEqual([]);
    expect(it.monitor.lastStatus(C1)).toBeUndefined();
  });

  it("[MG2] a connection that was proven earlier is kept and connected when its broker is there", async () => {
    await using it = desk();
    const client = await it.manager.restoreBroker(paper());
    await it.clock.advance(0);
    expect(client.isConnected()).toBe(true);
    expect(it.manager.getBroker(ADA, C1)).toBe(client);
  });

  it("[MG3] connecting again makes sure of the connection that is there", async () => {
    await using it = desk();
    const [first, second] = await Promise.all([it.manager.connectBroker(paper()), it.manager.connectBroker(paper())]);
    expect(first).toBe(second);
    expect(it.manager.connections(ADA)).toHaveLength(1);
  });

  it.each([
    ["user", { userId: BOB }],
    ["broker", { broker: "alpaca", mode: "mock" as const }],
  ])("[MG3] a connection's %s never changes", async (_what, change) => {
    await using it = desk();
    const client = await it.manager.connectBroker(paper());
    await expect(it.manager.connectBroker(paper(change))).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
    expect(it.manager.getBroker(ADA, C1)).toBe(client);
    expect(client.isConnected()).toBe(true);
  });

  it("[MG4] live is refused before anything is built, unless the process allows it", async () => {
    await using it = desk();
    await expect(it.manager.connectBroker(paper({ mode: "live" }))).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      message: expect.stringContaining("real money"),
    });
    await using other = desk({ allowLive: true });
    await expect(other.manager.connectBroker(paper({ mode: "live" }))).rejects.toMatchObject({
      message: expect.stringContaining("not in live mode"),
    });
  });

  it("[MG4] a client in another mode than asked for is refused", async () => {
    const registry: BrokerRegistry = {
      ...failingRegistry(desk().feed),
      create: () => new PaperClient({ mode: "mock" }),
    };
    await using it = desk({ registry });
    await expect(it.manager.connectBroker(paper())).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      message: "asked for paper, the client is mock",
    });
  });

  it("[MG4] an unknown broker, an unoffered mode and malformed credentials are told apart", async () => {
    await using it = desk();
    await expect(it.manager.connectBroker(paper({ broker: "robin" }))).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
    await expect(it.manager.connectBroker(paper({ broker: "interactive_brokers" }))).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
    });
    await expect(it.manager.connectBroker(paper({ credentials: { startingCash: "lots" } }))).rejects.toMatchObject({
      code: "AUTHENTICATION_FAILED",
    });
  });

  it("[MG5] disconnecting forgets the connection, keeps the account, and stops the watch", async () => {
    await using it = desk();
    const client = await it.manager.connectBroker(paper({ credentials: { startingCash: "50000" } }));
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    await it.manager.disconnectBroker(ADA, C1);
    expect(client.isConnected()).toBe(false);
    expect(it.manager.getBroker(ADA, C1)).toBeUndefined();
    await it.clock.advance(120_000);
    expect(client.isConnected()).toBe(false);
    const again = await it.manager.connectBroker(paper({ credentials: { startingCash: "50000" } }));
    expect((await again.getBalances()).cash).toBe("50000");
    expect(await again.getOpenOrders()).toHaveLength(1);
  });

  it.each(["alpaca", "interactive_brokers"])(
    "[MK11] the invented account of %s outlives a disconnect, and no id of it comes twice",
    async (broker) => {
      await using it = desk();
      const request = paper({ broker, mode: "mock" });
      const place = async (symbol: string, by: BrokerManager = it.manager) => {
        const connecting = by.connectBroker(request);
        await it.clock.advance(1_000);
        const client = await connecting;
        const placing = client.placeOrder(marketOrder(symbol, "buy", 1));
        await it.clock.advance(1_000);
        const { orderId } = await placing;
        const reading = client.getFills(0);
        await it.clock.advance(1_000);
        const fills = await reading;
        await by.disconnectBroker(ADA, C1);
        return { orderId, executionIds: fills.map(({ executionId }) => executionId) };
      };
      const first = await place("AAPL");
      const second = await place("MSFT");
      expect(second.executionIds).toEqual([first.executionIds[0], expect.any(String)]);
      // As after a restart: another registry, with chance of its own.
      await using restarted = desk({}, { clock: it.clock, feed: it.feed, random: seededRandom(2) });
      const third = await place("AAPL", restarted.manager);
      expect(third.executionIds).toHaveLength(1);
      expect(new Set([first.orderId, second.orderId, third.orderId]).size).toBe(3);
      expect(new Set([...second.executionIds, ...third.executionIds]).size).toBe(3);
    },
  );

  it("[MK11] two mock accounts share no id", async () => {
    await using it = desk();
    const ids: string[] = [];
    for (const id of [C1, C2]) {
      const connecting = it.manager.connectBroker(paper({ connectionId: id, broker: "alpaca", mode: "mock" }));
      await it.clock.advance(1_000);
      const placing = (await connecting).placeOrder(marketOrder("AAPL", "buy", 1));
      await it.clock.advance(1_000);
      ids.push((await placing).orderId);
    }
    expect(new Set(ids).size).toBe(2);
  });

  it("[MG5] a connect and a disconnect at once end as they were asked, one after the other", async () => {
    await using it = desk();
    const connecting = it.manager.connectBroker(paper());
    await it.manager.disconnectBroker(ADA, C1);
    expect((await connecting).isConnected()).toBe(false);
    expect(it.manager.connections(ADA)).toEqual([]);
  });

  it("[MG5] disposing closes every connection, leaves no timer, and takes no new one", async () => {
    const it = desk();
    const clients = [
      await it.manager.connectBroker(paper()),
      await it.manager.connectBroker(paper({ userId: BOB, connectionId: C2 })),
    ];
    await it.manager[Symbol.asyncDispose]();
    await it.manager[Symbol.asyncDispose]();
    expect(clients.some((client) => client.isConnected())).toBe(false);
    expect(it.clock.pendingTimers).toBe(0);
    await expect(it.manager.connectBroker(paper())).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  });
});

const nothingHappens = (): Promise<void> => Promise.resolve();

/** A registry whose only client cannot load its account. */
function failingRegistry(feed: MarketFeed): BrokerRegistry {
  const store: PaperStore = {
    append: nothingHappens,
    saveSnapshot: nothingHappens,
    load: () => Promise.reject(new Error("the disk is gone")),
  };
  return {
    descriptions: () => [],
    description: () => undefined,
    prove: () => Promise.resolve(null),
    probe: () => Promise.resolve(null),
    create: () =>
      new PaperClient({ mode: "paper", accountId: "P-1", startingCash: money(1), openFeed: sharedFeed(feed), store }),
  };
}
