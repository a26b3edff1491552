import { connectionId, type MarketData } from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { HandSource } from "../testing/HandSource.ts";
import type { TickBatch } from "../wire/marketData.ts";
import type { EncodedItem, StreamSink } from "./EncodedItem.ts";
import { QuoteHub } from "./QuoteHub.ts";
import { StreamCounters } from "./StreamCounters.ts";

/** The last prices that a tape told, in order. */
class Paper implements StreamSink<TickBatch> {
  readonly prices: (number | null)[] = [];

  isReady(): boolean {
    return true;
  }

  send(item: EncodedItem<TickBatch>): void {
    this.prices.push(...item.value().ticks.map(([, last]) => last));
  }
}

it("[SV533] a tape tells each tick once, and none of before it began", async () => {
  const clock = new FakeClock();
  const source = new HandSource();
  await using hub = new QuoteHub(clock, createLogger("silent"), new StreamCounters());
  const paper = new Paper();
  hub.subscribeTicks({ connectionId: connectionId("c1"), symbols: ["AAPL"] }, source, paper);
  await clock.advance(0);
  const tell = (data: MarketData): void => source.listeners.get("AAPL")?.(data);
  const seen: MarketData[] = [];
  const listener = source.listeners.get("AAPL");
  source.listeners.set("AAPL", (data) => {
    seen.push(data);
    listener?.(data);
  });
  // What the broker's board knew already, as it is handed to whoever subscribes.
  source.tick("AAPL", 1, clock.now() - 5_000);
  source.tick("AAPL", 2, clock.now());
  const [, second] = seen;
  if (second === undefined) throw new Error("no tick was told");
  // The same one, when its feed falls silent and when the exchange halts it.
  tell({ ...second, feed: "stale" });
  tell({ ...second, halt: { status: "halted", reason: "news", since: 1 } });
  // One like it is another: a share more has changed hands.
  tell({ ...second, volume: second.volume + 1 });
  source.tick("AAPL", 3, clock.now());
  await clock.advance(10);
  expect(paper.prices).toEqual([2, 2, 3]);
});
