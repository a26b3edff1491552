import { SeededRandom, SyntheticFeed } from "@trenddojo/brokers";
import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { nanosOf } from "../wire/instant.ts";
import { collectBars, newestBars } from "./collectBars.ts";
import { SimulatedMarket } from "./SimulatedMarket.ts";
import { parseTimeframe, type BarSpan } from "./timeframe.ts";

const DAY_MS = 86_400_000;

function spanOf(text: string): BarSpan {
  const span = parseTimeframe(text);
  if (span === undefined) throw new Error(`${text} is no timeframe`);
  return span;
}

describe("bars of a span", () => {
  it.each([
    ["1Hour", "1h", 3],
    ["1Day", "1d", 40],
  ] as const)(
    "[AS92] %s bars are those of the feed, none left out, over a change of the clocks",
    async (text, timeframe, days) => {
      const clock = new FakeClock(Date.UTC(2026, 2, 9, 15, 0));
      await using feed = new SyntheticFeed({ clock });
      const market = new SimulatedMarket({ feed, random: new SeededRandom(1) });
      const now = market.now();
      const range = { start: nanosOf(now - days * DAY_MS), end: nanosOf(now) };
      const found = await collectBars(market, "AAPL", spanOf(text), range);
      const whole = await feed.bars({ symbol: "AAPL", timeframe, limit: 100, before: now + 1 });
      const expected = whole.filter(({ openedAt }) => openedAt >= now - days * DAY_MS);
      expect(found.map(({ t, o, c }) => [t, o, c])).toEqual(
        expected.map(({ openedAt, open, close }) => [nanosOf(openedAt), open, close]),
      );
      expect(found.length).toBeGreaterThan(days - 2);
    },
  );

  it("[AS92] the feed makes no more bars than a question needs", async () => {
    const clock = new FakeClock();
    await using feed = new ManualFeed({ clock });
    const market = new SimulatedMarket({ feed, random: new SeededRandom(1) });
    feed.print("AAPL", 100);
    const asked: number[] = [];
    const bars = feed.bars.bind(feed);
    feed.bars = (request) => {
      asked.push(request.limit);
      return bars(request);
    };
    const now = market.now();
    await collectBars(market, "AAPL", spanOf("1Day"), { start: nanosOf(now - 10 * DAY_MS), end: nanosOf(now) });
    expect(Math.max(...asked)).toBeLessThanOrEqual(13);
    asked.length = 0;
    const newest = await newestBars(market, "AAPL", { timeframe: "1d", count: 2, since: now - 14 * DAY_MS });
    expect([asked, newest.length]).toEqual([[2], 2]);
  });
});
