import { expect, it } from "vitest";
import { PaperExchange } from "./PaperExchange.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

const HOUR = 3_600_000;

it("[PX86] an order is judged at the instant that is asked about, which may be later than the account's own", () => {
  const exchange = PaperExchange.create(paperConfig());
  exchange.onTick(tick({ timestamp: T, bid: 99.98, ask: 100.02, bidSize: 300, askSize: 200 }));
  const asked = order({ id: "a" });
  const ruleAt = (at: number): string | undefined => exchange.refusalOf(at, asked)?.reason.rule;
  expect(ruleAt(T - HOUR)).toBeUndefined();
  expect(ruleAt(T + 300_000)).toBeUndefined();
  expect(ruleAt(T + 300_001)).toBe("PX15");
  expect(ruleAt(T + 7 * HOUR)).toBe("PX14");
  expect(exchange.now).toBe(T);
});
