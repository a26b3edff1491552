import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import { orderId } from "@trenddojo/brokers/domain";
import { alerts, connections } from "@trenddojo/db";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Latch } from "../lib/Latch.ts";
import { FastClock } from "../testing/FastClock.ts";
import { createHostKit } from "../testing/createHostKit.ts";
import type { Faults } from "../testing/faultyRegistry.ts";
import { until } from "../testing/until.ts";

let store: TestDb;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());

const never = new Promise<never>(() => undefined);

/** Faults that make the broker seem away until it is connected again. */
function withDrops(faults: Faults): { readonly drop: () => void; readonly isDown: () => boolean } {
  let isDown = false;
  faults.isConnected = (client) => () => !isDown && client.isConnected();
  faults.getConnectionStatus = (client) => () => {
    const status = client.getConnectionStatus();
    return isDown ? { ...status, isConnected: false, isHealthy: false } : status;
  };
  faults.connect = (client) => async (options) => {
    const answer = await client.connect(options);
    isDown = false;
    return answer;
  };
  return { drop: () => void (isDown = true), isDown: () => isDown };
}

describe("the owner of a connection", () => {
  it("[CH1] lets no order go on what it read before a drop: after the reconnect it reconciles anew", async () => {
    const faults: Faults = {};
    const { drop, isDown } = withDrops(faults);
    const asked: boolean[] = [];
    await using kit = await createHostKit(store.db, faults);
    const host = await kit.hosts.open(kit.target);
    // The first look at the books after a drop is cut by another one, which is over before the look has ended.
    faults.getOpenOrders = (client) => async (options) => {
      asked.push(host.readyClient() !== null);
      const books = await client.getOpenOrders(options);
      if (asked.length === 1) {
        drop();
        await until("the reconnect", () => !isDown());
      }
      return books;
    };
    drop();
    await until("orders may go", () => asked.length > 0 && host.readyClient() !== null);
    expect(asked).toEqual([false, false]);
  });

  it("[SV108] lets no order go before the first comparison, and says what it waits for", async () => {
    const faults: Faults = {
      getPositions: () => () => Promise.reject(new BrokerError("no answer", "TIMEOUT", "Mock")),
    };
    await using kit = await createHostKit(store.db, faults);
    const opening = kit.hosts.takeUp(kit.target);
    const host = await until("the connection", () => {
      const found = kit.hosts.find(kit.target.connection.id);
      return found?.status()?.isConnected === true ? found : null;
    });
    expect(host.readyClient()).toBeNull();
    expect(() => host.requireReady()).toThrow("is being reconciled with its broker");
    expect(host.reconciledAt).toBeNull();
    delete faults.getPositions;
    await opening;
    expect(host.readyClient()).not.toBeNull();
    expect(host.reconciledAt).not.toBeNull();
  });

  it("[CH2] ends what its broker never answers when it closes: a reconciliation, and a request, of unknown outcome", async () => {
    const faults: Faults = {};
    await using kit = await createHostKit(store.db, faults);
    const host = await kit.hosts.open(kit.target);
    const request = host.request(orderId("o1"), () => never);
    faults.getOpenOrders = () => () => never;
    const { drop } = withDrops(faults);
    drop();
    await until("the reconciliation", () => host.updates.size > 0);
    expect(host.inFlight.has(orderId("o1"))).toBe(true);
    const [refusal] = await Promise.all([
      request.catch((error: unknown) => error),
      kit.hosts.close(kit.target.connection.id),
    ]);
    expect(refusal).toMatchObject({ code: "TIMEOUT", outcome: "unknown" });
    // Sooner than by its own time.
    expect(refusal instanceof BrokerError ? refusal.details["waitedMs"] : Number.NaN).toBeLessThan(9_000);
    expect(host.inFlight.has(orderId("o1"))).toBe(false);
    await expect(host.request(orderId("o1"), () => never)).rejects.toMatchObject({ outcome: "refused" });
  });

  it("[CH3] ends a subscription that was still being made when it closed", async () => {
    const faults: Faults = {};
    const opened = new Latch();
    let isAsked = false;
    let ended = 0;
    faults.subscribeToMarketData = (client: BrokerClient) => async (symbol, listener) => {
      isAsked = true;
      await opened.wait(new AbortController().signal);
      const end = await client.subscribeToMarketData(symbol, listener);
      return () => {
        ended += 1;
        end();
      };
    };
    await using kit = await createHostKit(store.db, faults);
    const host = await kit.hosts.open(kit.target);
    const ends: string[] = [];
    const subscription = host.subscribe(
      "AAPL",
      () => undefined,
      () => void ends.push("told"),
    );
    await until("the question", () => isAsked);
    host.stop();
    opened.set();
    await expect(subscription).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    expect(ended).toBe(1);
  });
});

