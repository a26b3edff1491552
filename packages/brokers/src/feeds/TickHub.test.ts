import { describe, expect, it } from "vitest";
import type { MarketData } from "../domain/marketData.ts";
import type { MarketNews } from "../domain/MarketNews.ts";
import type { TradingStatus } from "../domain/tradingStatus.ts";
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

const status = (to: TradingStatus, at: number): MarketNews => ({
  kind: "status",
  status: { symbol: "IBM", status: to, at, reason: "news" },
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

  it("[MF7] news is told in one order with the ticks; a halted symbol's ticks say so, and its latest is told once more", () => {
    const hub = new TickHub();
    const heard: unknown[] = [];
    hub.subscribeNews((news) => heard.push(news.kind === "status" ? news.status.status : news.kind));
    hub.subscribeAll(({ symbol, timestamp, receivedAt, halt }) =>
      heard.push([symbol, timestamp, receivedAt, halt?.status ?? null]),
    );
    hub.publish(tick("IBM", 1));
    hub.publishNews(status("halted", 5), 7);
    hub.publish(tick("SPY", 2));
    hub.publish({ ...tick("IBM", 1), timestamp: 6, receivedAt: 8 });
    expect(hub.latest("IBM")?.halt).toEqual({ status: "halted", since: 5, reason: "news" });
    hub.publishNews(status("resumed", 9), 10);
    expect(heard).toEqual([
      ["IBM", 0, 0, null],
      "halted",
      ["IBM", 5, 7, "halted"],
      ["SPY", 0, 0, null],
      ["IBM", 6, 8, "halted"],
      "resumed",
      ["IBM", 9, 10, null],
    ]);
    expect(hub.latest("IBM")).not.toHaveProperty("halt");
  });

  it("[MF7] the quote of before a halt is not told again as it begins and ends; the last price is", () => {
    const hub = new TickHub();
    const quoted = { ...tick("IBM", 1), bid: 0.98, ask: 1, bidSize: 300, askSize: 200 };
    const none = { bid: null, ask: null, bidSize: null, askSize: null, last: 1, lastSize: 100 };
    hub.publish(quoted);
    hub.publishNews(status("halted", 5), 7);
    expect(hub.latest("IBM")).toMatchObject(none);
    hub.publish(quoted);
    hub.publishNews(status("resumed", 9), 10);
    expect(hub.latest("IBM")).toMatchObject(none);
  });

  it("[MF7] what is noted is known and not told; a symbol without a tick has none to tell again", () => {
    const hub = new TickHub();
    const heard: unknown[] = [];
    hub.subscribeNews((news) => heard.push(news));
    hub.subscribeAll((each) => heard.push(each));
    hub.note(status("paused", 1));
    expect(heard).toEqual([]);
    hub.publishNews(status("paused", 2), 2);
    expect(heard).toHaveLength(1);
    hub.publish(tick("IBM", 1));
    expect(hub.latest("IBM")?.halt?.since).toBe(2);
  });

  it("[MF7] [MF8] after a split the price of before is not the latest; what issuers did can be asked for", () => {
    const hub = new TickHub();
    const split = { type: "split", newShares: 2, oldShares: 1, cashInLieuPrice: null } as const;
    const first = { ...split, actionId: "1", symbol: "IBM", at: 10 };
    const second = {
      type: "cash_dividend",
      amountPerShare: "1",
      payAt: 20,
      actionId: "2",
      symbol: "SPY",
      at: 11,
    } as const;
    for (const symbol of ["IBM", "SPY"]) hub.publish(tick(symbol, 1));
    hub.publishNews({ kind: "corporate_action", action: first }, 10);
    hub.publishNews({ kind: "corporate_action", action: second }, 11);
    expect([hub.latest("IBM"), hub.latest("SPY")?.last]).toEqual([undefined, 1]);
    expect(hub.corporateActions(9)).toEqual([first, second]);
    expect(hub.corporateActions(10)).toEqual([second]);
    expect(hub.corporateActions(11)).toEqual([]);
  });

  it("[MF2] [MF3] a subscription to news ends once, and one that throws disturbs no other", () => {
    const errors: unknown[] = [];
    const hub = new TickHub((error) => errors.push(error));
    const heard: number[] = [];
    hub.subscribeNews(() => {
      throw new Error("a listener's own");
    });
    const end = hub.subscribeNews(() => heard.push(1));
    hub.subscribeNews(() => heard.push(2));
    hub.publishNews(status("halted", 1), 1);
    end();
    end();
    hub.publishNews(status("resumed", 2), 2);
    expect(heard).toEqual([1, 2, 2]);
    expect(errors).toHaveLength(2);
  });
});
