import { describe, expect, it } from "vitest";
import type { FeedState, MarketData } from "../../domain/marketData.ts";
import { marketData } from "../../testing/builders.ts";
import { PaperBackendQuotes } from "./PaperBackendQuotes.ts";

function quotesOf(latest: () => MarketData | undefined) {
  const errors: unknown[] = [];
  return { errors, quotes: new PaperBackendQuotes({ latest, onError: (error) => errors.push(error) }) };
}

describe("subscriptions to quotes", () => {
  it("[BC31] the latest is told soon, never within the call", async () => {
    const { quotes } = quotesOf(() => marketData("AAPL"));
    const told: string[] = [];
    quotes.subscribe("AAPL", ({ symbol }) => told.push(symbol));
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual(["AAPL"]);
  });

  it("[BC31] who unsubscribes at once is told nothing; clearing ends all", async () => {
    const { quotes } = quotesOf(() => marketData("AAPL"));
    const told: string[] = [];
    quotes.subscribe("AAPL", () => told.push("kept"));
    quotes.subscribe("AAPL", () => told.push("gone"))();
    quotes.subscribe("MSFT", () => told.push("other"));
    await Promise.resolve();
    expect(told).toEqual(["kept", "other"]);
    quotes.subscribe("TSLA", () => told.push("cleared"));
    quotes.clear();
    await Promise.resolve();
    quotes.onTick("AAPL");
    expect(told).toEqual(["kept", "other"]);
  });

  it("[PB5] a state that changes without a tick is told once", async () => {
    let feed: FeedState = "streaming";
    const { quotes } = quotesOf(() => marketData("AAPL", { feed }));
    const told: FeedState[] = [];
    quotes.subscribe("AAPL", (data) => told.push(data.feed));
    await Promise.resolve();
    quotes.refresh();
    feed = "stale";
    quotes.refresh();
    quotes.refresh();
    feed = "streaming";
    quotes.onTick("AAPL");
    quotes.refresh();
    expect(told).toEqual(["streaming", "stale", "streaming"]);
  });

  it("[BC27] a callback that throws is reported, also at its first value", async () => {
    const { quotes, errors } = quotesOf(() => marketData("AAPL"));
    quotes.subscribe("AAPL", () => {
      throw new Error("a defect");
    });
    await Promise.resolve();
    quotes.onTick("AAPL");
    expect(errors).toHaveLength(2);
  });
});
