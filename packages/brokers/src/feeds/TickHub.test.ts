import { describe, expect, it } from "vitest";
import type { MarketData } from "../domain/marketData.ts";
import { TickHub } from "./TickHub.ts";

const tick = (symbol: string, last: number): MarketData => ({
  symbol,
  bid: null,
  ask: null,
  bidSize: null,
  askSize: null,
  last,
  lastSize: 100,
  volume: 100,
  previousClose: null,
  timestamp: 0,
  receivedAt: 0,
  source: "synthetic",
  feed: "streaming",
});

describe("TickHub", () => {
  it("[MF1] hands each tick to its symbol's listeners, first subscriber first, then to those of all", () => {
    const hub = new TickHub();
    const heard: string[] = [];
    hub.subscribeAll(({ symbol }) => heard.push(`all ${symbol}`));
    hub.subscribe("IBM", () => heard.push("first"));
    hub.subscribe("IBM", () => heard.push("second"));
    hub.publish(tick("IBM", 1));
    hub.publish(tick("SPY", 2));
    expect(heard).toEqual(["first", "second", "all IBM", "all SPY"]);
  });

  it("[MF1] keeps the newest of each symbol, and delivers nothing within a call to subscribe", () => {
    const hub = new TickHub();
    expect(hub.latest("IBM")).toBeUndefined();
    hub.publish(tick("IBM", 1));
    hub.publish(tick("IBM", 2));
    const heard: MarketData[] = [];
    hub.subscribe("IBM", (data) => heard.push(data));
    expect(hub.latest("IBM")?.last).toBe(2);
    expect([heard.length, hub.ticks]).toEqual([0, 2]);
  });

  it("[MF2] a subscription ends once; the same listener subscribed twice is heard until both ended", () => {
    const hub = new TickHub();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    const endFirst = hub.subscribe("IBM", listener);
    const endSecond = hub.subscribe("IBM", listener);
    hub.publish(tick("IBM", 1));
    endFirst();
    endFirst();
    hub.publish(tick("IBM", 2));
    endSecond();
    hub.publish(tick("IBM", 3));
    expect(calls).toBe(3);
  });

  it("[MF2] an ended subscription does not take a later one of the symbol with it", () => {
    const hub = new TickHub();
    const end = hub.subscribe("IBM", () => undefined);
    end();
    let calls = 0;
    hub.subscribe("IBM", () => (calls += 1));
    end();
    hub.publish(tick("IBM", 1));
    expect(calls).toBe(1);
  });

  it("[MF3] a listener that throws is heard of and disturbs no other", () => {
    const errors: unknown[] = [];
    const hub = new TickHub((error) => errors.push(error));
    const heard: number[] = [];
    hub.subscribe("IBM", () => {
      throw new Error("broken listener");
    });
    hub.subscribe("IBM", ({ last }) => heard.push(last ?? 0));
    hub.publish(tick("IBM", 5));
    expect(heard).toEqual([5]);
    expect(errors).toEqual([new Error("broken listener")]);
  });
});
