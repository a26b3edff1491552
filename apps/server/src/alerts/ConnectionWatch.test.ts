import type { ConnectionStatus } from "@trenddojo/brokers/domain";
import { alerts, connections } from "@trenddojo/db";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { ConnectionWatch } from "./ConnectionWatch.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let watch: ConnectionWatch;
beforeAll(async () => {
  kit = await createJournalKit();
});
beforeEach(async () => {
  watch = await fresh();
});
afterAll(() => kit.close());

/** As a new process has it. */
async function fresh(): Promise<ConnectionWatch> {
  const [connection] = await connections.listAll(kit.db);
  if (connection === undefined) throw new Error("there is no connection");
  const { db, clock } = kit;
  return new ConnectionWatch({ db, clock, bus: new InProcessTickBus(), log: createLogger("silent") }, connection);
}

const up = { state: "up", lastEvidenceAt: 1 } as const;
const HEALTHY: ConnectionStatus = {
  state: "connected",
  isConnected: true,
  isHealthy: true,
  mode: "mock",
  channels: { session: up, orders: up, data: up, rest: up },
  since: 1,
  error: null,
};
const DOWN: ConnectionStatus = {
  ...HEALTHY,
  state: "disconnected",
  isConnected: false,
  isHealthy: false,
  error: { code: "CONNECTION_FAILED", message: "a text of the vendor's" },
};
const mute = { ...up, state: "mute" } as const;
const MUTE: ConnectionStatus = { ...HEALTHY, isHealthy: false, channels: { ...HEALTHY.channels, data: mute } };

const lasting = async () => {
  const page = await alerts.page(kit.db, { userId: kit.account.userId, filter: "open", limit: 100 });
  return page.alerts.map(({ kind, message }) => ({ kind, message }));
};
/** Looks once a second for so long. */
async function lookFor(seconds: number, status: ConnectionStatus, isReconciled = true): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await watch.look(status, isReconciled);
    await kit.clock.advance(1_000);
  }
}

describe("the watch over a connection", () => {
  it("[SV109] a blip calls nobody; an outage is told once, with its recovery", async () => {
    await lookFor(9, DOWN);
    await lookFor(1, HEALTHY);
    await lookFor(9, DOWN);
    expect(await lasting()).toEqual([]);
    await lookFor(5, DOWN);
    const [told] = await lasting();
    expect(told).toMatchObject({ kind: "connection_down", message: expect.stringContaining("CONNECTION_FAILED") });
    expect(told?.message).not.toContain("vendor");
    await lookFor(5, DOWN);
    expect(await lasting()).toHaveLength(1);
    await lookFor(1, HEALTHY);
    expect(await lasting()).toEqual([]);
  });

  it("[SV291] an outage tells its newest cause: a login that is waited for replaces the line that was lost", async () => {
    await lookFor(12, DOWN);
    const asked = { ...DOWN, error: { code: "SESSION_EXPIRED", message: "" } } as const;
    await lookFor(1, asked);
    expect(await lasting()).toMatchObject([{ message: expect.stringContaining("SESSION_EXPIRED") }]);
    // Also where the next process finds it.
    watch = await fresh();
    await lookFor(12, DOWN);
    expect(await lasting()).toMatchObject([{ message: expect.stringContaining("CONNECTION_FAILED") }]);
    await lookFor(1, HEALTHY);
    expect(await lasting()).toEqual([]);
  });

  it("[SV109] an outage that an earlier process told ends with the first sound look of the next", async () => {
    await lookFor(12, DOWN);
    watch = await fresh();
    await lookFor(12, DOWN);
    expect(await lasting()).toHaveLength(1);
    watch = await fresh();
    await lookFor(1, HEALTHY);
    expect(await lasting()).toEqual([]);
  });

  it("[SV109] silent prices are told as that, and not beside an outage; what a person closes is no failure", async () => {
    await lookFor(7, MUTE);
    expect((await lasting()).map(({ kind }) => kind)).toEqual(["feed_mute"]);
    await lookFor(12, DOWN);
    expect((await lasting()).map(({ kind }) => kind)).toEqual(["connection_down"]);
    await watch.over();
    expect(await lasting()).toEqual([]);
  });

  it("[SV118] a subscription that a reconnect left out is told, with the symbols, until it is there again", async () => {
    const unsubscribed = ["AAPL", "MSFT", "SPY", "QQQ", "TSLA", "KO"];
    await lookFor(7, { ...HEALTHY, isHealthy: false, unsubscribed });
    expect(await lasting()).toMatchObject([
      { kind: "feed_mute", message: expect.stringContaining("prices of AAPL, MSFT, SPY, QQQ, TSLA and 1 more") },
    ]);
    await lookFor(1, { ...HEALTHY, unsubscribed: [] });
    expect(await lasting()).toEqual([]);
  });

  it("[SV109] orders that are not heard are an outage, though the session answers", async () => {
    const unheard = {
      ...HEALTHY,
      channels: { ...HEALTHY.channels, orders: { state: "down", lastEvidenceAt: 1 } },
    } as const;
    await lookFor(12, unheard);
    const [told] = await lasting();
    expect(told).toMatchObject({ kind: "connection_down", message: expect.stringContaining("says nothing of orders") });
  });

  it("[SV115] one that is connected and not reconciled for 30 s is told, with silent prices beside it, until it is", async () => {
    await lookFor(1, HEALTHY);
    await lookFor(29, HEALTHY, false);
    expect(await lasting()).toEqual([]);
    await lookFor(3, MUTE, false);
    expect(await lasting()).toMatchObject([
      { kind: "connection_down", message: expect.stringContaining("could not be compared with its broker for 30 s") },
    ]);
    await lookFor(4, MUTE, false);
    expect((await lasting()).map(({ kind }) => kind).toSorted()).toEqual(["connection_down", "feed_mute"]);
    await lookFor(1, HEALTHY);
    expect(await lasting()).toEqual([]);
  });

  it("[SV109] a spent budget is told while something waits for it", async () => {
    const none = { cancel: 0, reduce: 0, lookup: 0, order: 0, read: 0, history: 0 };
    const budget = (remaining: number, waiting: number) => ({
      ...HEALTHY,
      budget: [
        {
          host: "trading",
          limit: 200,
          windowMs: 60_000,
          spendable: 180,
          remaining,
          reserved: 36,
          resetAt: 1,
          queued: { ...none, history: waiting },
          waitingMs: none,
          longestWaitMs: none,
        },
      ],
    });
    await lookFor(10, budget(36, 0));
    expect(await lasting()).toEqual([]);
    await lookFor(7, budget(30, 4));
    expect(await lasting()).toMatchObject([{ kind: "budget_spent", message: expect.stringContaining("200") }]);
    await lookFor(1, budget(90, 4));
    expect(await lasting()).toEqual([]);
  });
});