describe("what a broker pushes", () => {
  it("[CH7] is listened to once, though two ask for a comparison at the same moment", async () => {
    const faults: Faults = {};
    const answered = new Latch();
    let asked = 0;
    faults.subscribeToOrderUpdates = (client) => async (listener, options) => {
      asked += 1;
      await answered.wait(new AbortController().signal);
      return client.subscribeToOrderUpdates(listener, options);
    };
    await using kit = await createHostKit(store.db, faults);
    const opening = kit.hosts.takeUp(kit.target);
    await until("the first question", () => asked > 0);
    const compared = kit.hosts.require(kit.target.connection).reconcile();
    answered.set();
    await Promise.all([opening, compared]);
    expect(asked).toBe(1);
  });

  it("[CH7] is let go of where the broker answered too late, and asked for anew", async () => {
    const faults: Faults = {};
    const answered = new Latch();
    let asked = 0;
    let ended = 0;
    faults.subscribeToOrderUpdates = (client) => async (listener, options) => {
      asked += 1;
      if (asked > 1) return client.subscribeToOrderUpdates(listener, options);
      await answered.wait(new AbortController().signal);
      return () => void (ended += 1);
    };
    await using kit = await createHostKit(store.db, faults, { clock: new FastClock(20) });
    await kit.hosts.takeUp(kit.target);
    expect(asked).toBe(2);
    answered.set();
    await until("the end of the late one", () => ended === 1);
  });
});

describe("the connections that are meant to be open", () => {
  it("[CH4] keep the host that is at work when another call gives up and takes the connection up", async () => {
    await using kit = await createHostKit(store.db, {});
    const host = await kit.hosts.open(kit.target);
    await kit.hosts.takeUp(kit.target);
    expect(kit.hosts.find(kit.target.connection.id)).toBe(host);
    expect(host.readyClient()).not.toBeNull();
  });

  it("[CH6] [SV115] a built-in one that cannot be compared holds up no start, takes no order, and is told until it is", async () => {
    const faults: Faults = {
      getPositions: () => () => Promise.reject(new BrokerError("no answer", "TIMEOUT", "Mock")),
    };
    await using kit = await createHostKit(store.db, faults, { clock: new FastClock(20), builtIn: true });
    const { connection } = kit.target;
    await kit.hosts.start(({ userId }) => userId === connection.userId);
    const host = kit.hosts.require(connection);
    expect(() => host.requireReady()).toThrow("is being reconciled with its broker");
    expect(host.requireConnected().isConnected()).toBe(true);
    const lasting = () => alerts.lastingKinds(store.db, connection.id);
    await until("the alert", async () => (await lasting()).includes("connection_down"));
    delete faults.getPositions;
    await until("its end", async () => (await lasting()).length === 0);
    expect(host.readyClient()).not.toBeNull();
  });

  it("[CH8] what a desk that died told of one that a person had closed ends with the next start", async () => {
    await using kit = await createHostKit(store.db, {});
    const { connection } = kit.target;
    await store.db.transaction(async (tx) => {
      await alerts.raise(tx, {
        userId: connection.userId,
        kind: "connection_down",
        severity: "critical",
        connectionId: connection.id,
        subject: connection.id,
        message: "Mock is down",
        raisedAt: 1,
      });
      await connections.setDesired(tx, connection.id, "disconnected");
    });
    await kit.hosts.start(({ userId }) => userId === connection.userId);
    expect(await alerts.lastingKinds(store.db, connection.id)).toEqual([]);
  });

  it("[CH5] a connection that was refused can be opened by the next call", async () => {
    const faults: Faults = {
      connect: () => () => Promise.reject(new BrokerError("wrong keys", "AUTHENTICATION_FAILED", "Alpaca")),
    };
    await using kit = await createHostKit(store.db, faults);
    await expect(kit.hosts.open(kit.target)).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect(kit.hosts.find(kit.target.connection.id)).toBeUndefined();
    delete faults.connect;
    expect((await kit.hosts.open(kit.target)).readyClient()).not.toBeNull();
  });
});
