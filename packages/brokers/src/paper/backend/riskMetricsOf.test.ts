import { describe, expect, it } from "vitest";
import { PaperExchange } from "../PaperExchange.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "../scenarios/fixture.ts";
import { riskMetricsOf } from "./riskMetricsOf.ts";

describe("the risk figures", () => {
  it("[BC44] a position without a mark, as in a snapshot of an earlier version, counts at what it cost", () => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(tick({ timestamp: T, ask: 110, askSize: 500 }));
    exchange.submit(T, order({ id: "a" }));
    const snapshot = exchange.snapshot();
    const symbols = snapshot.symbols.map((each) => ({
      ...each,
      market: { ...each.market, mark: null, markedAt: null },
    }));
    const restored = PaperExchange.restore(paperConfig(), { ...snapshot, symbols }, []);
    expect(restored.positions()).toMatchObject([{ marketValue: null }]);
    expect(riskMetricsOf(restored, T)).toMatchObject({
      grossExposure: "11000",
      largestPosition: { symbol: "SPY", fraction: 0.11 },
    });
  });
});
